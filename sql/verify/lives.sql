-- A life holds captures of its own instance, from its first to its last one.
SELECT 'capture ' || c.capture_id || ' is in a life of another instance' AS problem
FROM lifetime_capture AS lc
JOIN capture AS c USING (capture_id)
JOIN lifetime AS l USING (lifetime_id)
WHERE l.instance_id <> c.instance_id
   OR l.service_id <> c.service_id
UNION ALL
SELECT 'life ' || l.lifetime_id || ' ends before it begins'
FROM lifetime AS l
WHERE l.last_ns < l.first_ns
ORDER BY 1;
