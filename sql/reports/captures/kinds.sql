-- What was captured, by kind.
SELECT
    c.kind,
    coalesce(c.variant, '') AS variant,
    c.format,
    count(*) AS "captures:count",
    count(DISTINCT c.service_id) AS "services:count",
    min(c.time_ns) AS "first:time",
    max(c.time_ns) AS "last:time"
FROM capture AS c
GROUP BY
    c.kind,
    c.variant,
    c.format
ORDER BY
    c.kind,
    c.variant,
    c.format;
