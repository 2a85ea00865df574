-- Views of the scope that are about processes as a whole; see v_growth.sql for those about places.
--
-- v_memory_ledger: where the memory of a process was at each capture of MemStats. Bytes; NULL where the
-- capture does not say. live + garbage + fragmentation + idle + stacks + runtime = footprint, and
-- rss = footprint - untouched + outside
--   service_id, service, instance, lifetime_id, capture_id, t_ns, is_judged
--   live, live_low, live_high   at the last collection; source exact: the three are equal. NULL, as
--                 garbage, where an earlier capture tells of the same collection
--   live_source   exact, NextGC (the upper end of the bracket) or HeapAlloc (an upper bound)
--   garbage       dead objects that are not collected yet, and what was allocated since: HeapAlloc - live
--   fragmentation holes between objects: HeapInuse - HeapAlloc
--   idle          kept for later and not returned: HeapIdle - HeapReleased
--   stacks        of goroutines and of the system's threads
--   runtime       the runtime's own tables: spans, caches, profiling, collector, others
--   returned      HeapReleased: addresses without memory behind them
--   footprint     Sys - HeapReleased: what Go says it takes
--   rss           resident size within a minute of it, less what is given back and not taken yet (LazyFree of
--                 smaps); NULL: nobody looked
--   rss_source    process.rss or cgroup.memory.stat.anon
--   rss_peak      the largest ever (VmHWM, MaxRSS)
--   outside       rss - footprint where that is positive: cgo, mmap, the program's own text
--   untouched     footprint - rss where that is positive: taken and never written, or swapped
--   mapped        of outside: files and shared memory; NULL where the reading does not tell
--   unexplained   outside - mapped
--   heap_alloc, next_gc, goroutines
--
-- v_process_series: a course of a process
--   service_id, lifetime_id, capture_id, t_ns, is_judged
--   name          of process_series in the catalog: live_heap, stack_inuse, rss ...; and gogc: percent, as
--                 told, or as NextGC and the total of a heap profile imply
--   value         bytes or a number
--
-- v_process_growth: how a course moved, as v_site_growth tells of heap sites
--   service_id, service, name, title, is_bytes, cohort, is_over
--   lives, instances, captures, longest_captures, span_ns, first_ns, last_ns
--   first_value, last_value, last_gain   sql/scope/process_trend.sql
--   slope, slope_low, slope_high, late_slope, growth, p_trend, p_plain, tau, drawdown
--   is_rising     1: unlikely in what only wobbles, the lower end of the slope rises too, goes on in the
--                 second half and in the last quarter, and never falls back by a third of what it gained
--   detectable    growth in one ns that would have been called rising four times in five, given how much
--                 the captures wobble: 2.6 times half the interval of the slope, and at least a twentieth
--                 over the whole time. In 400 made-up courses each of 12, 24 and 40 captures with noise that
--                 is independent, 82, 89 and 92 % of such growth were called. NULL: too few to promise any
--   captures_json   the captures that it is made of, by time: an array of JSON, for the evidence of analyzers
--
-- v_power: what a trend of the live heap could have shown; where nothing tells the heap, one of resident memory
--   service_id, service, captures, lives, span_ns
--   unit_ns       a day, or an hour where nothing was watched for a day
--   share         of it in that time; NULL: no growth could have been shown
--   words         the same as a sentence; where it rises, that it does
--
-- v_gc_interval: what the collector did between two captures of MemStats of one life
--   service_id, lifetime_id, capture_id (the later), from_ns, t_ns, is_judged
--   seconds
--   cycles, forced   collections, and those that were forced
--   scrapes       heap captures meanwhile: each may have forced one
--   alloc_bytes   allocated meanwhile
--   cpu_share     of all processor time that the program could have had; NULL when not known
--   share_source  who says so: counters, trace, fraction, or mean (since the start of the process)
--   used_share    of the processor time that it did use; NULL when not known, or hardly any
--   assist_share  of cpu_share: what goroutines had to help; NULL when not known
--   pause_share   of the time: stops of the whole program
--   ring_rate     collections a second over the last 256 before the later capture
--
-- v_gogc_point: between which limits GOGC lay, as one capture of MemStats or one collection of a gctrace log tells
-- without a reading of it (sql/scope/gogc_points.sql)
--   service_id, instance, build, lifetime_id, start_ns (of the process), capture_id, t_ns
--   source       trace, flow or floor: how it is known; of a floor there is no upper limit
--   low, high    percent; high is NULL where nothing tells it
--   goal, live, heap   NextGC, what was alive at most, and HeapAlloc, or the heap when the collection began
--   footprint, most    what the process takes, and took at most; NULL in a gctrace log
--   freed, cycles, goals   bytes freed since the capture before, by how many collections, and the sum of their goals, at
--                least; to be added up; NULL where some may have been forced
--
-- v_work: how fast a service allocates, which is how much it is asked to do as far as captures tell
--   service_id
--   before, after   bytes a second of all lives, in the first and the last third of the judged time of each
--
-- v_work_place: how much faster each place that heap profiles show allocates in the last third of the judged time
-- of a life than in the first; only places of which at least twenty objects were sampled then
--   service_id, site_id
--   change        objects a second, late over early. A load that rises moves nearly all places; work that one leak
--                 makes, by walking over what it keeps, moves few
--
-- v_unplaced_growth: services whose live heap, or number of goroutines, rises all the time: all but
-- impossible in noise (of goroutines also a straight line, where it is known how much is asked of the
-- service), three tenths of the heap (or half of the goroutines) gained, as steep in the second half, and
-- not over in the last quarter. Strict, because a whole follows all that is healthy
--   service_id, name, title, is_bytes
--   first_value, last_value, span_ns, slope, growth, p_trend
--                 as in v_process_growth
--   doubt         NULL, or what else than a leak it may be, for people
--   evidence      for analyzers: the captures that show it, and the trend by the day
--
-- v_main_gain: where the memory of a service gained most, also where no line can be called for it
--   service_id
--   site_id, owner, growth   of the line that gained most; as in v_site_growth
--   is_filling               1: that line fills up, or fills again what an earlier process held (v_site_growth)
--   places                   the three that gained most, for people
--
-- v_churn: what each place allocated between the first and last judged heap profile of each life
--   service_id, site_id, bytes
--   share     of all that was allocated
--   place     1: most
--   is_main   1: it made three tenths of it or more, more than any other
--
-- v_life_reading: a number that a capture gives under a name, and that analyzers use
--   service_id, lifetime_id, capture_id, t_ns, is_judged
--   name, use     as in process_reading of the catalog
--   value         NULL: "no limit"
--
-- v_memory_limit: limits on memory that captures and declarations tell
--   service_id, source, limit_bytes
--   source        configured, declared, limit.memory and cgroup.memory.max (readings), Go (GOMEMLIMIT), or
--                 kill: at which the kernel ended a process last
--   place         1: the one to go by; Go is a soft one

