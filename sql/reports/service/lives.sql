-- Lives of a service's processes: trends are judged within them.
SELECT
    i.name AS instance,
    l.ordinal AS life,
    l.build,
    l.begun_by,
    l.first_ns AS "first:time",
    l.last_ns AS "last:time",
    l.last_ns - l.first_ns AS "watched:duration",
    (SELECT count(*) FROM lifetime_capture AS lc WHERE lc.lifetime_id = l.lifetime_id) AS "captures:count"
FROM lifetime AS l
JOIN instance AS i USING (instance_id)
WHERE l.service_id = :service_id
ORDER BY
    i.name,
    l.ordinal;
