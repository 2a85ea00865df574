-- id:         gc.rate
-- title:      Collections follow each other closely
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_cohort v_memory_ledger v_life v_churn
-- params:     low=5, high=30, min_goal=4613734, min_intervals=3, min_seconds=5, no_room=1.2, forced_part=0.5, forced_rate=3
--
-- Why: more than five collections a second, over the last 256 that each capture of MemStats tells of and in
-- at least half of the captures: the program allocates as much as is alive in a fraction of a second. Where
-- nothing tells of the last 256 (Prometheus, gctrace), it is the mean between two captures; and where none
-- came since the capture before, those 256 are of another time. A heap that hardly leaves its floor of 4 MiB
-- collects often and cheaply, and is left alone. Where the heap never is a fifth below its goal, a memory
-- limit may leave no room: found as one, this is part of it. Where half of the collections are forced, gc.forced has them. The newest build counts by itself as soon as it
-- was watched long enough. The first seconds of a program, whose heap is small and grows, tell nothing.
--
-- Blind spot: a service that is idle between bursts: the ring of 256 reaches back as far as it must.
--
-- Source: leaks.md 1.7, seed_gcrate (from the PauseEnd ring).
SELECT
    t.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    'gc-pressure' AS class,
    0.5 + 0.5 * logistic_ramp(t.rate, :low, :high) AS strength,
    format(
        '%.1f collections a second on a live heap of %s',
        t.rate,
        -- a gctrace log tells whole MiB
        CASE WHEN heap.live < 1048576 THEN 'less than 1 MiB' ELSE bytes_text(CAST(heap.live AS INTEGER)) END
    ) || CASE
        WHEN heap.room < :no_room THEN ', which fills nearly all that the goal allows'
        ELSE format(': all of it is allocated anew every %s', duration_text(CAST(1e9 / t.rate AS INTEGER)))
    END AS detail,
    json_object(
        'captures', json(t.captures),
        'collections_per_second', t.rate,
        'live_heap', heap.live
    ) AS evidence,
    CASE WHEN heap.room < :no_room THEN 'service:limit' END AS same_as
FROM (
    SELECT
        gi.service_id,
        row_number() OVER (PARTITION BY gi.service_id ORDER BY co.cohort = 'build' DESC) AS place,
        max(0, sum(gi.forced) - sum(gi.scrapes)) * 1.0 / nullif(sum(gi.cycles), 0) AS forced_part,
        60.0 * max(0, sum(gi.forced) - sum(gi.scrapes)) / sum(gi.seconds) AS forced_rate,
        median(CASE WHEN gi.cycles = 0 THEN 0.0 ELSE coalesce(gi.ring_rate, gi.cycles / gi.seconds) END) AS rate,
        json_group_array(gi.capture_id) AS captures
    FROM v_gc_interval AS gi
    JOIN v_cohort AS co USING (lifetime_id)
    WHERE gi.is_judged = 1
      AND coalesce(gi.ring_rate, gi.cycles) IS NOT NULL
    GROUP BY
        gi.service_id,
        co.cohort
    HAVING count(*) >= :min_intervals
       AND sum(gi.seconds) >= :min_seconds
) AS t
JOIN (
    SELECT
        h.service_id,
        median(h.live) AS live,
        median(h.goal) AS goal,
        median(h.goal * 1.0 / h.heap_alloc) AS room
    FROM (
        SELECT
            ml.service_id,
            ml.live,
            ml.next_gc AS goal,
            ml.heap_alloc
        FROM v_memory_ledger AS ml
        WHERE ml.is_judged = 1
        UNION ALL
        SELECT
            l.service_id,
            g.heap_live AS live,
            g.heap_goal - 1048576 AS goal, -- until Go 1.17 it lies so far above the heap at least
            nullif(g.heap_live, 0) AS heap_alloc
        FROM v_life AS l
        JOIN lifetime_capture AS lc USING (lifetime_id)
        JOIN gc_cycle AS g USING (capture_id)
        WHERE l.service_id NOT IN (
            SELECT ml.service_id
            FROM v_memory_ledger AS ml
        )
    ) AS h
    GROUP BY h.service_id
) AS heap USING (service_id)
LEFT JOIN v_churn AS top ON top.service_id = t.service_id AND top.is_main = 1
WHERE t.place = 1
  AND NOT coalesce(t.forced_part >= :forced_part AND t.forced_rate > :forced_rate, 0)
  AND t.rate > :low
  AND heap.goal >= :min_goal
ORDER BY t.service_id;
