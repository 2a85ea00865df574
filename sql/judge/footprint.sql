-- What the largest process of a service took from the system when it was last seen: Sys - HeapReleased.
-- Processes count that were seen in the last hour before the service's newest capture, or in the last
-- tenth of the time that was watched.
SELECT max(t.footprint) AS footprint
FROM (
    SELECT
        l.lifetime_id,
        l.last_ns,
        last_value(m.sys - coalesce(m.heap_released, 0), c.time_ns) AS footprint,
        max(l.last_ns) OVER () AS newest_ns,
        min(l.first_ns) OVER () AS oldest_ns
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    JOIN v_life AS l USING (lifetime_id)
    WHERE l.service_id = :service_id
      AND m.sys IS NOT NULL
      AND c.time_ns IS NOT NULL
    GROUP BY l.lifetime_id
) AS t
WHERE t.last_ns >= t.newest_ns - max(3600000000000, (t.newest_ns - t.oldest_ns) / 10);