CREATE VIEW v_memory_ledger AS
SELECT
    l.service_id,
    l.service,
    l.instance,
    mp.lifetime_id,
    mp.capture_id,
    mp.t_ns,
    mp.is_judged,
    lp.live,
    lp.live_low,
    lp.live_high,
    lp.source AS live_source,
    max(0, mp.heap_alloc - lp.live) AS garbage,
    mp.heap_inuse - mp.heap_alloc AS fragmentation,
    mp.heap_idle - mp.heap_released AS idle,
    mp.stack_sys AS stacks,
    mp.runtime,
    mp.heap_released AS returned,
    mp.sys - mp.heap_released AS footprint,
    mp.rss,
    mp.rss_source,
    mp.rss_peak,
    max(0, mp.rss - (mp.sys - mp.heap_released)) AS outside,
    max(0, mp.sys - mp.heap_released - mp.rss) AS untouched,
    mp.mapped,
    max(0, mp.rss - (mp.sys - mp.heap_released) - coalesce(mp.mapped, 0)) AS unexplained,
    mp.heap_alloc,
    mp.next_gc,
    mp.goroutines
FROM temp.memory_point AS mp
JOIN v_life AS l USING (lifetime_id)
LEFT JOIN temp.live_point AS lp USING (lifetime_id, capture_id);

CREATE VIEW v_process_series AS
SELECT
    l.service_id,
    p.lifetime_id,
    p.capture_id,
    p.t_ns,
    p.is_judged,
    p.name,
    p.value
