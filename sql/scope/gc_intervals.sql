-- What the collector did between two captures of MemStats of one life.
--
-- The share of the processor is that of Go's own counters of seconds where they were read at both ends.
-- GCCPUFraction is a mean since the start of the process: times the age, and differenced, it gives the
-- share between two captures (leaks.md 1.6, E35), if the start is known; if not, the mean itself stands for
-- it. Heap captures in between may have forced a collection each (heap?gc=1): they are counted as scrapes, by
-- a running sum, so that the work grows with the length of a life and not with its square.
INSERT INTO gc_interval (
    lifetime_id, capture_id, from_ns, t_ns, is_judged, cycles, forced, scrapes, alloc_bytes, cpu_share,
    ring_cycles, ring_ns
)
WITH stat AS (
    SELECT
        l.lifetime_id,
        l.judged_from_ns,
        max(m.capture_id) AS capture_id,
        c.time_ns AS t_ns,
        m.num_gc,
        m.num_forced_gc,
        m.total_alloc,
        m.gc_cpu_ppb * 1e-9 AS gc_share,
        m.gc_cpu_ppb * 1e-9 * (c.time_ns - lt.start_ns) AS gc_ns,
        m.num_gc - m.ring_first AS ring_cycles,
        m.ring_last_ns - m.ring_first_ns AS ring_ns,
        (
            SELECT r.value
            FROM life_reading AS r
            WHERE r.lifetime_id = l.lifetime_id
              AND r.name = '/cpu/classes/gc/total:cpu-seconds'
              AND r.t_ns BETWEEN c.time_ns - 2000000000 AND c.time_ns + 2000000000
        ) AS gc_s,
        (
            SELECT r.value
            FROM life_reading AS r
            WHERE r.lifetime_id = l.lifetime_id
              AND r.name = '/cpu/classes/total:cpu-seconds'
              AND r.t_ns BETWEEN c.time_ns - 2000000000 AND c.time_ns + 2000000000
        ) AS all_s
    FROM life AS l
    CROSS JOIN lifetime AS lt USING (lifetime_id)
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN memstats AS m USING (capture_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.time_ns IS NOT NULL
      AND m.num_gc IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
          AND a.reason <> 'same-gc-cycle'
      )
    GROUP BY
        l.lifetime_id,
        c.time_ns / 2000000000
),
event AS (
    SELECT
        st.lifetime_id,
        st.t_ns,
        0 AS is_scrape
    FROM stat AS st
    UNION ALL
    SELECT
        lc.lifetime_id,
        c.time_ns AS t_ns,
        1 AS is_scrape
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'heap'
      AND c.time_ns IS NOT NULL
),
counted AS (
    SELECT
        e.lifetime_id,
        e.t_ns,
        e.is_scrape,
        sum(e.is_scrape) OVER (PARTITION BY e.lifetime_id ORDER BY e.t_ns) AS scrapes
    FROM event AS e
),
step AS (
    SELECT
        st.*,
        co.scrapes - lag(co.scrapes) OVER life_by_time AS scrapes,
        lag(st.t_ns) OVER life_by_time AS from_ns,
        st.num_gc - lag(st.num_gc) OVER life_by_time AS cycles,
        st.num_forced_gc - lag(st.num_forced_gc) OVER life_by_time AS forced,
        st.total_alloc - lag(st.total_alloc) OVER life_by_time AS alloc_bytes,
        st.gc_ns - lag(st.gc_ns) OVER life_by_time AS gc_ns_gained,
        st.gc_s - lag(st.gc_s) OVER life_by_time AS gc_s_gained,
        st.all_s - lag(st.all_s) OVER life_by_time AS all_s_gained
    FROM stat AS st
    JOIN counted AS co
        ON co.lifetime_id = st.lifetime_id
        AND co.t_ns = st.t_ns
        AND co.is_scrape = 0
    WINDOW life_by_time AS (PARTITION BY st.lifetime_id ORDER BY st.t_ns)
)
SELECT
    sp.lifetime_id,
    sp.capture_id,
    sp.from_ns,
    sp.t_ns,
    sp.from_ns >= sp.judged_from_ns AS is_judged,
    CASE WHEN sp.cycles >= 0 THEN sp.cycles END AS cycles,
    CASE WHEN sp.forced >= 0 THEN sp.forced END AS forced,
    sp.scrapes,
    CASE WHEN sp.alloc_bytes >= 0 THEN sp.alloc_bytes END AS alloc_bytes,
    CASE
        WHEN sp.all_s_gained > 0 THEN clamp01(sp.gc_s_gained / sp.all_s_gained)
        WHEN sp.gc_ns_gained IS NOT NULL THEN clamp01(sp.gc_ns_gained / (sp.t_ns - sp.from_ns))
        ELSE sp.gc_share
    END AS cpu_share,
    CASE WHEN sp.ring_cycles > 0 THEN sp.ring_cycles END AS ring_cycles,
    CASE WHEN sp.ring_ns > 0 THEN sp.ring_ns END AS ring_ns
FROM step AS sp
WHERE sp.from_ns < sp.t_ns;
