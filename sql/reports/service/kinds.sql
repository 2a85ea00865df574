-- What was captured of a service.
SELECT
    c.kind,
    coalesce(c.variant, '') AS variant,
    count(*) AS "captures:count",
    min(c.time_ns) AS "first:time",
    max(c.time_ns) AS "last:time",
    total(c.is_partial) AS partial
FROM capture AS c
WHERE c.service_id = :service_id
  AND c.ignored_by IS NULL
GROUP BY
    c.kind,
    c.variant
ORDER BY
    c.kind,
    c.variant;
