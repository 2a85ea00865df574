-- id:         gc.gogc_bounds
-- title:      The heap and its goal prove another GOGC than before
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gogc_point v_life_reading
-- params:     min_ratio=1.9, min_after=130, min_heap=8388608, min_live=6291456, width=0.4, max_p=0.01, min_goal=1.4, min_rise=1.25, min_beside=0.5, usual_part=0.5, min_proofs=2, min_cycles=4, min_start=10, start_part=0.02, min_freed=6, min_beyond=1.25
--
-- Why: GOGC need not be told. What is in the heap was never less than what was alive at the last
-- collection, so (NextGC - HeapAlloc) / (HeapAlloc + stacks) is a floor below GOGC in each capture of
-- MemStats, without any profile: at 100 it is never above 100. What was freed between two captures, by each
-- collection, gives an upper end as well. A gctrace log tells more: the goal of a
-- collection beside what the one before left alive is GOGC itself, but for the rounding to MiB. Called is
-- a process in which the floor is from some capture on twice what it ever was before, or a life of which
-- that is so beside the life before or next to it. A floor that was low before, and no upper end, may be chance, for a heap
-- is caught anywhere between what is alive and the goal: how probable that was with the later GOGC is a
-- power with the number of captures, and must be a hundredth at most; where a process is cut in two does
-- not matter, because what holds for more captures holds for fewer. What all collections before freed together
-- is an upper end as well, where each interval alone has too few of them for one: the floor must be a quarter above that, and
-- twice what it makes likely. Both the course of an instance over its
-- restarts and that of each process are looked at: a program that raises it begins anew with each.
-- The parts of a course are short at both ends, where a setting holds for a few collections only; the first
-- ten seconds of a trace are the start of a program, which may set GOGC then. Five parts may lie between
-- the two: there GOGC went up in steps. The goal must have risen too, the smallest heap by its root at most
-- (else more is alive), and the later captures agree with each other. A trace tells of each collection what
-- was alive, also of those at the start, and of a rare peak: so its medians and nine tenths stand for the
-- smallest and the largest heap, which a few captures must.
-- Once, without more memory: somebody did it on purpose and should know.
--
-- Blind spot: heaps below 8 MiB, where globals and the floor of 4 MiB count; a rise to less than twice the
-- value; a program that is always captured at the same moment of its work. Where a reading tells GOGC,
-- gc.gogc_drift and gc.gogc_differs say more.
--
-- Source: formats.md 5.1 (goal = live + (live + roots) GOGC / 100); leaks.md 1.1, A11 to A13.
WITH point AS MATERIALIZED (
    SELECT
        gp.service_id,
        gp.instance,
        gp.build,
        gp.lifetime_id,
        gp.start_ns,
        gp.t_ns,
        gp.capture_id,
        gp.source = 'trace' AS is_traced,
        gp.low,
        gp.high,
        gp.goal,
        gp.live AS least,
        gp.heap,
        gp.footprint,
        gp.most,
        gp.freed,
        gp.cycles,
        gp.goals
    FROM v_gogc_point AS gp
    WHERE (gp.source = 'trace' AND gp.live >= :min_live
        OR gp.source <> 'trace' AND gp.heap >= :min_heap)
      AND gp.lifetime_id NOT IN (
        SELECT r.lifetime_id
        FROM v_life_reading AS r
        WHERE r.use = 'gogc'
    )
),
-- Where no floor is that high nothing can be called, and most services have none.
suspect AS MATERIALIZED (
    SELECT DISTINCT
        p.service_id,
        p.instance
    FROM point AS p
    WHERE p.low >= :min_after
),
-- A course is an instance with its restarts or, where there are some, each of its processes.
numbered AS (
    SELECT
        p.*,
        k.is_life * p.lifetime_id AS course,
        CAST(floor(ln(
            (row_number() OVER course_by_time - 0.5) / (count(*) OVER course - row_number() OVER course_by_time + 0.5)
        ) / :width) AS INTEGER) AS part
    FROM (
        SELECT
            p.*,
            min(p.lifetime_id) OVER instance <> max(p.lifetime_id) OVER instance AS is_restarted
        FROM point AS p
        WHERE (p.service_id, p.instance) IN (
            SELECT
                su.service_id,
                su.instance
            FROM suspect AS su
        )
        WINDOW instance AS (PARTITION BY p.service_id, p.instance)
    ) AS p
    JOIN (SELECT 0 AS is_life UNION ALL SELECT 1) AS k ON k.is_life <= p.is_restarted
    WINDOW
        course AS (PARTITION BY p.service_id, p.instance, k.is_life * p.lifetime_id),
        course_by_time AS (PARTITION BY p.service_id, p.instance, k.is_life * p.lifetime_id ORDER BY p.t_ns)
),
bucket AS MATERIALIZED (
    SELECT
        n.service_id,
        n.instance,
        n.course,
        dense_rank() OVER (PARTITION BY n.service_id, n.instance, n.course ORDER BY n.part) AS number,
        min(n.t_ns) AS t_ns,
        max(n.t_ns) AS last_ns,
        count(DISTINCT n.goal) AS cycles,
        min(n.is_traced) AS is_traced,
        CASE WHEN min(n.is_traced) THEN median(n.low) ELSE max(n.low) END AS low,
        median(n.high) AS high,
        median(n.goal) AS goal,
        CASE WHEN min(n.is_traced) THEN median(n.least) ELSE min(n.least) END AS least,
        CASE WHEN min(n.is_traced) THEN percentile(n.heap, 90) ELSE max(n.heap) END AS heap,
        median(n.footprint) AS footprint,
        max(n.most) AS most,
        sum(n.freed) AS freed,
        sum(n.cycles) AS collections,
        sum(n.goals) AS goals
    FROM numbered AS n
    GROUP BY
        n.service_id,
        n.instance,
        n.course,
        n.part
),
life AS (
    SELECT
        p.service_id,
        p.instance,
        p.build,
        p.lifetime_id,
        p.start_ns,
        min(p.t_ns) AS t_ns,
        max(p.t_ns) AS last_ns,
        count(DISTINCT p.goal) AS cycles,
        min(p.is_traced) AS is_traced,
        CASE WHEN min(p.is_traced) THEN median(p.low) ELSE max(p.low) END AS low,
        CASE WHEN min(p.is_traced) OR count(p.high) >= 2 THEN median(p.high) END AS high,
        median(p.goal) AS goal,
        CASE WHEN min(p.is_traced) THEN median(p.least) ELSE min(p.least) END AS least,
        CASE WHEN min(p.is_traced) THEN percentile(p.heap, 90) ELSE max(p.heap) END AS heap,
        median(p.footprint) AS footprint,
        max(p.most) AS most,
        sum(p.freed) AS freed,
        sum(p.cycles) AS collections,
        sum(p.goals) AS goals
    FROM point AS p
    WHERE p.service_id IN (
        SELECT su.service_id
        FROM suspect AS su
    )
    GROUP BY p.lifetime_id
    HAVING count(DISTINCT CASE WHEN p.is_traced THEN p.t_ns ELSE p.goal END) >= :min_cycles
),
-- Three ways to know that GOGC was less: an upper end that is told (top), many floors that never were higher, or what
-- all collections of the time before freed together.
way AS (
    SELECT
        1 AS is_top,
        0 AS is_flow
    UNION ALL
    SELECT
        0,
        0
    UNION ALL
    SELECT
        0,
        1
),
change AS (
    SELECT
        cut.service_id,
        cut.instance,
        cut.instance AS other,
        g.gap,
        0 AS is_beside,
        cut.t_ns,
        cut.t_ns AS from_ns,
        max(b.last_ns) AS to_ns,
        sum(CASE WHEN b.number < cut.number - g.gap THEN b.cycles END) AS cycles,
        max(CASE WHEN b.number < cut.number - g.gap THEN CASE w.is_top WHEN 1 THEN coalesce(b.high, b.low) ELSE b.low END END)
            AS before,
        sum(CASE WHEN b.number < cut.number - g.gap THEN b.freed END) AS freed,
        sum(CASE WHEN b.number < cut.number - g.gap THEN b.collections END) AS collections,
        sum(CASE WHEN b.number < cut.number - g.gap THEN b.goals END) AS goals,
        sum(CASE WHEN b.number >= cut.number THEN b.freed END) AS late_freed,
        sum(CASE WHEN b.number >= cut.number THEN b.goals END) AS late_goals,
        CASE
            WHEN min(b.is_traced) THEN min(CASE WHEN b.number >= cut.number THEN b.low END)
            ELSE max(CASE WHEN b.number >= cut.number THEN b.low END)
        END AS after,
        w.is_top,
        w.is_flow,
        min(b.is_traced) AS is_traced,
        median(CASE WHEN b.number >= cut.number THEN b.goal END)
            / median(CASE WHEN b.number < cut.number - g.gap THEN b.goal END) AS goal_ratio,
        CASE
            WHEN min(b.is_traced) THEN median(CASE WHEN b.number >= cut.number THEN b.least END)
                / median(CASE WHEN b.number < cut.number - g.gap THEN b.least END)
            ELSE min(CASE WHEN b.number >= cut.number THEN b.least END) * 1.0
                / min(CASE WHEN b.number < cut.number - g.gap THEN b.least END)
        END AS least_ratio,
        max(
            max(CASE WHEN b.number >= cut.number THEN b.heap END) * 1.0
                / max(CASE WHEN b.number < cut.number - g.gap THEN b.heap END),
            coalesce(median(CASE WHEN b.number >= cut.number THEN b.footprint END)
                / median(CASE WHEN b.number < cut.number - g.gap THEN b.footprint END), 0),
            coalesce(max(CASE WHEN b.number >= cut.number THEN b.most END) * 1.0
                / max(CASE WHEN b.number < cut.number - g.gap THEN b.most END), 0)
        ) AS rise
    FROM (
        -- Nearly none can be a change, and to compare both sides of one costs a few medians.
        SELECT
            o.service_id,
            o.instance,
            o.course,
            o.number,
            o.t_ns,
            max(o.low) OVER (course_by_time ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS most_before,
            max(o.low) OVER (course_by_time ROWS BETWEEN UNBOUNDED PRECEDING AND 6 PRECEDING) AS most_long_before,
            max(o.low) OVER (course_by_time ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS most_after
        FROM bucket AS o
        WINDOW course_by_time AS (PARTITION BY o.service_id, o.instance, o.course ORDER BY o.number)
    ) AS cut
    CROSS JOIN (SELECT 0 AS gap UNION ALL SELECT 5) AS g
    CROSS JOIN way AS w
    JOIN bucket AS b USING (service_id, instance, course)
    WHERE cut.most_after >= :min_after
      AND cut.most_after >= :min_ratio * CASE g.gap WHEN 0 THEN cut.most_before ELSE cut.most_long_before END
    GROUP BY
        cut.service_id,
        cut.instance,
        cut.course,
        cut.number,
        g.gap,
        w.is_top,
        w.is_flow
    HAVING sum(b.number < cut.number - g.gap AND (NOT w.is_top OR b.high IS NOT NULL)) >= 2
       AND sum(b.number >= cut.number) >= 2
       AND (w.is_top OR NOT min(b.is_traced))
       AND (NOT w.is_flow OR sum(CASE WHEN b.number < cut.number - g.gap THEN b.collections END) >= :min_freed)
       AND (
        NOT min(b.is_traced)
        OR max(CASE WHEN b.number < cut.number - g.gap THEN b.last_ns END) - min(b.t_ns)
            >= max(:min_start * 1e9, :start_part * (max(b.last_ns) - min(b.t_ns)))
       )
    UNION ALL
    SELECT
        b.service_id,
        b.instance,
        a.instance AS other,
        0 AS gap,
        a.instance <> b.instance
        AND min(a.last_ns, b.last_ns) - max(a.t_ns, b.t_ns) >= :min_beside * (b.last_ns - b.t_ns) AS is_beside,
        b.t_ns,
        b.t_ns AS from_ns,
        b.last_ns AS to_ns,
        a.cycles,
        CASE w.is_top WHEN 1 THEN a.high ELSE a.low END AS before,
        a.freed,
        a.collections,
        a.goals,
        b.freed AS late_freed,
        b.goals AS late_goals,
        b.low AS after,
        w.is_top,
        w.is_flow,
        b.is_traced,
        b.goal / a.goal AS goal_ratio,
        b.least * 1.0 / a.least AS least_ratio,
        max(
            b.heap * 1.0 / a.heap,
            coalesce(b.footprint / a.footprint, 0),
            coalesce(b.most * 1.0 / a.most, 0)
        ) AS rise
    FROM life AS b
    CROSS JOIN way AS w
    CROSS JOIN (SELECT 0 AS is_same UNION ALL SELECT 1) AS k
    JOIN life AS a ON a.lifetime_id = (
        SELECT o.lifetime_id
        FROM life AS o
        WHERE o.service_id = b.service_id
          AND (o.instance = b.instance) = k.is_same
          AND o.lifetime_id <> b.lifetime_id
          AND o.start_ns <= b.start_ns
        ORDER BY
            o.start_ns DESC,
            o.low,
            o.lifetime_id
        LIMIT 1
    )
    WHERE a.is_traced = b.is_traced
      AND (w.is_top OR NOT b.is_traced)
      AND (NOT w.is_flow OR a.collections >= :min_freed)
),
-- Of a goal each collection frees f GOGC / (100 + GOGC); f is 0.75 at least and mostly 0.9. What the captures saw to be
-- left of the way is a check of it.
summed AS (
    SELECT
        c.service_id,
        c.instance,
        c.other,
        c.is_beside,
        c.gap,
        c.t_ns,
        c.from_ns,
        c.to_ns,
        c.cycles,
        CASE WHEN c.is_flow THEN max(c.before, 100.0 / (max(1.02, 0.9 * c.goals / c.freed) - 1)) ELSE c.before END AS before,
        CASE
            WHEN c.is_flow
                THEN 100.0 / (max(1.02, 0.75 * c.goals / c.freed * (c.collections - 1) / c.collections) - 1)
        END AS top,
        CASE WHEN c.late_freed > 0 THEN 100.0 / (max(1.02, 0.9 * c.late_goals / c.late_freed) - 1) END AS about,
        c.before AS floor,
        c.after,
        c.is_top OR c.is_flow AS is_told,
        c.is_flow,
        c.is_traced,
        c.goal_ratio,
        c.least_ratio,
        c.rise
    FROM change AS c
    WHERE NOT c.is_flow
       OR c.freed > 0
),
-- p: the part of its way from the live heap to the goal that a heap had gone when its floor is `before`.
likely AS (
    SELECT
        c.*,
        CASE
            WHEN c.is_told THEN 0.0
            ELSE pow(
                1.0 - ((1.0 + c.after / 100.0) / (1.0 + max(c.before, 0.0) / 100.0) - 1.0) / (c.after / 100.0),
                c.cycles
            )
        END AS p,
        sqrt(c.after * max(c.before, 1.0)) AS middle
    FROM summed AS c
    WHERE c.after >= :min_after
      AND c.after >= :min_ratio * c.before
      AND (NOT c.is_flow OR c.top >= c.floor AND c.after >= :min_beyond * c.top)
      AND c.goal_ratio >= :min_goal
      AND c.least_ratio <= sqrt(c.goal_ratio)
),
agreed AS (
    SELECT
        k.*,
        (
            SELECT avg(p.low >= k.middle)
            FROM point AS p
            WHERE p.service_id = k.service_id
              AND p.instance = k.instance
              AND p.t_ns BETWEEN k.from_ns AND k.to_ns
        ) AS part,
        (
            SELECT sum(p.low >= k.middle)
            FROM point AS p
            WHERE p.service_id = k.service_id
              AND p.instance = k.instance
              AND p.t_ns BETWEEN k.from_ns AND k.to_ns
        ) AS proofs,
        ((1.0 + k.after / 100.0) / (1.0 + k.middle / 100.0) - 1.0) / (k.after / 100.0) AS usual,
        (
            SELECT json_group_array(DISTINCT p.capture_id)
            FROM point AS p
            WHERE p.service_id = k.service_id
              AND p.instance = k.instance
              AND p.t_ns BETWEEN k.from_ns AND k.to_ns
        ) AS ids
    FROM likely AS k
    WHERE k.p <= :max_p
),
ranked AS (
    SELECT
        a.*,
        row_number() OVER (
            PARTITION BY a.service_id
            ORDER BY
                a.rise >= :min_rise DESC,
                a.is_beside DESC,
                a.gap,
                a.after / max(a.before, 1.0) DESC,
                a.t_ns DESC,
                a.instance
        ) AS place
    FROM agreed AS a
    WHERE a.part >= :usual_part * a.usual
      AND (a.proofs >= :min_proofs OR a.is_flow AND a.about >= a.middle)
)
SELECT
    r.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE WHEN r.rise >= :min_rise THEN 0.8 WHEN r.is_beside THEN 0.76 ELSE 0.5 END AS strength,
    format(
        'GOGC was %s %.0f %s and is at least %.0f since %s%s, as %s prove; ',
        CASE WHEN r.is_flow THEN 'about' WHEN r.is_told THEN 'at most' ELSE 'hardly above' END,
        max(r.before, 0.0),
        CASE r.gap WHEN 0 THEN 'before' ELSE 'at first, went up step by step' END,
        r.after,
        rfc3339(r.t_ns),
        CASE WHEN r.instance = '' THEN '' ELSE ' on ' || r.instance END,
        CASE
            WHEN r.is_traced THEN 'the goals in its gctrace'
            WHEN r.is_told THEN 'NextGC and what each collection freed'
            ELSE 'HeapAlloc and NextGC'
        END
    ) || CASE
        WHEN r.rise >= :min_rise THEN format('the memory of the process became up to %.1f times as much', r.rise)
        ELSE 'the memory of the process did not rise with it'
    END AS detail,
    json_object(
        'captures', json(r.ids),
        'before', r.before,
        'after', r.after,
        'is_exact', r.is_traced,
        'chance', r.p,
        'goal_ratio', r.goal_ratio,
        'memory_ratio', r.rise,
        'other', r.other
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
