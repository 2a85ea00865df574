-- id:         gc.rate
-- title:      Collections follow each other closely
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_memory_ledger v_churn
-- params:     low=5, high=30, min_goal=4613734, min_intervals=3
--
-- Why: more than five collections a second, over the last 256 that each capture of MemStats tells of and in
-- at least half of the captures: the program allocates as much as is alive in a fraction of a second. A heap
-- that hardly leaves its floor of 4 MiB collects often and cheaply, and is left alone.
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
        '%.1f collections a second on a live heap of %s: all of it is allocated anew every %s',
        t.rate,
        bytes_text(CAST(heap.live AS INTEGER)),
        duration_text(CAST(1e9 / t.rate AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json(t.captures),
        'collections_per_second', t.rate,
        'live_heap', heap.live
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        gi.service_id,
        median(gi.ring_rate) AS rate,
        count(*) AS intervals,
        json_group_array(gi.capture_id) AS captures
    FROM v_gc_interval AS gi
    WHERE gi.is_judged = 1
      AND gi.ring_rate IS NOT NULL
    GROUP BY gi.service_id
) AS t
JOIN (
    SELECT
        ml.service_id,
        median(ml.live) AS live,
        median(ml.next_gc) AS goal
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    GROUP BY ml.service_id
) AS heap USING (service_id)
LEFT JOIN v_churn AS top ON top.service_id = t.service_id AND top.is_main = 1
WHERE t.intervals >= :min_intervals
  AND t.rate > :low
  AND heap.goal >= :min_goal
ORDER BY t.service_id;
