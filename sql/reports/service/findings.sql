-- Findings of one service, open ones first, then those that are suppressed.
SELECT
    f.id,
    '../finding/' || f.id || '.html' AS page,
    f.class,
    f.severity,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    f.score,
    f.state,
    f.summary,
    f.function,
    f.file || coalesce(':' || nullif(f.line, 0), '') AS place,
    f.wait_reason,
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
    f.time_to_limit_reason AS limit_reason,
    f.remedy,
    f.suppressed_by,
    f.suppressed_reason,
    f.suppressed_owner,
    substr(rfc3339(f.suppressed_until_ns - 1), 1, 10) AS suppressed_until,
    f.suppressed_soon AS "is_ending:bool"
FROM (
    SELECT
        v.*,
        -- what was watched for less than a day is told by the hour
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding_or_look AS v
) AS f
JOIN service AS s ON s.name = f.service
WHERE s.service_id = :service_id
ORDER BY
    f.state = 'fixed',
    f.is_look,
    f.suppressed_by IS NOT NULL,
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.growth_bytes_per_day DESC,
    f.id;
