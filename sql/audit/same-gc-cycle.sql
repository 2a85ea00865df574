-- MemStats of the same collection count as one observation of the live heap: nothing was marked between.
SELECT
    later.capture_id,
    format('collection %d is the newest of an earlier capture too', later.num_gc) AS detail,
    1 AS is_left_out
FROM (
    SELECT
        m.capture_id,
        m.num_gc,
        c.kind,
        lag(m.num_gc) OVER (
            PARTITION BY lc.lifetime_id, c.kind
            ORDER BY c.time_ns, c.capture_id
        ) AS earlier_num_gc
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
) AS later
WHERE later.num_gc = later.earlier_num_gc
  AND later.kind = 'memstats'
ORDER BY later.capture_id;
