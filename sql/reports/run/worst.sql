-- The three findings that hurt first, in plain words.
SELECT f.summary
FROM v_finding_or_look AS f
WHERE f.state <> 'fixed'
  AND f.suppressed_by IS NULL
ORDER BY
    f.is_look,
    f.time_to_limit_ns IS NULL,
    f.time_to_limit_ns,
    CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    f.growth_bytes_per_day DESC,
    f.growth_per_day DESC,
    f.id
LIMIT 3;
