-- What MemStats say of the memory of each process, beside what the system says of it: the resident size
-- nearest in time within a minute, of the process or else of its cgroup. Mapped is what of it are files
-- and shared memory. What Go has given back and the kernel did not take yet (LazyFree of smaps: Go 1.12 to 1.15,
-- or GODEBUG=madvdontneed=0) is still resident, but nobody's: it is taken off. The number of goroutines is that of a capture within a minute. A second capture of
-- the same collection says nothing new of the live heap, but of stacks and the process it does.
INSERT INTO memory_point (
    lifetime_id, capture_id, t_ns, is_judged, heap_alloc, heap_inuse, heap_idle, heap_released, stack_inuse,
    stack_sys, runtime, sys, next_gc, rss, rss_source, rss_ns, mapped, rss_peak, goroutines
)
WITH stat AS (
    SELECT
        l.lifetime_id,
        l.judged_from_ns,
        c.time_ns AS t_ns,
        m.capture_id,
        coalesce(m.heap_alloc, m.alloc) AS heap_alloc,
        m.heap_inuse,
        m.heap_idle,
        m.heap_released,
        m.stack_inuse,
        m.stack_sys,
        m.mspan_sys + m.mcache_sys + m.buck_hash_sys + m.gc_sys + m.other_sys AS runtime,
        m.sys,
        m.next_gc,
        m.max_rss
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN memstats AS m USING (capture_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.time_ns IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
          AND a.reason <> 'same-gc-cycle'
      )
),
resident AS (
    SELECT
        st.capture_id,
        r.name,
        r.t_ns,
        r.value - CASE WHEN r.name = 'process.rss' THEN coalesce((
            SELECT max(z.value)
            FROM life_reading AS z
            WHERE z.lifetime_id = st.lifetime_id
              AND z.name = 'process.smaps.LazyFree'
              AND z.t_ns BETWEEN r.t_ns - 2000000000 AND r.t_ns + 2000000000
        ), 0.0) ELSE 0.0 END AS value,
        row_number() OVER (
            PARTITION BY st.capture_id
            ORDER BY pr.place, abs(r.t_ns - st.t_ns), r.t_ns
        ) AS place
    FROM stat AS st
    JOIN process_reading AS pr
    JOIN life_reading AS r
        ON r.lifetime_id = st.lifetime_id
        AND r.name = pr.name
        AND r.t_ns BETWEEN st.t_ns - 60000000000 AND st.t_ns + 60000000000
    WHERE pr.use = 'rss'
      AND r.value IS NOT NULL
)
SELECT
    st.lifetime_id,
    st.capture_id,
    st.t_ns,
    st.t_ns >= st.judged_from_ns AS is_judged,
    st.heap_alloc,
    st.heap_inuse,
    st.heap_idle,
    st.heap_released,
    st.stack_inuse,
    st.stack_sys,
    st.runtime,
    st.sys,
    st.next_gc,
    CAST(rss.value AS INTEGER) AS rss,
    rss.name AS rss_source,
    rss.t_ns AS rss_ns,
    CASE WHEN rss.name = 'process.rss' THEN (
        SELECT CAST(sum(f.value) AS INTEGER)
        FROM process_reading AS pr
        CROSS JOIN life_reading AS f ON f.name = pr.name
        WHERE pr.use = 'file'
          AND f.lifetime_id = st.lifetime_id
          AND f.t_ns = rss.t_ns
    ) END AS mapped,
    coalesce((
        SELECT CAST(max(p.value) AS INTEGER)
        FROM life_reading AS p
        WHERE p.lifetime_id = st.lifetime_id
          AND p.name = 'process.rss_peak'
          AND p.t_ns BETWEEN st.t_ns - 60000000000 AND st.t_ns + 60000000000
    ), st.max_rss) AS rss_peak,
    (
        SELECT CAST(first_value_by(g.value, abs(g.t_ns - st.t_ns)) AS INTEGER)
        FROM process_point AS g
        WHERE g.lifetime_id = st.lifetime_id
          AND g.name = 'goroutines'
          AND g.t_ns BETWEEN st.t_ns - 60000000000 AND st.t_ns + 60000000000
    ) AS goroutines
FROM stat AS st
LEFT JOIN resident AS rss ON rss.capture_id = st.capture_id AND rss.place = 1;
