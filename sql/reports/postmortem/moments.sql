-- The numbers behind the lanes: the last captures of MemStats before the kill.
SELECT
    strftime('%Y-%m-%d %H:%M:%S', t.t_ns / 1000000000, 'unixepoch') AS time,
    t.rss AS "rss:bytes",
    t.footprint AS "footprint:bytes",
    t.heap_alloc AS "heap:bytes",
    CASE WHEN t.next_gc < 4611686018427387904 THEN t.next_gc END AS "next_gc:bytes",
    t.live AS "live:bytes",
    printf('%.1f %%', 100 * t.cpu_share) AS gc_cpu,
    t.goroutines AS "goroutines:count"
FROM (
    SELECT
        ml.*,
        (
            SELECT gi.cpu_share
            FROM v_gc_interval AS gi
            WHERE gi.lifetime_id = ml.lifetime_id
              AND gi.t_ns = ml.t_ns
        ) AS cpu_share
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    WHERE ml.t_ns <= d.end_ns
    ORDER BY
        ml.t_ns DESC,
        ml.capture_id DESC
    LIMIT 16
) AS t
ORDER BY
    t.t_ns,
    t.capture_id;
