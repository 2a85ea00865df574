-- id:         gc.gogc_bounds
-- title:      The heap and its goal prove another GOGC than before
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_life v_life_reading
-- params:     min_ratio=1.9, min_after=130, min_heap=8388608, min_live=6291456, buckets=16, max_p=0.01, min_goal=1.4, min_rise=1.25, min_beside=0.5, usual_part=0.5, min_proofs=2, min_cycles=4
--
-- Why: GOGC need not be told. What is in the heap was never less than what was alive at the last
-- collection, so (NextGC - HeapAlloc) / (HeapAlloc + stacks) is a floor below GOGC in each capture of
-- MemStats, without any profile: at 100 it is never above 100. A gctrace log tells more: the goal of a
-- collection beside what the one before left alive is GOGC itself, but for the rounding to MiB. Called is
-- a process in which the floor is from some capture on twice what it ever was before, or a life of which
-- that is so beside the life before or next to it. A floor that was low before may be chance, for a heap
-- is caught anywhere between what is alive and the goal: how probable that was with the later GOGC is a
-- power with the number of captures, and must be a hundredth at most; where a process is cut in two does
-- not matter, because what holds for more captures holds for fewer. Five of its sixteen parts may lie between
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
WITH cycle AS (
    SELECT
        l.service_id,
        l.instance,
        l.build,
        l.lifetime_id,
        l.start_ns,
        max(coalesce(g.end_ns, l.start_ns + g.since_start_ns)) AS t_ns,
        max(g.capture_id) AS capture_id,
        g.number,
        max(g.heap_goal) AS goal,
        max(g.heap_start) AS heap,
        max(g.stacks + g.globals) AS roots,
        lag(max(g.heap_live)) OVER (PARTITION BY l.lifetime_id ORDER BY g.number) AS live
    FROM v_life AS l
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN gc_cycle AS g USING (capture_id)
    WHERE l.lifetime_id NOT IN (
        SELECT ml.lifetime_id
        FROM v_memory_ledger AS ml
    )
    GROUP BY
        l.lifetime_id,
        g.number
),
point AS MATERIALIZED (
    SELECT
        ml.service_id,
        l.instance,
        l.build,
        ml.lifetime_id,
        l.start_ns,
        ml.t_ns,
        ml.capture_id,
        100.0 * (ml.next_gc - ml.heap_alloc) / (ml.heap_alloc + coalesce(ml.stacks, 0)) AS low,
        NULL AS high,
        ml.next_gc AS goal,
        ml.heap_alloc AS least,
        ml.heap_alloc AS heap,
        ml.footprint,
        ml.footprint + ml.returned AS most
    FROM v_memory_ledger AS ml
    JOIN v_life AS l USING (lifetime_id)
    WHERE ml.heap_alloc >= :min_heap
      AND ml.next_gc < 4611686018427387904
      AND ml.lifetime_id NOT IN (
        SELECT r.lifetime_id
        FROM v_life_reading AS r
        WHERE r.use = 'gogc'
      )
    UNION ALL
    SELECT
        c.service_id,
        c.instance,
        c.build,
        c.lifetime_id,
        c.start_ns,
        c.t_ns,
        c.capture_id,
        100.0 * (c.goal - c.live - 1048576) / (c.live + c.roots + 2097152) AS low,
        100.0 * (c.goal - c.live + 1048576) / (c.live + c.roots) AS high,
        c.goal,
        c.live AS least,
        c.heap,
        NULL AS footprint,
        NULL AS most
    FROM cycle AS c
    WHERE c.live >= :min_live
      AND c.goal < 4611686018427387904
),
-- Where no floor is that high nothing can be called, and most services have none.
suspect AS MATERIALIZED (
    SELECT DISTINCT
        p.service_id,
        p.instance
    FROM point AS p
    WHERE p.low >= :min_after
),
numbered AS (
    SELECT
        p.*,
        ntile(:buckets) OVER (PARTITION BY p.service_id, p.instance ORDER BY p.t_ns) AS number
    FROM point AS p
    WHERE (p.service_id, p.instance) IN (
        SELECT
            su.service_id,
            su.instance
        FROM suspect AS su
    )
),
bucket AS (
    SELECT
        n.service_id,
        n.instance,
        n.number,
        min(n.t_ns) AS t_ns,
        count(DISTINCT n.goal) AS cycles,
        CASE WHEN max(n.high) IS NULL THEN max(n.low) ELSE median(n.low) END AS low,
        CASE WHEN max(n.high) IS NULL THEN max(n.low) ELSE median(n.high) END AS high,
        max(n.high) IS NOT NULL AS is_exact,
        median(n.goal) AS goal,
        CASE WHEN max(n.high) IS NULL THEN min(n.least) ELSE median(n.least) END AS least,
        CASE WHEN max(n.high) IS NULL THEN max(n.heap) ELSE percentile(n.heap, 90) END AS heap,
        median(n.footprint) AS footprint,
        max(n.most) AS most
    FROM numbered AS n
    GROUP BY
        n.service_id,
        n.instance,
        n.number
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
        CASE WHEN max(p.high) IS NULL THEN max(p.low) ELSE median(p.low) END AS low,
        CASE WHEN max(p.high) IS NULL THEN max(p.low) ELSE median(p.high) END AS high,
        max(p.high) IS NOT NULL AS is_exact,
        median(p.goal) AS goal,
        CASE WHEN max(p.high) IS NULL THEN min(p.least) ELSE median(p.least) END AS least,
        CASE WHEN max(p.high) IS NULL THEN max(p.heap) ELSE percentile(p.heap, 90) END AS heap,
        median(p.footprint) AS footprint,
        max(p.most) AS most
    FROM point AS p
    WHERE p.service_id IN (
        SELECT su.service_id
        FROM suspect AS su
    )
    GROUP BY p.lifetime_id
    HAVING count(DISTINCT CASE WHEN p.high IS NULL THEN p.goal ELSE p.t_ns END) >= :min_cycles
),
change AS (
    SELECT
        cut.service_id,
        cut.instance,
        cut.instance AS other,
        g.gap,
        0 AS is_release,
        0 AS is_beside,
        cut.t_ns,
        cut.t_ns AS from_ns,
        9223372036854775807 AS to_ns,
        sum(CASE WHEN b.number < cut.number - g.gap THEN b.cycles END) AS cycles,
        max(CASE WHEN b.number < cut.number - g.gap THEN b.high END) AS before,
        CASE
            WHEN max(b.is_exact) THEN min(CASE WHEN b.number >= cut.number THEN b.low END)
            ELSE max(CASE WHEN b.number >= cut.number THEN b.low END)
        END AS after,
        max(b.is_exact) AS is_exact,
        median(CASE WHEN b.number >= cut.number THEN b.goal END)
            / median(CASE WHEN b.number < cut.number - g.gap THEN b.goal END) AS goal_ratio,
        CASE
            WHEN max(b.is_exact) THEN median(CASE WHEN b.number >= cut.number THEN b.least END)
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
            o.number,
            o.t_ns,
            max(o.high) OVER (
                PARTITION BY o.service_id, o.instance
                ORDER BY o.number
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS most_before,
            max(o.high) OVER (
                PARTITION BY o.service_id, o.instance
                ORDER BY o.number
                ROWS BETWEEN UNBOUNDED PRECEDING AND 6 PRECEDING
            ) AS most_long_before,
            max(o.low) OVER (
                PARTITION BY o.service_id, o.instance
                ORDER BY o.number
                ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING
            ) AS most_after
        FROM bucket AS o
    ) AS cut
    CROSS JOIN (SELECT 0 AS gap UNION ALL SELECT 5) AS g
    JOIN bucket AS b USING (service_id, instance)
    WHERE cut.most_after >= :min_after
      AND cut.most_after >= :min_ratio * CASE g.gap WHEN 0 THEN cut.most_before ELSE cut.most_long_before END
    GROUP BY
        cut.service_id,
        cut.instance,
        cut.number,
        g.gap
    HAVING sum(b.number < cut.number - g.gap) >= 2
       AND sum(b.number >= cut.number) >= 2
    UNION ALL
    SELECT
        b.service_id,
        b.instance,
        a.instance AS other,
        0 AS gap,
        b.build IS NOT a.build AS is_release,
        min(a.last_ns, b.last_ns) - max(a.t_ns, b.t_ns) >= :min_beside * (b.last_ns - b.t_ns) AS is_beside,
        b.t_ns,
        b.t_ns AS from_ns,
        b.last_ns AS to_ns,
        a.cycles,
        a.high AS before,
        b.low AS after,
        b.is_exact,
        b.goal / a.goal AS goal_ratio,
        b.least * 1.0 / a.least AS least_ratio,
        max(
            b.heap * 1.0 / a.heap,
            coalesce(b.footprint / a.footprint, 0),
            coalesce(b.most * 1.0 / a.most, 0)
        ) AS rise
    FROM life AS b
    JOIN life AS a ON a.lifetime_id = (
        SELECT o.lifetime_id
        FROM life AS o
        WHERE o.service_id = b.service_id
          AND o.instance <> b.instance
          AND o.start_ns <= b.start_ns
        ORDER BY
            o.start_ns DESC,
            o.high,
            o.lifetime_id
        LIMIT 1
    )
    WHERE a.is_exact = b.is_exact
),
-- u: the part of its way from the live heap to the goal that a heap had gone when its floor is `before`.
likely AS (
    SELECT
        c.*,
        CASE
            WHEN c.is_exact THEN 0.0
            ELSE pow(
                1.0 - ((1.0 + c.after / 100.0) / (1.0 + max(c.before, 0.0) / 100.0) - 1.0) / (c.after / 100.0),
                c.cycles
            )
        END AS p,
        sqrt(c.after * max(c.before, 1.0)) AS middle
    FROM change AS c
    WHERE c.after >= :min_after
      AND c.after >= :min_ratio * c.before
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
                a.gap,
                a.after / max(a.before, 1.0) DESC,
                a.t_ns DESC,
                a.instance
        ) AS place
    FROM agreed AS a
    WHERE a.part >= :usual_part * a.usual
      AND a.proofs >= :min_proofs
)
SELECT
    r.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE WHEN r.rise >= :min_rise THEN 0.8 WHEN r.is_beside THEN 0.76 ELSE 0.5 END AS strength,
    format(
        'GOGC was %s %.0f %s and is at least %.0f since %s%s, as %s prove; ',
        CASE WHEN r.is_exact THEN 'at most' ELSE 'hardly above' END,
        max(r.before, 0.0),
        CASE r.gap WHEN 0 THEN 'before' ELSE 'at first, went up step by step' END,
        r.after,
        rfc3339(r.t_ns),
        CASE WHEN r.instance = '' THEN '' ELSE ' on ' || r.instance END,
        CASE WHEN r.is_exact THEN 'the goals in its gctrace' ELSE 'HeapAlloc and NextGC' END
    ) || CASE
        WHEN r.rise >= :min_rise THEN format('the memory of the process became up to %.1f times as much', r.rise)
        ELSE 'the memory of the process did not rise with it'
    END AS detail,
    json_object(
        'captures', json(r.ids),
        'before', r.before,
        'after', r.after,
        'is_exact', r.is_exact,
        'chance', r.p,
        'goal_ratio', r.goal_ratio,
        'memory_ratio', r.rise,
        'other', r.other
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
