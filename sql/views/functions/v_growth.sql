-- Views of the scope: what analyzers read. They exist while services are being judged or reported.
--
-- v_site: a place in the code
--   site_id, service_id, service
--   function   normalized: type arguments collapsed, wrappers cut
--   file       without the build directory
--   line       0 when unknown
--   package    import path
--   owner      own, library, standard, runtime, unknown
--
-- v_life: one life of a process
--   lifetime_id, service_id, service, instance, ordinal, build
--   start_ns         when the process started, as far as known; else its first capture
--   first_ns         first capture
--   last_ns          last capture
--   judged_from_ns   end of warm-up: earlier captures are shown, not judged
--
-- v_cohort: which lives are looked at together; the column cohort of the growth views says which of them
-- counted
--   cohort         'all', or 'build': the lives of the newest build
--   lifetime_id
--
-- v_trend_life: the same and, where there are several instances, the lives of each of them as 'instance N'
--   cohort, lifetime_id
--
-- v_heap_capture: heap profiles that count, in order of time within each life
--   service_id, lifetime_id, capture_id
--   ordinal     0 for the first of the life
--   t_ns        0 when no time is known
--   is_judged   0: in the warm-up
--
-- v_site_series: a heap site in one capture; zeros included
--   site_id, service_id, lifetime_id, capture_id, ordinal, t_ns, is_judged
--   inuse_objects, inuse_space, alloc_objects, alloc_space   estimates, as in the profile
--   inuse_count, alloc_count                                 sampled objects behind them
--
-- v_goroutine_series: goroutines at one place in one capture; zeros included
--   site_id, service_id, lifetime_id, capture_id, ordinal, t_ns, is_judged
--   count         goroutines
--   max_minutes   longest wait among them; NULL when the form has no times
--   leaked        of them proved leaked by the garbage collector
--
-- v_live_series: the live heap at the last collection before a capture
--   service_id, lifetime_id, capture_id, t_ns, is_judged
--   source        exact, NextGC or HeapAlloc (an upper bound only); see sql/scope/live_points.sql
--   live          bytes
--   live_low, live_high   its bracket
--
-- v_site_growth: how a heap site moved over its judged captures; see sql/scope/site_trend.sql. Where the
-- service has several builds and memory grows in the lives of the newest, those count, else all lives; where
-- those show too little and one of several instances grows, that one counts, with its chances multiplied by their
-- number
--   cohort         'build', 'all' or 'instance N'
--   is_over        1: grew before, and the newest build was watched long enough to show it and does not: it
--                  is flat there, or the place is not seen there at all
--   site_id, service_id, service, function, file, line, package, owner
--   lives, instances, captures, span_ns, first_ns, last_ns
--   longest_captures   those of the life that was watched longest
--   first_space, last_space, last_objects          bytes, bytes, objects
--   slope, slope_low, slope_high                   bytes per ns; NULL when it cannot be said
--   late_slope, late_high                          the same for the second half of what was watched, and its
--                                                  upper limit
--   objects_slope, objects_low, objects_high       objects per ns
--   growth         slope x span: bytes that one process gained while it was watched
--   p_trend        chance of such a trend in something that only wobbles, allowing for captures that
--                  resemble the ones before; one-sided
--   p_plain        the same as if they did not
--   tau            -1 to 1
--   drawdown       largest fall from an earlier maximum, bytes
--   births, deaths sampled objects that came and went
--   early_net, late_net   sampled objects gained in the first and second half of the work done, by what the
--                  process allocated in all; NULL when that is not known
--   is_slowing     1: the first half gained twice as much as the second, by more than chance
--   is_filling     1: of what came little has gone, and since the process began it comes ever more slowly, by the
--                  clock and by the work done, each more than chance shows in one of twenty cases (site_course.sql)
--   is_refill      1: an earlier life held as much for half of its time and grew no more
--   is_later       1: it did not begin with the process: an earlier life that lasted as long had hardly any of it, or it
--                  comes ever faster by both clocks, each more than chance shows in one of a hundred cases
--   alloc_per_s    objects allocated per second
--   sample_space   bytes that one sampled object stands for
--
-- v_cluster_growth: the same for goroutines at one place; slope in goroutines per ns
--   cohort, is_over   as above
--   site_id, service_id, service, function, file, line, package, owner
--   lives, instances, captures, longest_captures, span_ns, first_ns, last_ns, first_count, last_count
--   slope, slope_low, slope_high, late_slope, late_high, growth, p_trend,
--   p_plain, tau, drawdown
--   max_minutes    longest wait seen; NULL when no capture has times
--   leaked         proved leaked
--   total          goroutines of the process at the end, mean over lives
--
-- v_passing_cluster: places where goroutines become more and none of them stays: of the oldest that stood there in the
-- middle of what was watched, by their ids, five and more of them, none is left in the last dump, wherever it may
-- stand then, and none has waited for a fifth of the watch. In a queue for one thing the oldest go as well, but they
-- have waited for long
--   service_id, site_id
--   growth        goroutines
--
-- v_live_growth: the same for the live heap of a service: of v_process_growth what is named live_heap
--   service_id, service, lives, captures, span_ns, first_live, last_live
--   slope, slope_low, slope_high, late_slope, p_trend, tau, is_rising
--
-- v_live_beside: the same for the lives that a place's trend is of: those of one instance, else v_live_growth
--   service_id, cohort, captures, last_live, slope, slope_low, slope_high, p_trend, span_ns
--
-- v_site_block: sizes of the objects at a heap site, at the first and last judged capture, lives added up
--   site_id, service_id, block_size, first_objects, last_objects, first_count, last_count,
--   alloc_objects, alloc_count
--
-- v_leaf_block: the same for each place below a heap site that allocates for it
--   leaf_id        a site; the heap site itself where it allocates by itself
--   site_id, service_id, block_size, first_objects, last_objects, first_count, last_count,
--   alloc_objects, alloc_count   as above
--
-- v_site_source: what stands on a site's line, where --source names a directory in which the function encloses it;
-- without comments and contents of literals
--   site_id, code
--
-- v_stack_path: own functions of a stack from the leaf outwards
--   service_id, stack_id, level (0 is the leafmost), function
--   line         where it allocates or calls, in its file
--   is_direct    1: nothing but own functions lies between it and the leafmost of them
--
-- v_site_kin: pairs of growing heap sites that one function has a hand in, both ways round: it allocates at one of
-- them itself, or it calls towards each, directly and from lines of its own. What is called from one and the same line,
-- or through a library, may be any handler; a function that only passes requests on says nothing of what they keep.
-- One of the two is among the 32 of the function that grow most
--   service_id, site_id, other_id
--   function     that function; the first by name where there are several
--   level        how far it is from the farther of the two, in own functions
--
-- v_stack_site: what a stack is charged to
--   service_id, stack_id
--   site_id      for memory
--   blocked_id   for goroutines
--   leaf_id      the leaf itself
--   root_id      outermost own frame

