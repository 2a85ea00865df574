-- Between which limits GOGC lay, as each capture of MemStats or each collection of a gctrace log tells, without
-- a reading of it and without a heap profile. With what is alive L, the goal G and roots R (stacks, globals):
--
--     G = L + (L + R) GOGC / 100
--
-- trace   a collection's goal beside what the one before left alive is GOGC itself, but for the rounding to MiB.
-- flow    A program can only free what it filled: in n collections, each of which began when the heap had gone
--         f of its way from L to G, n f (G - L) bytes were freed, which is what was allocated less what
--         HeapAlloc gained. A collection begins at seven tenths of the way at the earliest (runtime's
--         minTriggerRatioDistance), by three quarters in the mean of several, and ends a tenth beyond the goal at
--         most; and because garbage is swept bit by bit, n may be one more or less. So with F = freed / n
--         F / 1.1 <= G - L <= F / 0.75. Only of three collections and more, and only where they come more often
--         than once a minute: among those that Go forces every two minutes f may be anything. Where less was
--         freed than what was seen to be left of the way, collections were forced, and it tells nothing.
-- floor   HeapAlloc is never less than L, so G - HeapAlloc against HeapAlloc and all stacks is a floor.
--
-- Over several captures freed and cycles may be added up, which says more than each of them: the one cycle more or
-- less then hardly counts. They are there only where a collection came every 20 seconds and more often, so that at most one
-- in six can be one that Go forced. goals is the sum of the goals that these collections had, at least.
--
-- A capture of MemStats has the floor always and the upper end where the flow gives one. Lives of which a gctrace
-- log tells have its collections alone: those say more.
INSERT INTO gogc_point (
    lifetime_id, capture_id, t_ns, source, low, high, goal, live, heap, footprint, most, freed, cycles, goals
)
WITH cycle AS (
    SELECT
        l.lifetime_id,
        coalesce(max(g.end_ns), l.start_ns + max(g.since_start_ns)) AS t_ns,
        max(g.capture_id) AS capture_id,
        max(g.heap_goal) AS goal,
        max(g.heap_start) AS heap,
        max(g.stacks + g.globals) AS roots,
        lag(max(g.heap_live)) OVER (PARTITION BY l.lifetime_id ORDER BY g.number) AS live
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
    GROUP BY
        l.lifetime_id,
        g.number
),
traced AS (
    SELECT l.lifetime_id
    FROM life AS l
    WHERE EXISTS (
        SELECT 1
        FROM lifetime_capture AS lc
        CROSS JOIN gc_cycle AS g USING (capture_id)
        WHERE lc.lifetime_id = l.lifetime_id
    )
),
stat AS (
    SELECT
        mp.lifetime_id,
        mp.capture_id,
        mp.t_ns,
        mp.heap_alloc,
        mp.next_gc,
        coalesce(mp.stack_sys, 0) AS stacks,
        mp.sys - mp.heap_released AS footprint,
        mp.sys AS most,
        gi.cycles,
        gi.alloc_bytes - (mp.heap_alloc - lag(mp.heap_alloc) OVER life_by_time) AS freed,
        lag(mp.next_gc) OVER life_by_time AS goal_before,
        max(mp.next_gc - mp.heap_alloc, lag(mp.next_gc - mp.heap_alloc) OVER life_by_time) AS room,
        gi.cycles >= 3
        AND gi.t_ns - gi.from_ns < 60000000000 * gi.cycles
        AND coalesce(gi.forced, 0) = 0
        AND lag(mp.t_ns) OVER life_by_time = gi.from_ns AS is_flow,
        gi.t_ns - gi.from_ns < 20000000000 * max(1, gi.cycles)
        AND coalesce(gi.forced, 0) = 0
        AND lag(mp.t_ns) OVER life_by_time = gi.from_ns AS is_paced
    FROM memory_point AS mp
    LEFT JOIN gc_interval AS gi USING (lifetime_id, capture_id, t_ns)
    WHERE mp.lifetime_id NOT IN (
        SELECT t.lifetime_id
        FROM traced AS t
    )
    WINDOW life_by_time AS (PARTITION BY mp.lifetime_id ORDER BY mp.t_ns)
),
flow AS (
    SELECT
        st.*,
        st.is_flow AND st.freed / (st.cycles - 1) / 0.75 >= st.room AS is_told,
        CASE WHEN st.is_flow THEN st.freed / (st.cycles + 1) / 1.1 END AS least,
        CASE WHEN st.is_flow THEN st.freed / (st.cycles - 1) / 0.75 END AS most_freed,
        CASE WHEN st.is_flow THEN min(st.next_gc, st.goal_before) END AS low_goal,
        CASE WHEN st.is_flow THEN max(st.next_gc, st.goal_before) END AS high_goal
    FROM stat AS st
)
SELECT
    c.lifetime_id,
    c.capture_id,
    c.t_ns,
    'trace' AS source,
    max(0.0, 100.0 * (c.goal - c.live - 1048576) / (c.live + c.roots + 2097152)) AS low,
    100.0 * (c.goal - c.live + 1048576) / (c.live + c.roots) AS high,
    c.goal,
    c.live,
    c.heap,
    NULL AS footprint,
    NULL AS most,
    NULL AS freed,
    NULL AS cycles,
    NULL AS goals
FROM cycle AS c
WHERE c.live > 0
  AND c.goal < 4611686018427387904
UNION ALL
SELECT
    f.lifetime_id,
    f.capture_id,
    f.t_ns,
    CASE WHEN f.is_told AND f.most_freed < 0.9 * f.low_goal THEN 'flow' ELSE 'floor' END AS source,
    max(
        0.0,
        100.0 * (f.next_gc - f.heap_alloc) / (f.heap_alloc + f.stacks),
        coalesce(100.0 * f.least / (f.high_goal - f.least + f.stacks), 0.0)
    ) AS low,
    CASE
        WHEN f.is_told AND f.most_freed < 0.9 * f.low_goal THEN max(
            100.0 * (f.next_gc - f.heap_alloc) / (f.heap_alloc + f.stacks),
            100.0 * f.most_freed / (f.low_goal - f.most_freed)
        )
    END AS high,
    f.next_gc AS goal,
    min(
        f.heap_alloc,
        CASE WHEN f.is_told THEN max(0.1 * f.next_gc, f.low_goal - f.freed / f.cycles / 0.9) ELSE f.heap_alloc END
    ) AS live,
    f.heap_alloc AS heap,
    f.footprint,
    f.most,
    CASE WHEN f.is_paced THEN f.freed END AS freed,
    CASE WHEN f.is_paced THEN f.cycles END AS cycles,
    CASE WHEN f.is_paced THEN f.cycles * min(f.next_gc, f.goal_before) END AS goals
FROM flow AS f
WHERE f.heap_alloc > 0
  AND f.next_gc > 0
  AND f.next_gc < 4611686018427387904;