FROM temp.process_point AS p
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_process_growth AS
SELECT
    g.service_id,
    s.name AS service,
    g.name,
    ps.title,
    ps.is_bytes,
    g.cohort,
    coalesce(
        g.cohort = 'all'
        AND nb.captures >= 8
        AND nb.slope_high < 0.3 * g.slope
        AND g.slope * nb.span_ns >= 0.1 * g.first_value,
        0
    ) AS is_over,
    g.lives,
    g.instances,
    g.captures,
    g.longest_captures,
    g.span_ns,
    g.first_ns,
    g.last_ns,
    g.first_value,
    g.last_value,
    g.last_gain,
    g.slope,
    g.slope_low,
    g.slope_high,
    g.late_slope,
    g.slope * g.span_ns AS growth,
    g.p_trend,
    g.p_plain,
    g.tau,
    g.drawdown,
    coalesce(
        g.captures >= 5
        AND g.slope_low > 0
        AND (
            g.p_trend <= 0.01
            OR (
                g.p_plain <= 0.001
                AND g.captures >= 10
                AND g.drawdown <= 0.1 * g.slope * g.span_ns
                AND g.late_slope >= 0.5 * g.slope
            )
        )
        AND g.late_slope >= 0.3 * g.slope
        AND g.last_gain >= 0.1 * g.slope * g.span_ns
        AND g.drawdown <= 0.35 * g.slope * g.span_ns,
        0
    ) AS is_rising,
    CASE
        WHEN g.captures >= 12 THEN max(
            2.6 * (g.slope_high - g.slope_low) / 2.0,
            0.05 * g.last_value / g.span_ns
        )
    END AS detectable,
    (
        SELECT json_group_array(e.capture_id)
        FROM (
            SELECT sr.capture_id
            FROM v_process_series AS sr
            JOIN v_cohort AS co ON co.cohort = g.cohort AND co.lifetime_id = sr.lifetime_id
            WHERE sr.service_id = g.service_id
              AND sr.name = g.name
              AND sr.is_judged = 1
            ORDER BY sr.t_ns
        ) AS e
    ) AS captures_json
FROM temp.process_trend AS g
JOIN service AS s USING (service_id)
JOIN process_series AS ps ON ps.name = g.name
LEFT JOIN temp.process_trend AS nb
    ON nb.service_id = g.service_id
    AND nb.name = g.name
    AND nb.cohort = 'build'
WHERE g.cohort = CASE WHEN coalesce(nb.p_trend <= 0.05 AND nb.slope_low > 0, 0) THEN 'build' ELSE 'all' END;

CREATE VIEW v_power AS
SELECT
    t.service_id,
    t.service,
    t.captures,
    t.lives,
    t.span_ns,
    t.unit_ns,
    t.share,
    CASE
        WHEN t.is_rising
            THEN format(
                'the %s rises by %s in %d captures, but %s',
                t.title,
                rate_text(t.slope * 86400e9, t.span_ns, 1),
                t.captures,
                CASE t.name
                    WHEN 'live_heap' THEN 'no place in the code stands out'
                    ELSE 'not so steadily or by so much that more than a warm-up or the load must be behind it'
                END
            )
        WHEN t.share IS NULL
            THEN format('%d captures of the %s are too few to promise that growth would show', t.captures, t.title)
        ELSE format(
            'these %d captures could have shown %s%s that grows by %s %% or more %s',
            t.captures,
            CASE t.name WHEN 'live_heap' THEN 'a ' ELSE '' END,
            t.title,
            CASE WHEN t.share >= 0.1 THEN format('%.0f', 100 * t.share) ELSE format('%.1f', 100 * t.share) END,
            CASE WHEN t.unit_ns < 86400e9 THEN 'an hour' ELSE 'a day' END
        )
    END || CASE t.name
        WHEN 'live_heap' THEN ''
        ELSE '; nothing captured tells the heap of it'
    END AS words
FROM (
    SELECT
        pg.service_id,
        pg.service,
        pg.name,
        pg.title,
        pg.captures,
        pg.lives,
        pg.span_ns,
        pg.slope,
        coalesce(pg.slope_low > 0 AND pg.p_trend <= 0.05, 0) AS is_rising,
        CASE WHEN pg.span_ns < 86400000000000 THEN 3600e9 ELSE 86400e9 END AS unit_ns,
        pg.detectable * CASE WHEN pg.span_ns < 86400000000000 THEN 3600e9 ELSE 86400e9 END
            / nullif(pg.last_value, 0) AS share
    FROM v_process_growth AS pg
    WHERE pg.name = 'live_heap'
       OR (
        pg.name = 'rss'
        AND NOT EXISTS (
            SELECT 1
            FROM v_process_growth AS live
            WHERE live.service_id = pg.service_id
              AND live.name = 'live_heap'
        )
       )
) AS t;