CREATE VIEW v_site AS
SELECT
    si.site_id,
    si.service_id,
    s.name AS service,
    si.function,
    si.file,
    si.line,
    si.package,
    si.owner
FROM temp.site AS si
JOIN service AS s USING (service_id);

CREATE VIEW v_life AS
SELECT
    l.lifetime_id,
    l.service_id,
    s.name AS service,
    i.name AS instance,
    l.ordinal,
    l.build,
    l.start_ns,
    l.first_ns,
    l.last_ns,
    l.judged_from_ns
FROM temp.life AS l
JOIN service AS s USING (service_id)
JOIN instance AS i USING (instance_id);

CREATE VIEW v_cohort AS
SELECT
    c.cohort,
    c.lifetime_id
FROM temp.cohort AS c;

CREATE VIEW v_trend_life AS
SELECT
    tl.cohort,
    tl.lifetime_id
FROM temp.trend_life AS tl;

CREATE VIEW v_heap_capture AS
SELECT
    l.service_id,
    hc.lifetime_id,
    hc.capture_id,
    hc.ordinal,
    hc.t_ns,
    hc.is_judged
FROM temp.heap_capture AS hc
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_site_series AS
SELECT
    p.site_id,
    l.service_id,
    p.lifetime_id,
    hc.capture_id,
    p.ordinal,
    hc.t_ns,
    hc.is_judged,
    p.inuse_objects,
    p.inuse_space,
    p.alloc_objects,
    p.alloc_space,
    p.inuse_count,
    p.alloc_count
