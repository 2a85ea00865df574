-- id:         gc.gogc_paced
-- title:      What is allocated between two collections shows another GOGC than before
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_memory_ledger v_life v_life_reading
-- params:     min_heap=8388608, min_cycles=3, max_buckets=8, min_ratio=1.9, min_apart=1.4, min_goal=1.4, max_wobble=2.5, min_after=130, min_rise=1.25
-- only-with:  memstats
--
-- Why: from the end of one collection to the end of the next a program allocates what the goal leaves beside
-- the live heap. MemStats and Prometheus count both: what was allocated and how often was collected. So
-- A = (allocated - change of HeapAlloc) / collections, the live heap is about NextGC - A, and GOGC about
-- A / (NextGC - A + stacks), without a heap profile and without a reading of it. The time of each process is cut into
-- parts with three collections or more. Called is a rise: in all later parts more than in all earlier ones,
-- twice as much in the middle, over the restarts of an instance or within one of its processes. NextGC must have risen too, and the live heap by its root at most, or more is
-- alive and GOGC the same. Up to four parts between the two are the way up, step by step.
--
-- Error: a collection begins before the goal is met, by a tenth on idle processors and more on busy ones, so
-- the number lies below GOGC, the more so the higher that is; rises are told from it, and no value. Forced
-- collections tell nothing of the goal and are left out where they are counted.
--
-- Blind spot: fewer than six collections before or after; heaps below 8 MiB, where globals and the
-- floor of 4 MiB count; a rise to less than twice the value. Where a reading tells GOGC, gc.gogc_drift says more.
--
-- Source: formats.md 5.1 (goal = live + (live + roots) GOGC / 100); leaks.md 1.1, A11 to A13.
WITH lives AS (
    SELECT
        l.lifetime_id,
        l.instance,
        count(*) OVER (PARTITION BY l.service_id, l.instance) > 1 AS is_restarted
    FROM v_life AS l
),
point AS (
    SELECT
        ml.service_id,
        lv.instance,
        lv.is_restarted,
        ml.lifetime_id,
        ml.capture_id,
        ml.t_ns,
        ml.next_gc,
        ml.heap_alloc,
        coalesce(ml.stacks, 0) AS stacks,
        ml.footprint + ml.returned AS most,
        ml.heap_alloc - lag(ml.heap_alloc) OVER life_by_time AS heap_gained
    FROM v_memory_ledger AS ml
    JOIN lives AS lv USING (lifetime_id)
    WHERE ml.next_gc < 4611686018427387904
      AND ml.next_gc >= 2 * :min_heap
      AND ml.lifetime_id NOT IN (
        SELECT r.lifetime_id
        FROM v_life_reading AS r
        WHERE r.use = 'gogc'
      )
    WINDOW life_by_time AS (PARTITION BY ml.lifetime_id ORDER BY ml.t_ns)
),
-- A course is an instance with its restarts or, where there are some, each of its processes.
step AS (
    SELECT
        p.*,
        k.is_life * p.lifetime_id AS course,
        gi.cycles,
        gi.alloc_bytes - p.heap_gained AS made,
        sum(gi.cycles) OVER course_by_time - gi.cycles AS cycles_before,
        sum(gi.cycles) OVER course AS cycles_all
    FROM point AS p
    JOIN v_gc_interval AS gi USING (lifetime_id, t_ns, capture_id)
    JOIN (SELECT 0 AS is_life UNION ALL SELECT 1) AS k ON k.is_life <= p.is_restarted
    WHERE gi.cycles >= 0
      AND gi.alloc_bytes IS NOT NULL
      AND p.heap_gained IS NOT NULL
      AND coalesce(gi.forced, gi.scrapes) = 0
    WINDOW
        course AS (PARTITION BY p.service_id, p.instance, k.is_life * p.lifetime_id),
        course_by_time AS (PARTITION BY p.service_id, p.instance, k.is_life * p.lifetime_id ORDER BY p.t_ns)
),
bucket AS (
    SELECT
        st.service_id,
        st.instance,
        st.course,
        st.cycles_before * min(:max_buckets, st.cycles_all / :min_cycles) / st.cycles_all AS number,
        min(st.t_ns) AS t_ns,
        sum(st.made) * 1.0 / sum(st.cycles) AS made,
        median(st.next_gc) AS goal,
        avg(st.stacks) AS stacks,
        max(st.next_gc) * 1.0 / min(st.next_gc) AS wobble,
        max(st.heap_alloc) AS heap,
        max(st.most) AS most,
        json_group_array(st.capture_id) AS ids
    FROM step AS st
    WHERE st.cycles_all >= 2 * :min_cycles
    GROUP BY
        st.service_id,
        st.instance,
        st.course,
        CAST(st.cycles_before * min(:max_buckets, st.cycles_all / :min_cycles) / st.cycles_all AS INTEGER)
    HAVING sum(st.cycles) >= :min_cycles
),
part AS MATERIALIZED (
    SELECT
        b.*,
        b.goal - b.made AS live,
        100.0 * b.made / (b.goal - b.made + b.stacks) AS gogc,
        row_number() OVER (PARTITION BY b.service_id, b.instance, b.course ORDER BY b.t_ns) AS place,
        count(*) OVER process AS places,
        max(b.goal) OVER process >= :min_goal * min(b.goal) OVER process
        AND max(b.made / (b.goal - b.made + b.stacks)) OVER process
            >= :min_ratio * min(b.made / (b.goal - b.made + b.stacks)) OVER process AS may_be_raised
    FROM bucket AS b
    WHERE b.made > 0
      AND b.goal - b.made >= 0.1 * b.goal
      AND b.wobble <= :max_wobble
    WINDOW process AS (PARTITION BY b.service_id, b.instance, b.course)
),
change AS (
    SELECT
        p.service_id,
        p.instance,
        p.course,
        max(CASE WHEN p.place = cut.place THEN p.t_ns END) AS t_ns,
        g.gap,
        max(CASE WHEN p.place < cut.place - g.gap THEN p.gogc END) AS most_before,
        min(CASE WHEN p.place >= cut.place THEN p.gogc END) AS least_after,
        median(CASE WHEN p.place < cut.place - g.gap THEN p.gogc END) AS before,
        median(CASE WHEN p.place >= cut.place THEN p.gogc END) AS after,
        median(CASE WHEN p.place >= cut.place THEN p.goal END)
            / median(CASE WHEN p.place < cut.place - g.gap THEN p.goal END) AS goal_ratio,
        median(CASE WHEN p.place >= cut.place THEN p.live END)
            / median(CASE WHEN p.place < cut.place - g.gap THEN p.live END) AS live_ratio,
        max(
            max(CASE WHEN p.place >= cut.place THEN p.heap END) * 1.0
                / max(CASE WHEN p.place < cut.place - g.gap THEN p.heap END),
            max(CASE WHEN p.place >= cut.place THEN p.most END) * 1.0
                / max(CASE WHEN p.place < cut.place - g.gap THEN p.most END)
        ) AS rise
    FROM part AS p
    CROSS JOIN (SELECT DISTINCT n.place FROM part AS n) AS cut
    CROSS JOIN (SELECT 0 AS gap UNION ALL SELECT 2 UNION ALL SELECT 4) AS g
    -- Two parts and more on each side.
    WHERE p.may_be_raised
      AND cut.place BETWEEN g.gap + 3 AND p.places - 1
    GROUP BY
        p.service_id,
        p.instance,
        p.course,
        cut.place,
        g.gap
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.service_id
            ORDER BY
                c.rise >= :min_rise DESC,
                c.gap,
                c.least_after / c.most_before DESC,
                c.instance,
                c.t_ns,
                c.course
        ) AS place
    FROM change AS c
    WHERE c.after >= :min_after
      AND c.after >= :min_ratio * c.before
      AND c.least_after >= :min_apart * c.most_before
      AND c.goal_ratio >= :min_goal
      AND c.live_ratio <= sqrt(c.goal_ratio)
)
SELECT
    r.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE WHEN r.rise >= :min_rise THEN 0.78 ELSE 0.5 END AS strength,
    format(
        'from one collection to the next %.0f %% of the live heap was allocated before and %.0f %% since %s%s, so '
        || 'GOGC was raised%s; ',
        r.before,
        r.after,
        rfc3339(r.t_ns),
        CASE WHEN r.instance = '' THEN '' ELSE ' on ' || r.instance END,
        CASE r.gap WHEN 0 THEN '' ELSE ' step by step' END
    ) || CASE
        WHEN r.rise >= :min_rise THEN format('the memory of the process became up to %.1f times as much', r.rise)
        ELSE 'the memory of the process did not rise with it'
    END AS detail,
    json_object(
        'captures', json((
            SELECT json_group_array(DISTINCT one.value)
            FROM part AS p
            JOIN json_each(p.ids) AS one
            WHERE p.service_id = r.service_id
              AND p.instance = r.instance
              AND p.course = r.course
        )),
        'before', r.before,
        'after', r.after,
        'goal_ratio', r.goal_ratio,
        'live_ratio', r.live_ratio,
        'memory_ratio', r.rise
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
