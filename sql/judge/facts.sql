-- Everything that a judgment of a service rests on, in an order that does not depend on when it came.
SELECT
    ct.hash,
    c.part,
    coalesce(c.time_ns, -1) AS time_ns,
    i.name AS instance,
    coalesce(l.ordinal, 0) AS lifetime,
    coalesce((
        SELECT max(a.is_left_out)
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
    ), 0) AS is_left_out
FROM instance AS i
CROSS JOIN capture AS c USING (instance_id)
JOIN content AS ct USING (content_id)
LEFT JOIN lifetime_capture AS lc USING (capture_id)
LEFT JOIN lifetime AS l USING (lifetime_id)
WHERE i.service_id = :service_id
ORDER BY
    ct.hash,
    c.part;
