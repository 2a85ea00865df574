-- id:         gc.limit_traced
-- title:      The goal stands still while more is alive
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life v_memory_ledger
-- params:     min_cycles=30, max_room=0.35, min_fall=2, max_move=1.05, min_live=8388608, min_rise=1.1, full_live=33554432, full_room=0.03
--
-- Why: the goal of a collection is what the one before left alive, and GOGC percent of that and its roots on top.
-- So with one GOGC the goal rises as what is alive does. Where a gctrace log shows more alive in the last third of
-- its time than in the first, and the goal stood still, a memory limit sets it: it is the rest of GOMEMLIMIT
-- beside what is not heap. Called when the room between the two is a third or less now and half or less of
-- what it was: each further byte that stays is taken from that room, and at its end the collector never
-- rests. Where 32 MiB and more are alive and the goal lies hardly above them, by a thirtieth at most, it is so
-- whatever was before: no GOGC that anybody sets leaves so little. Collections that were forced say nothing of the goal of others and are left out.
--
-- Blind spot: a limit that was neared, not reached, before the log begins, with a live heap that does not grow:
-- then a low GOGC looks the same. A GOGC lowered by hand just as much as more is alive.
--
-- Source: formats.md 5.1 (a memory limit binds: NextGC below the formula); runtime's mgcpacer.go
-- (memoryLimitHeapGoal).
WITH cycle AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        g.number,
        g.capture_id,
        g.heap_goal AS goal,
        lag(g.heap_live) OVER (PARTITION BY l.lifetime_id ORDER BY g.number) AS live,
        max(0, g.stacks) + max(0, g.globals) AS roots,
        3.0 * (g.since_start_ns - min(g.since_start_ns) OVER life)
            / nullif(max(g.since_start_ns) OVER life - min(g.since_start_ns) OVER life, 0) AS third
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
    WHERE g.is_forced = 0
      AND g.heap_goal > 0
      AND g.heap_goal < 4611686018427387904
      AND l.lifetime_id NOT IN (
        SELECT ml.lifetime_id
        FROM v_memory_ledger AS ml
    )
    WINDOW life AS (PARTITION BY l.lifetime_id)
),
life AS (
    SELECT
        c.service_id,
        c.lifetime_id,
        count(*) AS cycles,
        median(CASE WHEN c.third < 1 THEN c.live END) AS live_before,
        median(CASE WHEN c.third >= 2 THEN c.live END) AS live,
        median(CASE WHEN c.third < 1 THEN (c.goal - c.live) * 1.0 / (c.live + c.roots) END) AS room_before,
        median(CASE WHEN c.third >= 2 THEN (c.goal - c.live) * 1.0 / (c.live + c.roots) END) AS room,
        percentile(CASE WHEN c.third >= 1 THEN c.goal END, 10) AS low_goal,
        percentile(CASE WHEN c.third >= 1 THEN c.goal END, 90) AS high_goal,
        json_group_array(DISTINCT c.capture_id) AS captures
    FROM cycle AS c
    WHERE c.live >= :min_live
    GROUP BY c.lifetime_id
),
judged AS (
    SELECT
        l.*,
        l.live >= :full_live AND l.room <= :full_room AS is_full
    FROM life AS l
),
ranked AS (
    SELECT
        l.*,
        row_number() OVER (PARTITION BY l.service_id ORDER BY l.room, l.lifetime_id) AS place
    FROM judged AS l
    WHERE l.cycles >= :min_cycles
      AND (
        l.is_full
        OR (
            l.room <= :max_room
            AND l.room_before >= :min_fall * l.room
            AND l.live >= :min_rise * l.live_before
            AND l.high_goal <= :max_move * l.low_goal
        )
      )
)
SELECT
    r.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    0.76 AS strength,
    CASE
        WHEN r.is_full
            THEN format(
                'collections aim at %s while %s are alive: a memory limit leaves the collector no room',
                bytes_text(CAST(r.high_goal AS INTEGER)),
                bytes_text(CAST(r.live AS INTEGER))
            )
        ELSE format(
            'collections aim at %s as before, though %s are alive and not %s: a memory limit sets that goal, and '
            || 'the room above what is alive went from %.0f %% to %.0f %%',
            bytes_text(CAST(r.high_goal AS INTEGER)),
            bytes_text(CAST(r.live AS INTEGER)),
            bytes_text(CAST(r.live_before AS INTEGER)),
            100.0 * r.room_before,
            100.0 * max(r.room, 0.0)
        )
    END AS detail,
    json_object(
        'captures', json(r.captures),
        'goal', r.high_goal,
        'live_before', r.live_before,
        'live', r.live,
        'room_before', r.room_before,
        'room', r.room,
        'cycles', r.cycles
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
