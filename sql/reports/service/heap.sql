-- The saw of the heap. Where a gctrace log can be put on the clock, the heap before and after each
-- collection; else HeapAlloc at each capture of MemStats. And the collector's goal at each capture.
--
-- A trace counts time from the start of its process. The ring of pauses in MemStats tells when a collection
-- of the same number ended on the clock: the difference is the start. CROSS JOIN keeps the order of the tables:
-- otherwise all lives of the ledger are gone through for each page.
WITH life AS (
    SELECT
        l.lifetime_id,
        l.ordinal
    FROM lifetime AS l
    WHERE l.instance_id = :instance_id
),
logged AS (
    SELECT
        life.lifetime_id,
        life.ordinal,
        g.number,
        g.since_start_ns,
        g.heap_start,
        g.heap_live
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
),
ring AS (
    SELECT
        life.lifetime_id,
        p.number,
        min(p.end_ns) AS end_ns
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_pause AS p USING (capture_id)
    WHERE EXISTS (SELECT 1 FROM logged)
    GROUP BY
        life.lifetime_id,
        p.number
),
start AS (
    SELECT
        g.lifetime_id,
        median(r.end_ns - g.since_start_ns - 1700000000000000000) + 1700000000000000000 AS start_ns
    FROM logged AS g
    JOIN ring AS r ON r.lifetime_id = g.lifetime_id AND r.number = g.number
    GROUP BY g.lifetime_id
),
cycle AS (
    SELECT
        g.ordinal AS life,
        CAST(s.start_ns AS INTEGER) + g.since_start_ns AS t_ns,
        g.heap_start,
        g.heap_live
    FROM logged AS g
    JOIN start AS s USING (lifetime_id)
),
memory AS (
    SELECT
        life.ordinal AS life,
        c.time_ns AS t_ns,
        coalesce(m.heap_alloc, m.alloc) AS heap_alloc,
        m.next_gc
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN memstats AS m USING (capture_id)
    WHERE c.time_ns IS NOT NULL
)
SELECT
    t.series,
    t.place,
    t.life,
    t.t_ns,
    t.value,
    t.series = 'heap at collections' AS is_event
FROM (
    SELECT 'heap at collections' AS series, 1 AS place, c.life, c.t_ns, c.heap_start AS value
    FROM cycle AS c
    UNION ALL
    SELECT 'heap at collections', 1, c.life, c.t_ns + 1000000, c.heap_live
    FROM cycle AS c
    UNION ALL
    SELECT 'HeapAlloc', 1, m.life, m.t_ns, m.heap_alloc
    FROM memory AS m
    WHERE NOT EXISTS (SELECT 1 FROM cycle)
    UNION ALL
    SELECT 'NextGC', 2, m.life, m.t_ns, m.next_gc
    FROM memory AS m
    WHERE m.next_gc < 4611686018427387904
) AS t
WHERE t.value IS NOT NULL
ORDER BY
    t.place,
    t.t_ns;