CREATE VIEW v_gc_interval AS
SELECT
    l.service_id,
    gi.lifetime_id,
    gi.capture_id,
    gi.from_ns,
    gi.t_ns,
    gi.is_judged,
    (gi.t_ns - gi.from_ns) / 1e9 AS seconds,
    gi.cycles,
    gi.forced,
    gi.scrapes,
    gi.alloc_bytes,
    gi.cpu_share,
    gi.share_source,
    gi.used_share,
    gi.assist_share,
    gi.pause_ns * 1.0 / (gi.t_ns - gi.from_ns) AS pause_share,
    gi.ring_cycles * 1e9 / gi.ring_ns AS ring_rate
FROM temp.gc_interval AS gi
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_gogc_point AS
SELECT
    l.service_id,
    l.instance,
    l.build,
    p.lifetime_id,
    l.start_ns,
    p.capture_id,
    p.t_ns,
    p.source,
    p.low,
    p.high,
    p.goal,
    p.live,
    p.heap,
    p.footprint,
    p.most,
    p.freed,
    p.cycles,
    p.goals
FROM temp.gogc_point AS p
JOIN v_life AS l USING (lifetime_id);

CREATE VIEW v_life_reading AS
SELECT
    l.service_id,
    r.lifetime_id,
    r.capture_id,
    r.t_ns,
    r.is_judged,
    r.name,
    pr.use,
    r.value
FROM temp.life_reading AS r
JOIN process_reading AS pr USING (name)
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_churn AS
SELECT
    c.service_id,
    c.site_id,
    c.bytes,
    c.share,
    c.place,
    c.is_main
FROM temp.churn AS c;

CREATE VIEW v_work AS
WITH span AS (
    SELECT
        gi.lifetime_id,
        min(gi.from_ns) + (max(gi.t_ns) - min(gi.from_ns)) / 3 AS early_ns,
        max(gi.t_ns) - (max(gi.t_ns) - min(gi.from_ns)) / 3 AS late_ns
    FROM v_gc_interval AS gi
    WHERE gi.is_judged = 1
    GROUP BY gi.lifetime_id
)
SELECT
    gi.service_id,
    sum(gi.alloc_bytes) FILTER (WHERE gi.t_ns <= sp.early_ns)
        / sum(gi.seconds) FILTER (WHERE gi.t_ns <= sp.early_ns) AS before,
    sum(gi.alloc_bytes) FILTER (WHERE gi.from_ns >= sp.late_ns)
        / sum(gi.seconds) FILTER (WHERE gi.from_ns >= sp.late_ns) AS after
FROM v_gc_interval AS gi
JOIN span AS sp USING (lifetime_id)
WHERE gi.is_judged = 1
GROUP BY gi.service_id;

CREATE VIEW v_work_place AS
WITH third AS (
    SELECT
        hc.lifetime_id,
        hc.ordinal,
        hc.t_ns,
        3.0 * (hc.t_ns - min(hc.t_ns) OVER life) / (max(hc.t_ns) OVER life - min(hc.t_ns) OVER life) AS part
    FROM temp.heap_capture AS hc
    WHERE hc.is_judged = 1
    WINDOW life AS (PARTITION BY hc.lifetime_id)
),
mark AS (
    SELECT
        t.lifetime_id,
        min(t.ordinal) AS first,
        max(t.ordinal) FILTER (WHERE t.part <= 1) AS early,
        min(t.ordinal) FILTER (WHERE t.part >= 2) AS late,
        max(t.ordinal) AS last,
        (max(t.t_ns) FILTER (WHERE t.part <= 1) - min(t.t_ns)) * 1.0 AS early_ns,
        (max(t.t_ns) - min(t.t_ns) FILTER (WHERE t.part >= 2)) * 1.0 AS late_ns
    FROM third AS t
    GROUP BY t.lifetime_id
    HAVING early_ns > 0
       AND late_ns > 0
),
count AS (
    SELECT
        l.service_id,
        p.site_id,
        sum(CASE p.ordinal WHEN m.early THEN p.alloc_count WHEN m.first THEN -p.alloc_count ELSE 0 END) AS early,
        sum(CASE p.ordinal WHEN m.last THEN p.alloc_count WHEN m.late THEN -p.alloc_count ELSE 0 END) AS late,
        sum(CASE p.ordinal WHEN m.last THEN m.early_ns / m.late_ns END) / count(DISTINCT p.lifetime_id) AS longer
    FROM temp.heap_point AS p
    CROSS JOIN mark AS m USING (lifetime_id)
    JOIN v_life AS l USING (lifetime_id)
    WHERE p.ordinal IN (m.first, m.early, m.late, m.last)
    GROUP BY
        l.service_id,
        p.site_id
)
SELECT
    c.service_id,
    c.site_id,
    c.late * c.longer / max(c.early, 0.5) AS change
