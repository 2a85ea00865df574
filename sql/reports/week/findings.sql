-- Findings that were there in a week: first seen in it, or judged in it, or seen before and after. The state and
-- growth are those of the last judgment up to its end; where no judgment of then is kept, there are none.
WITH told AS (
    SELECT
        h.id,
        h.state,
        h.severity,
        h.growth_bytes_per_day,
        h.growth_per_day,
        row_number() OVER (PARTITION BY h.id ORDER BY h.judged_ns DESC) AS place
    FROM v_finding_history AS h
    WHERE h.judged_ns < :week_ns + 604800000000000
)
SELECT
    f.id,
    'finding/' || f.id || '.html' AS page,
    f.service,
    f.class,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '') AS function,
    f.first_seen_ns >= :week_ns AS "is_new:bool",
    f.first_seen_ns AS "first_seen:time",
    f.last_seen_ns AS "last_seen:time",
    t.state,
    coalesce(t.severity, f.severity) AS severity,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    CAST(round(t.growth_bytes_per_day / f.parts) AS INTEGER) AS "growth:bytes",
    CASE WHEN f.kind = 'goroutines' THEN CAST(round(t.growth_per_day / f.parts) AS INTEGER) END AS "goroutines:count"
FROM (
    SELECT
        v.*,
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding AS v
) AS f
LEFT JOIN told AS t ON t.id = f.id AND t.place = 1
WHERE f.first_seen_ns < :week_ns + 604800000000000
  AND f.last_seen_ns >= :week_ns
ORDER BY
    f.first_seen_ns < :week_ns,
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.growth_bytes_per_day DESC,
    f.id;
