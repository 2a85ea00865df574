-- What the collector did between two captures of MemStats of one life; in a life without MemStats, what a
-- gctrace log tells of up to twelve spans with as many collections each.
--
-- The share of the processor, by the first of these routes that is there (share_source):
--
--   counters   Go's own counters of seconds, read at both ends. Marking by processors that had nothing else
--              to do is taken off, as Go takes it off GCCPUFraction: it costs the program nothing.
--   fraction   GCCPUFraction is a mean since the start of the process: times the age, and differenced, it
--              gives the share between two captures (leaks.md 1.6, E35), if the start is known.
--   trace      the phases of gctrace lines: stops, workers and help, over the span times its processors; not
--              where they explain less than four fifths of the percentage in the same lines, cut to whole
--              percent: then lines are missing, or their clock is not the processors'.
--   mean       GCCPUFraction itself; a gctrace log without phases tells the same in whole percent.
--
-- All are shares of all processors that the program may use. Of it assist_share is what goroutines had to
-- help, and pause_ns what the stops took by the clock. What was allocated a gctrace log tells by how
-- much larger the heap is when a collection begins than the last one left it.
-- used_share is the collector's part of the processor time that the program used, by the same counters: the share of
-- all processors is small on a machine that stands idle, however hard the collector works. NULL where the program
-- used less than a twentieth of one processor: of very little anything may be a large part.
--
-- Heap captures in between may have forced a collection each (heap?gc=1): they are counted as scrapes, by
-- a running sum, so that the work grows with the length of a life and not with its square.
INSERT INTO gc_interval (
    lifetime_id, capture_id, from_ns, t_ns, is_judged, cycles, forced, scrapes, alloc_bytes, cpu_share,
    share_source, used_share, assist_share, pause_ns, ring_cycles, ring_ns
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
        m.pause_total_ns,
        m.gc_cpu_ppb * 1e-9 AS gc_share,
        m.gc_cpu_ppb * 1e-9 * (c.time_ns - lt.start_ns) AS gc_ns,
        m.num_gc - m.ring_first AS ring_cycles,
        m.ring_last_ns - m.ring_first_ns AS ring_ns,
        (
            SELECT max(r.value) FILTER (WHERE r.name = '/cpu/classes/gc/total:cpu-seconds')
                - coalesce(max(r.value) FILTER (WHERE r.name = '/cpu/classes/gc/mark/idle:cpu-seconds'), 0)
            FROM life_reading AS r
            WHERE r.lifetime_id = l.lifetime_id
              AND r.name IN ('/cpu/classes/gc/total:cpu-seconds', '/cpu/classes/gc/mark/idle:cpu-seconds')
              AND r.t_ns BETWEEN c.time_ns - 2000000000 AND c.time_ns + 2000000000
        ) AS gc_s,
        (
            SELECT r.value
            FROM life_reading AS r
            WHERE r.lifetime_id = l.lifetime_id
              AND r.name = '/cpu/classes/gc/mark/assist:cpu-seconds'
              AND r.t_ns BETWEEN c.time_ns - 2000000000 AND c.time_ns + 2000000000
        ) AS assist_s,
        (
            SELECT max(r.value) FILTER (WHERE r.name = '/cpu/classes/idle:cpu-seconds')
                + coalesce(max(r.value) FILTER (WHERE r.name = '/cpu/classes/gc/mark/idle:cpu-seconds'), 0)
            FROM life_reading AS r
            WHERE r.lifetime_id = l.lifetime_id
              AND r.name IN ('/cpu/classes/idle:cpu-seconds', '/cpu/classes/gc/mark/idle:cpu-seconds')
              AND r.t_ns BETWEEN c.time_ns - 2000000000 AND c.time_ns + 2000000000
        ) AS idle_s,
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
traced AS MATERIALIZED (
    SELECT
        l.lifetime_id,
        l.judged_from_ns,
        g.number,
        max(g.capture_id) AS capture_id,
        coalesce(max(g.end_ns), l.start_ns + max(g.since_start_ns)) AS t_ns,
        max(g.since_start_ns) AS age_ns,
        max(g.cpu_percent) AS percent,
        max(g.is_forced) AS is_forced,
        max(g.procs) AS procs,
        max(g.pause_ns) AS pause_ns,
        max(g.assist_ns) AS assist_ns,
        max(g.assist_ns + g.stop_cpu_ns + g.worker_cpu_ns) AS gc_ns,
        max(g.heap_start) - lag(max(g.heap_live)) OVER (PARTITION BY l.lifetime_id ORDER BY g.number)
            AS alloc_bytes,
        row_number() OVER (PARTITION BY l.lifetime_id ORDER BY g.number) = 1 AS is_first,
        ntile(12) OVER (PARTITION BY l.lifetime_id ORDER BY g.number) AS part
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
    GROUP BY
        l.lifetime_id,
        g.number
),
part AS MATERIALIZED (
    SELECT
        t.lifetime_id,
        t.judged_from_ns,
        max(t.capture_id) AS capture_id,
        lag(max(t.t_ns)) OVER parts AS from_ns,
        max(t.t_ns) AS t_ns,
        max(t.age_ns) - lag(max(t.age_ns)) OVER parts AS span_ns,
        count(*) AS cycles,
        sum(t.is_forced) AS forced,
        sum(max(0, t.alloc_bytes)) AS alloc_bytes,
        CASE WHEN count(t.gc_ns) = count(*) THEN sum(t.gc_ns) * 1.0 END AS gc_ns,
        CASE WHEN count(t.gc_ns) = count(*) THEN sum(t.assist_ns) * 1.0 END AS assist_ns,
        max(t.procs) AS procs,
        CASE WHEN min(t.pause_ns) >= 0 THEN sum(t.pause_ns) END AS pause_ns,
        last_value(t.percent, t.t_ns) / 100.0 AS gc_share
    FROM traced AS t
    GROUP BY
        t.lifetime_id,
        t.part
    WINDOW parts AS (PARTITION BY t.lifetime_id ORDER BY t.part)
),
-- All but the first collection against what the percentages of the first and the last make of their ages.
whole AS (
    SELECT
        t.lifetime_id,
        sum(CASE WHEN t.number > f.number THEN t.gc_ns END) * 1.0 / max(t.procs) AS explained_ns,
        last_value(t.percent, t.number) / 100.0 * max(t.age_ns) - (f.percent + 1) / 100.0 * f.age_ns AS told_ns
    FROM traced AS t
    JOIN traced AS f ON f.lifetime_id = t.lifetime_id AND f.is_first = 1
    GROUP BY t.lifetime_id
),
span AS MATERIALIZED (
    SELECT
        p.*,
        CASE WHEN w.explained_ns >= 0.8 * w.told_ns THEN clamp01(p.gc_ns / nullif(p.span_ns, 0) / p.procs) END
            AS cpu_share,
        CASE WHEN w.explained_ns >= 0.8 * w.told_ns THEN clamp01(p.assist_ns / nullif(p.span_ns, 0) / p.procs) END
            AS assist_share,
        p.gc_share AS mean
    FROM part AS p
    JOIN whole AS w USING (lifetime_id)
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
        st.assist_s - lag(st.assist_s) OVER life_by_time AS assist_s_gained,
        st.all_s - lag(st.all_s) OVER life_by_time AS all_s_gained,
        (st.all_s - st.idle_s) - lag(st.all_s - st.idle_s) OVER life_by_time AS used_s_gained,
        st.pause_total_ns - lag(st.pause_total_ns) OVER life_by_time AS pause_ns
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
        WHEN sp.gc_s_gained IS NOT NULL AND sp.all_s_gained > 0 THEN clamp01(sp.gc_s_gained / sp.all_s_gained)
        WHEN sp.gc_ns_gained IS NOT NULL THEN clamp01(sp.gc_ns_gained / (sp.t_ns - sp.from_ns))
        ELSE coalesce(tr.cpu_share, sp.gc_share, tr.mean)
    END AS cpu_share,
    CASE
        WHEN sp.gc_s_gained IS NOT NULL AND sp.all_s_gained > 0 THEN 'counters'
        WHEN sp.gc_ns_gained IS NOT NULL THEN 'fraction'
        WHEN tr.cpu_share IS NOT NULL THEN 'trace'
        WHEN sp.gc_share IS NOT NULL OR tr.mean IS NOT NULL THEN 'mean'
    END AS share_source,
    CASE
        WHEN sp.used_s_gained >= 0.05e-9 * (sp.t_ns - sp.from_ns) THEN clamp01(sp.gc_s_gained / sp.used_s_gained)
    END AS used_share,
    CASE
        WHEN sp.assist_s_gained IS NOT NULL AND sp.all_s_gained > 0
            THEN clamp01(sp.assist_s_gained / sp.all_s_gained)
        ELSE tr.assist_share
    END AS assist_share,
    CASE WHEN sp.pause_ns >= 0 THEN sp.pause_ns END AS pause_ns,
    CASE WHEN sp.ring_cycles > 0 THEN sp.ring_cycles END AS ring_cycles,
    CASE WHEN sp.ring_ns > 0 THEN sp.ring_ns END AS ring_ns
FROM step AS sp
LEFT JOIN span AS tr
    ON tr.lifetime_id = sp.lifetime_id
    AND tr.t_ns = (
        SELECT max(p.t_ns)
        FROM span AS p
        WHERE p.lifetime_id = sp.lifetime_id
          AND p.t_ns <= sp.t_ns
    )
    AND tr.t_ns > sp.from_ns - tr.span_ns
WHERE sp.from_ns < sp.t_ns
UNION ALL
SELECT
    p.lifetime_id,
    p.capture_id,
    p.from_ns,
    p.from_ns + p.span_ns AS t_ns,
    p.from_ns >= p.judged_from_ns AS is_judged,
    p.cycles,
    p.forced,
    (
        SELECT count(*)
        FROM heap_capture AS hc
        WHERE hc.lifetime_id = p.lifetime_id
          AND hc.t_ns > p.from_ns
          AND hc.t_ns <= p.t_ns
    ) AS scrapes,
    p.alloc_bytes,
    coalesce(p.cpu_share, p.mean) AS cpu_share,
    CASE WHEN p.cpu_share IS NOT NULL THEN 'trace' WHEN p.mean IS NOT NULL THEN 'mean' END AS share_source,
    NULL AS used_share,
    p.assist_share,
    p.pause_ns,
    NULL AS ring_cycles,
    NULL AS ring_ns
FROM span AS p
WHERE p.span_ns > 0
  AND NOT EXISTS (
    SELECT 1
    FROM stat AS st
    WHERE st.lifetime_id = p.lifetime_id
  );