FROM temp.heap_point AS p
JOIN temp.heap_capture AS hc USING (lifetime_id, ordinal)
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_goroutine_series AS
SELECT
    p.site_id,
    l.service_id,
    p.lifetime_id,
    gc.capture_id,
    p.ordinal,
    gc.t_ns,
    gc.is_judged,
    p.count,
    p.max_minutes,
    p.leaked
FROM temp.goroutine_point AS p
JOIN temp.goroutine_capture AS gc USING (lifetime_id, ordinal)
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_live_series AS
SELECT
    l.service_id,
    lp.lifetime_id,
    lp.capture_id,
    lp.t_ns,
    lp.is_judged,
    lp.source,
    lp.live,
    lp.live_low,
    lp.live_high
FROM temp.live_point AS lp
JOIN temp.life AS l USING (lifetime_id);

CREATE VIEW v_site_growth AS
SELECT
    g.site_id,
    g.service_id,
    si.service,
    si.function,
    si.file,
    si.line,
    si.package,
    si.owner,
    g.cohort,
    coalesce(
        g.cohort = 'all'
        AND coalesce(nb.captures, nw.captures) >= 8
        AND coalesce(nb.slope_high, 0.0) < 0.3 * g.slope
        AND g.slope * coalesce(nb.span_ns, nw.span_ns) >= 5 * g.sample_space,
        0
    ) AS is_over,
    g.lives,
    g.instances,
    g.captures,
    g.longest_captures,
    g.span_ns,
    g.first_ns,
    g.last_ns,
    g.first_space,
    g.last_space,
    g.last_objects,
    g.slope,
    g.slope_low,
    g.slope_high,
    g.late_slope,
    g.late_high,
    g.objects_slope,
    g.objects_low,
    g.objects_high,
    g.slope * g.span_ns AS growth,
    g.p_trend,
    g.p_plain,
    g.tau,
    g.drawdown,
    g.births,
    g.deaths,
    g.early_net,
    g.late_net,
    coalesce(
        g.early_net >= 2 * g.late_net
        AND binom_tail(g.early_net, g.early_net + max(g.late_net, 0), 0.5) <= 0.02,
        0
    ) AS is_slowing,
    coalesce(sc.slowing_work <= -1.645 AND sc.slowing_time <= -1.645 AND g.deaths < 0.25 * g.births, 0) AS is_filling,
    coalesce(sc.is_refill, 0) AS is_refill,
    coalesce(sc.is_new OR (sc.slowing_work >= 2.33 AND sc.slowing_time >= 2.33), 0) AS is_later,
    g.alloc_per_s,
    g.sample_space
FROM temp.site_trend AS g
JOIN v_site AS si USING (site_id)
LEFT JOIN temp.site_trend AS nb ON nb.site_id = g.site_id AND nb.cohort = 'build'
LEFT JOIN (
    SELECT
        t.service_id,
        sum(t.captures) AS captures,
        max(t.span_ns) AS span_ns
    FROM (
        SELECT
            l.service_id,
            count(*) AS captures,
            max(c.t_ns) - min(c.t_ns) AS span_ns
        FROM temp.heap_capture AS c
        JOIN temp.cohort AS co ON co.lifetime_id = c.lifetime_id AND co.cohort = 'build'
        JOIN temp.life AS l ON l.lifetime_id = c.lifetime_id
        WHERE c.is_judged = 1
        GROUP BY c.lifetime_id
    ) AS t
    GROUP BY t.service_id
) AS nw ON nw.service_id = g.service_id
LEFT JOIN temp.lone AS lone ON lone.kind = 'heap' AND lone.site_id = g.site_id
LEFT JOIN temp.site_course AS sc ON sc.site_id = g.site_id AND sc.cohort = g.cohort
WHERE g.cohort = CASE
    WHEN lone.cohort IS NOT NULL THEN lone.cohort
    WHEN coalesce(nb.p_trend <= 0.05 AND nb.slope_low > 0, 0) THEN 'build'
    ELSE 'all'
