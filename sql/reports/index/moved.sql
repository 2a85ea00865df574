-- Findings that the last judgment changed, the worst news first.
SELECT
    f.id,
    'finding/' || f.id || '.html' AS page,
    f.service,
    f.class,
    f.state,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '') AS function
FROM v_finding AS f
WHERE f.suppressed_by IS NULL
  AND f.state IN ('new', 'worse', 'regressed', 'improving', 'fixed')
ORDER BY
    CASE f.state
        WHEN 'regressed' THEN 1
        WHEN 'new' THEN 2
        WHEN 'worse' THEN 3
        WHEN 'fixed' THEN 4
        ELSE 5
    END,
    f.time_to_limit_ns IS NULL,
    f.time_to_limit_ns,
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.growth_bytes_per_day DESC,
    f.growth_per_day DESC,
    f.id;
