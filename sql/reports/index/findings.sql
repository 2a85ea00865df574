-- Open findings, what hurts first on top: a known time to the limit, then severity, then growth.
SELECT
    f.id,
    'finding/' || f.id || '.html' AS page,
    f.class,
    CASE f.kind WHEN 'goroutines' THEN f.class || ', goroutines' ELSE f.class END AS what,
    f.service,
    'service/' || file_name(f.service) || '.html' AS service_page,
    f.severity,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    f.score,
    f.state,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '') AS function,
    replace(f.file, rtrim(f.file, replace(f.file, '/', '')), '') || coalesce(':' || nullif(f.line, 0), '') AS place,
    f.wait_reason,
    f.first_seen_ns AS "first_seen:time",
    o.team AS owner,
    CASE WHEN o.team IS NOT NULL THEN 'team/' || file_name(o.team) || '.html' END AS owner_page,
    CAST(round(f.growth_bytes_per_day / f.parts) AS INTEGER) AS "growth:bytes",
    CAST(round(f.growth_bytes_low / f.parts) AS INTEGER) AS "growth_low:bytes",
    CAST(round(f.growth_bytes_high / f.parts) AS INTEGER) AS "growth_high:bytes",
    CASE WHEN f.kind = 'goroutines' THEN CAST(round(f.growth_per_day / f.parts) AS INTEGER) END AS "goroutines:count",
    f.time_to_limit_ns AS "limit_in:duration",
    f.time_to_limit_low_ns AS "limit_in_low:duration",
    f.time_to_limit_high_ns AS "limit_in_high:duration",
    f.limit_at_ns AS "limit_at:time",
    f.limit_bytes AS "limit:bytes",
    f.limit_source = 'Go' AS "is_soft:bool",
    f.is_hidden AS "is_hidden:bool",
    substr(f.time_to_limit_reason, 1, instr(f.time_to_limit_reason || ';', ';') - 1) AS limit_reason,
    coalesce(nullif(f.first_bad_release, ''), substr(f.first_bad_build, 1, 12)) AS first_bad_build,
    -- the first sentence; the finding's page has all
    substr(f.remedy, 1, instr(f.remedy || '. ', '. ')) AS remedy
FROM (
    SELECT
        v.*,
        -- what was watched for less than a day is told by the hour
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding AS v
) AS f
LEFT JOIN v_owner AS o ON o.service = f.service
WHERE f.state <> 'fixed'
  AND f.suppressed_by IS NULL
  AND (:team IS NULL OR o.team = :team)
ORDER BY
    f.time_to_limit_ns IS NULL,
    f.time_to_limit_ns,
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.growth_bytes_per_day DESC,
    f.growth_per_day DESC,
    f.id;