FROM count AS c
WHERE c.early + c.late >= 20;

CREATE VIEW v_unplaced_growth AS
SELECT
    pg.service_id,
    pg.name,
    pg.title,
    pg.is_bytes,
    pg.first_value,
    pg.last_value,
    pg.span_ns,
    pg.slope,
    pg.growth,
    CASE pg.name WHEN 'goroutines' THEN min(pg.p_trend, max(pg.p_plain, 0.0001)) ELSE pg.p_trend END AS p_trend,
    CASE
        WHEN pg.name = 'live_heap' AND t.growth < 0.5 * pg.growth
            THEN 'heap profiles do not show it, so the collector''s target may have moved'
        WHEN pg.name = 'live_heap' AND t.growth IS NULL AND stacks.growth >= 0.5 * pg.growth
            THEN 'stacks grew as well, and without heap profiles what is alive is told by NextGC, which counts them'
        WHEN pg.name = 'live_heap' AND t.growth IS NULL AND low.heap <= 1.15 * pg.first_value
            THEN 'without heap profiles what is alive is told by NextGC, and HeapAlloc still comes down to what it was'
        WHEN pg.name = 'live_heap' AND t.growth IS NULL
            AND (gogc.is_rising = 1 OR (low.late >= 130 AND low.late >= 1.5 * low.early))
            THEN 'GOGC rises, too, which moves the collector''s target'
        WHEN pg.name = 'goroutines'
            AND (
                SELECT sum(pc.growth)
                FROM v_passing_cluster AS pc
                WHERE pc.service_id = pg.service_id
            ) >= 0.5 * pg.growth
            THEN 'those that were there before are gone, so more is asked of the service'
        WHEN w.after >= 0.8 * w.before * pg.last_value / nullif(pg.first_value, 0)
            AND coalesce(
                (
                    SELECT median(wp.change)
                    FROM v_work_place AS wp
                    WHERE wp.service_id = pg.service_id
                    HAVING count(*) >= 5
                ) >= 0.8 * pg.last_value / nullif(pg.first_value, 0),
                1
            )
            THEN format('%.1f times as much is allocated in each second, so a load that rises can explain it', w.after / w.before)
        WHEN pg.name = 'live_heap' AND mg.is_filling = 1
            THEN 'the line that gained most slows down, or an earlier process held as much there and no more, as caches do'
        WHEN pg.name = 'live_heap' AND coalesce(mg.growth, 0) < 0.33 * pg.growth AND t.growth IS NOT NULL
            THEN 'heap profiles spread it over many lines, as caches and tables do that begin empty with their process'
    END AS doubt,
    json_object(
        'captures', json(pg.captures_json),
        CASE pg.is_bytes WHEN 1 THEN 'bytes_per_day' ELSE 'per_day' END, pg.slope * 86400e9,
        'low', pg.slope_low * 86400e9,
        'high', pg.slope_high * 86400e9,
        'last_quarter', pg.last_gain,
        'p', pg.p_trend
    ) AS evidence
FROM v_process_growth AS pg
LEFT JOIN v_work AS w USING (service_id)
LEFT JOIN v_main_gain AS mg USING (service_id)
LEFT JOIN (
    SELECT
        sg.service_id,
        sum(sg.growth) AS growth
    FROM v_site_growth AS sg
    GROUP BY sg.service_id
) AS t USING (service_id)
LEFT JOIN v_process_growth AS gogc
    ON gogc.service_id = pg.service_id
    AND gogc.name = 'gogc'