END;

CREATE VIEW v_cluster_growth AS
SELECT
    g.site_id,
    g.service_id,
    si.service,
    si.function,
    si.file,
    si.line,
    si.package,
    si.owner,
    g.cohort,
    coalesce(
        g.cohort = 'all'
        AND coalesce(nb.captures, nw.captures) >= 8
        AND coalesce(nb.slope_high, 0.0) < 0.3 * g.slope
        AND g.slope * coalesce(nb.span_ns, nw.span_ns) >= 5,
        0
    ) AS is_over,
    g.lives,
    g.instances,
    g.captures,
    g.longest_captures,
    g.span_ns,
    g.first_ns,
    g.last_ns,
    g.first_count,
    g.last_count,
    g.slope,
    g.slope_low,
    g.slope_high,
    g.late_slope,
    g.late_high,
    g.slope * g.span_ns AS growth,
    g.p_trend,
    g.p_plain,
    g.tau,
    g.drawdown,
    g.max_minutes,
    g.leaked,
    g.total
FROM temp.cluster_trend AS g
JOIN v_site AS si USING (site_id)
LEFT JOIN temp.cluster_trend AS nb ON nb.site_id = g.site_id AND nb.cohort = 'build'
LEFT JOIN (
    SELECT
        t.service_id,
        sum(t.captures) AS captures,
        max(t.span_ns) AS span_ns
    FROM (
        SELECT
            l.service_id,
            count(*) AS captures,
            max(c.t_ns) - min(c.t_ns) AS span_ns
        FROM temp.goroutine_capture AS c
        JOIN temp.cohort AS co ON co.lifetime_id = c.lifetime_id AND co.cohort = 'build'
        JOIN temp.life AS l ON l.lifetime_id = c.lifetime_id
        WHERE c.is_judged = 1
        GROUP BY c.lifetime_id
    ) AS t
    GROUP BY t.service_id
) AS nw ON nw.service_id = g.service_id
LEFT JOIN temp.lone AS lone ON lone.kind = 'goroutine' AND lone.site_id = g.site_id
WHERE g.cohort = CASE
    WHEN lone.cohort IS NOT NULL THEN lone.cohort
    WHEN coalesce(nb.p_trend <= 0.05 AND nb.slope_low > 0, 0) THEN 'build'
    ELSE 'all'
END;

CREATE VIEW v_passing_cluster AS
SELECT
    cg.service_id,
    cg.site_id,
    cg.growth
FROM v_cluster_growth AS cg
JOIN (
    SELECT
        t.site_id,
        co.cohort,
        sum(t.seen) AS seen,
        sum(t.held) AS held,
        max(t.middle_wait) AS middle_wait,
        max(t.last_wait) AS last_wait
    FROM temp.turnover AS t
    JOIN temp.trend_life AS co USING (lifetime_id)
    GROUP BY
        t.site_id,
        co.cohort
) AS ct ON ct.site_id = cg.site_id AND ct.cohort = cg.cohort
WHERE ct.seen >= 5
  AND ct.held = 0
  AND (
    cg.max_minutes * 60e9 <= 0.2 * cg.span_ns
    -- Whole minutes, cut off.
    OR (ct.middle_wait >= 10 AND ct.last_wait + 1 <= 1.25 * (ct.middle_wait + 1))
  );

CREATE VIEW v_live_growth AS
SELECT
    pg.service_id,
    pg.service,
    pg.lives,
    pg.captures,
    pg.span_ns,
    pg.first_value AS first_live,
    pg.last_value AS last_live,
    pg.slope,
    pg.slope_low,
    pg.slope_high,
    pg.late_slope,
    pg.p_trend,
    pg.tau,
    pg.is_rising
FROM v_process_growth AS pg
WHERE pg.name = 'live_heap';

CREATE VIEW v_live_beside AS
SELECT
    lg.service_id,
    co.cohort,
    lg.captures,
    lg.last_live,
    lg.slope,
    lg.slope_low,
    lg.slope_high,
    lg.p_trend,
    lg.span_ns
