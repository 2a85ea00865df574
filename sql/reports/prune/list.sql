-- Captures that a prune takes away, by service.
SELECT
    s.name AS service,
    count(*) AS "captures:count",
    (
        SELECT count(*)
        FROM capture AS k
        WHERE k.service_id = s.service_id
    ) - count(*) AS "stay:count",
    min(c.time_ns) AS "from:time",
    max(c.time_ns) AS "until:time"
FROM prune_capture AS p
JOIN capture AS c USING (capture_id)
JOIN service AS s USING (service_id)
GROUP BY s.service_id
ORDER BY s.name;
