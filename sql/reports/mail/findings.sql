-- Open findings for a mail, at most one row each: three that are new within the window, what became worse, then
-- what hurts first, with other new ones. A mail shows the first few; a week that brings many leaks must not hide that an old
-- one runs out of room. `change` says how it went within the window, from what each judgment said.
WITH change AS (
    SELECT
        h.id,
        min(h.judged_ns) AS first_ns,
        max(h.judged_ns >= :since_ns AND h.state = 'regressed') AS is_regressed,
        max(h.judged_ns >= :since_ns AND h.state = 'worse') AS is_worse,
        max(h.judged_ns >= :since_ns AND h.state = 'improving') AS is_improving
    FROM v_finding_history AS h
    WHERE h.judged_ns < :until_ns
    GROUP BY h.id
),
told AS (
    SELECT
        f.*,
        o.team,
        CASE WHEN f.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts,
        CASE
            WHEN c.is_regressed THEN 'back'
            WHEN c.first_ns >= :since_ns THEN 'new'
            WHEN c.is_worse THEN 'worse'
            WHEN c.is_improving THEN 'better'
            ELSE 'open'
        END AS change
    FROM v_finding AS f
    LEFT JOIN change AS c USING (id)
    LEFT JOIN v_owner AS o ON o.service = f.service
    WHERE f.state <> 'fixed'
      AND f.suppressed_by IS NULL
      AND (:team IS NULL OR o.team = :team)
),
ranked AS (
    SELECT
        t.*,
        row_number() OVER hurts AS rank,
        sum(t.change IN ('back', 'new')) OVER hurts AS so_many_new
    FROM told AS t
    WINDOW hurts AS (
        ORDER BY
            t.time_to_limit_ns IS NULL,
            t.time_to_limit_ns,
            CASE t.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
            t.growth_bytes_per_day DESC,
            t.growth_per_day DESC,
            t.id
    )
)
SELECT
    t.id,
    'finding/' || t.id || '.html' AS page,
    t.change,
    t.severity,
    t.class,
    t.service,
    t.team,
    replace(t.function, rtrim(t.function, replace(t.function, '/', '')), '') AS function,
    replace(t.file, rtrim(t.file, replace(t.file, '/', '')), '') || coalesce(':' || nullif(t.line, 0), '') AS place,
    t.summary,
    -- the summary begins with the service and a colon
    substr(t.summary, length(t.service) + 3) AS sentence,
    t.score AS "score:count",
    t.kind = 'goroutines' AS "is_count:bool",
    CAST(round(t.growth_bytes_per_day / t.parts) AS INTEGER) AS "growth:bytes",
    CASE WHEN t.kind = 'goroutines' THEN CAST(round(t.growth_per_day / t.parts) AS INTEGER) END AS "goroutines:count",
    CASE t.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    t.time_to_limit_ns AS "limit_in:duration",
    t.time_to_limit_low_ns AS "limit_in_low:duration",
    t.time_to_limit_high_ns AS "limit_in_high:duration",
    t.limit_at_ns AS "limit_at:time",
    coalesce(nullif(t.first_bad_release, ''), nullif(substr(t.first_bad_build, 1, 12), '')) AS first_bad_build,
    substr(t.remedy, 1, instr(t.remedy || '. ', '. ')) AS remedy
FROM ranked AS t
ORDER BY
    CASE
        WHEN t.change IN ('back', 'new') AND t.so_many_new <= 3 THEN 1
        WHEN t.change = 'worse' THEN 2
        ELSE 3
    END,
    t.rank;