FROM v_live_growth AS lg
JOIN (
    SELECT 'all' AS cohort
    UNION ALL
    SELECT 'build' AS cohort
) AS co
UNION ALL
SELECT
    pt.service_id,
    pt.cohort,
    pt.captures,
    pt.last_value AS last_live,
    pt.slope,
    pt.slope_low,
    pt.slope_high,
    pt.p_trend,
    pt.span_ns
FROM temp.process_trend AS pt
WHERE pt.name = 'live_heap'
  AND pt.cohort LIKE 'instance %';

CREATE VIEW v_leaf_block AS
SELECT
    b.site_id,
    b.leaf_id,
    si.service_id,
    b.block_size,
    b.first_objects,
    b.last_objects,
    b.first_count,
    b.last_count,
    b.alloc_objects,
    b.alloc_count
FROM temp.site_block AS b
JOIN temp.site AS si USING (site_id);

CREATE VIEW v_site_block AS
SELECT
    lb.site_id,
    lb.service_id,
    lb.block_size,
    sum(lb.first_objects) AS first_objects,
    sum(lb.last_objects) AS last_objects,
    sum(lb.first_count) AS first_count,
    sum(lb.last_count) AS last_count,
    sum(lb.alloc_objects) AS alloc_objects,
    sum(lb.alloc_count) AS alloc_count
FROM v_leaf_block AS lb
GROUP BY
    lb.site_id,
    lb.block_size;

CREATE VIEW v_stack_path AS
SELECT
    p.service_id,
    p.stack_id,
    p.level,
    p.function,
    p.line,
    p.is_direct
FROM temp.stack_path AS p;

CREATE VIEW v_site_kin AS
WITH near AS MATERIALIZED (
    SELECT DISTINCT
        sg.service_id,
        sg.site_id,
        sg.growth,
        p.function,
        p.level,
        p.line,
        p.is_direct
    FROM v_site_growth AS sg
    CROSS JOIN temp.stack_site AS vs ON vs.service_id = sg.service_id AND vs.site_id = sg.site_id
    CROSS JOIN temp.stack_path AS p ON p.service_id = vs.service_id AND p.stack_id = vs.stack_id
    WHERE sg.slope > 0
      AND sg.owner <> 'runtime'
      AND p.level <= 2
      AND p.function NOT IN ('main.main', 'main.init')
),
-- Those of a function that grow most: all others are held against them, so that the work grows with the lines.
leading AS MATERIALIZED (
    SELECT t.*
    FROM (
        SELECT
            n.*,
            dense_rank() OVER (
                PARTITION BY n.service_id, n.function
                ORDER BY n.growth DESC, n.site_id
            ) AS place
        FROM near AS n
    ) AS t
    WHERE t.place <= 32
),
pair AS (
    SELECT
        a.service_id,
        a.site_id,
        b.site_id AS other_id,
        min(a.function) AS function,
        min(max(a.level, b.level)) AS level
    FROM leading AS a
    CROSS JOIN near AS b ON b.service_id = a.service_id AND b.function = a.function AND b.site_id <> a.site_id
    WHERE a.level = 0
       OR b.level = 0
       OR (a.is_direct AND b.is_direct AND a.line <> b.line)
    GROUP BY
        a.service_id,
        a.site_id,
        b.site_id
)
SELECT
    p.service_id,
    p.site_id,
    p.other_id,
    min(p.function) AS function,
    min(p.level) AS level
FROM (
    SELECT
        l.service_id,
        l.site_id,
        l.other_id,
        l.function,
        l.level
    FROM pair AS l
    UNION ALL
    SELECT
        l.service_id,
        l.other_id,
        l.site_id,
        l.function,
        l.level
    FROM pair AS l
) AS p
GROUP BY
    p.service_id,
    p.site_id,
    p.other_id;

CREATE VIEW v_site_source AS
SELECT
    ss.site_id,
    ss.code
FROM temp.site_source AS ss;

CREATE VIEW v_stack_site AS
SELECT
    ss.service_id,
    ss.stack_id,
    ss.site_id,
    ss.blocked_id,
    ss.leaf_id,
    ss.root_id
FROM temp.stack_site AS ss;
