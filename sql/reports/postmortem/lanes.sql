-- Courses around the kill, of the dead process: :lane memory, heap, collector or goroutines. The kernel's number
-- is the last point of the resident size, as of a life of its own: nobody saw how it came there.
SELECT
    t.series,
    t.life,
    t.t_ns,
    t.value
FROM (
    SELECT 'memory' AS lane, 1 AS place, 'resident' AS series, p.lifetime_id AS life, p.t_ns, p.value
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'rss'
    UNION ALL
    SELECT 'memory', 1, 'resident', -1, d.time_ns, d.rss
    FROM v_death AS d
    WHERE d.rss IS NOT NULL
      AND d.is_survivor = 0
      AND d.skew_ns = 0
    UNION ALL
    SELECT 'memory', 2, 'taken by Go', ml.lifetime_id, ml.t_ns, ml.footprint
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    UNION ALL
    SELECT 'heap', 1, 'heap', ml.lifetime_id, ml.t_ns, ml.heap_alloc
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    UNION ALL
    SELECT 'heap', 2, 'NextGC', ml.lifetime_id, ml.t_ns, CASE WHEN ml.next_gc < 4611686018427387904 THEN ml.next_gc END
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    UNION ALL
    SELECT 'heap', 3, 'live heap', p.lifetime_id, p.t_ns, p.value
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'live_heap'
    UNION ALL
    SELECT 'collector', 1, 'GC CPU', gi.lifetime_id, gi.t_ns, 100 * gi.cpu_share
    FROM v_death AS d
    JOIN v_gc_interval AS gi USING (lifetime_id)
    UNION ALL
    SELECT 'goroutines', 1, 'goroutines', p.lifetime_id, p.t_ns, p.value
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'goroutines'
) AS t
WHERE t.lane = :lane
ORDER BY
    t.place,
    t.t_ns;