LEFT JOIN (
    -- What is alive late in a life is at most the smallest HeapAlloc there; and GOGC at least the highest floor.
    SELECT
        part.service_id,
        median(part.heap) AS heap,
        max(part.late) AS late,
        max(part.early) AS early
    FROM (
        SELECT
            l.service_id,
            gp.lifetime_id,
            min(CASE WHEN gp.t_ns >= s.first_ns + (s.last_ns - s.first_ns) / 3 * 2 THEN gp.heap END) AS heap,
            max(CASE WHEN gp.t_ns >= s.first_ns + (s.last_ns - s.first_ns) / 3 * 2 THEN gp.low END) AS late,
            max(CASE WHEN gp.t_ns <= s.first_ns + (s.last_ns - s.first_ns) / 3 THEN gp.low END) AS early
        FROM temp.gogc_point AS gp
        JOIN (
            SELECT
                e.lifetime_id,
                min(e.t_ns) AS first_ns,
                max(e.t_ns) AS last_ns
            FROM temp.gogc_point AS e
            GROUP BY e.lifetime_id
        ) AS s USING (lifetime_id)
        JOIN temp.life AS l USING (lifetime_id)
        WHERE gp.source <> 'trace'
        GROUP BY gp.lifetime_id
    ) AS part
    GROUP BY part.service_id
) AS low ON low.service_id = pg.service_id
LEFT JOIN v_process_growth AS stacks
    ON stacks.service_id = pg.service_id
    AND stacks.name = 'stack_inuse'
WHERE pg.name IN ('live_heap', 'goroutines')
  AND pg.is_rising = 1
  AND pg.captures >= 10
  AND (
    pg.p_trend <= 0.001
    OR (
        -- A straight line repeats itself, which p_trend takes for a sign of chance.
        pg.name = 'goroutines'
        AND pg.p_plain <= 0.00001
        AND pg.drawdown <= 0.05 * pg.growth
        AND w.after IS NOT NULL
    )
  )
  AND pg.growth >= CASE pg.name WHEN 'live_heap' THEN 2097152 ELSE 30 END
  AND pg.growth >= CASE pg.name WHEN 'live_heap' THEN 0.3 ELSE 0.5 END * pg.first_value
  AND pg.late_slope >= 0.6 * pg.slope
  AND pg.last_gain >= 0.15 * pg.growth;

CREATE VIEW v_main_gain AS
WITH part AS (
    SELECT
        sg.service_id,
        sg.site_id,
        format(
            '%s (%s:%d)',
            replace(sg.function, rtrim(sg.function, replace(sg.function, '/', '')), ''),
            replace(sg.file, rtrim(sg.file, replace(sg.file, '/', '')), ''),
            sg.line
        ) AS place,
        sg.growth,
        sg.owner,
        sg.is_filling OR sg.is_refill AS is_filling,
        row_number() OVER (PARTITION BY sg.service_id ORDER BY sg.growth DESC, sg.site_id) AS rank
    FROM v_site_growth AS sg
    WHERE sg.slope > 0
      AND (
        sg.births - sg.deaths >= 3
        -- What is larger than the distance of samples is no luck of sampling.
        OR sg.last_space >= 0.5 * sg.sample_space * sg.last_objects
      )
)
SELECT
    p.service_id,
    max(CASE p.rank WHEN 1 THEN p.site_id END) AS site_id,
    max(CASE p.rank WHEN 1 THEN p.owner END) AS owner,
    max(CASE p.rank WHEN 1 THEN p.growth END) AS growth,
    max(CASE p.rank WHEN 1 THEN p.is_filling END) AS is_filling,
    (
        SELECT group_concat(x.place, ', ')
        FROM (
            SELECT o.place
            FROM part AS o
            WHERE o.service_id = p.service_id
              AND o.rank <= 3
            ORDER BY o.rank
        ) AS x
    ) AS places
FROM part AS p
GROUP BY p.service_id;

CREATE VIEW v_memory_limit AS
SELECT
    ml.service_id,
    ml.source,
    ml.limit_bytes,
    CASE ml.source
        WHEN 'configured' THEN 1
        WHEN 'declared' THEN 2
        WHEN 'limit.memory' THEN 3
        WHEN 'cgroup.memory.max' THEN 4
        WHEN 'Go' THEN 5
        WHEN 'kill' THEN 6
        ELSE 7
    END AS place
FROM temp.memory_limit AS ml;
