-- id:         gc.pressure
-- title:      The collector takes a large share of the processor
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_gc_interval v_cohort v_churn v_process_series v_memory_ledger v_life
-- params:     light=0.02, low=0.1, high=0.4, min_rate=1, min_intervals=3, min_seconds=5, min_gogc=20, min_goal=25165824, no_room=1.2, forced_part=0.5, forced_rate=3, used_low=0.3, used_high=0.6, used_rate=0.2
--
-- Why: memory that lives for moments only is no leak, and still has a price: each byte allocated brings the
-- next collection nearer. At a tenth and more of the processor, over at least half of the captures, fewer
-- allocations are the cheapest processor to be had. The share is of all processors that the program may
-- use, and most services use a fraction of them: so a fiftieth is much already, when the program collects
-- every second and one line of it makes three tenths of the garbage and more. Where there are several builds,
-- the newest counts by itself as soon as it was watched long enough.
--
-- Go's own counters also tell what the program used at all. Three tenths of that, with a collection every five
-- seconds and more, are as much on a machine whose processors mostly stand idle.
--
-- The share is that of Go's own counters of processor time, of GCCPUFraction and the start of the process, or
-- of the phases in a gctrace log; the sentence says which. Marking that idle processors do is in none of them.
-- Where the heap never is a fifth below its goal, a memory limit may leave no room: found as one, this
-- is what it costs, and no finding of its own. Where half of the collections are forced it is not the garbage: gc.forced has it.
--
-- Blind spot: without one of the three the share is not known. On a machine of many processors that stand
-- idle it is small however hard the collector works; gc.rate looks at that. Where NextGC lies hardly above
-- what is alive it is not the garbage: gc.low_gogc and gc.limit_felt look at that. Less than five seconds of
-- a gctrace log are the start of a program and not judged.
--
-- Source: leaks.md 1.4; 1.6, E35 (the fraction is a mean since the start and must be differenced); runtime's
-- mgc.go: gc_cpu_fraction leaves idle marking out because it is free. At GOGC=100 a heap that is caught
-- anywhere between half of the goal and the goal lies a third below it in the middle.
WITH told AS MATERIALIZED (
    SELECT
        ps.service_id,
        CASE WHEN median(ml.next_gc) >= :min_goal THEN median(ps.value) END AS gogc
    FROM v_process_series AS ps
    JOIN v_memory_ledger AS ml ON ml.lifetime_id = ps.lifetime_id AND ml.t_ns = ps.t_ns
    WHERE ps.name = 'gogc'
      AND ps.is_judged = 1
    GROUP BY ps.service_id
),
room AS MATERIALIZED (
    SELECT
        ml.service_id,
        median(ml.next_gc * 1.0 / ml.heap_alloc) AS room
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    GROUP BY ml.service_id
    UNION ALL
    SELECT
        l.service_id,
        median(g.heap_goal * 1.0 / nullif(g.heap_live, 0)) AS room
    FROM v_life AS l
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN gc_cycle AS g USING (capture_id)
    WHERE l.service_id NOT IN (
        SELECT ml.service_id
        FROM v_memory_ledger AS ml
        WHERE ml.is_judged = 1
    )
    GROUP BY l.service_id
)
SELECT
    t.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    'gc-pressure' AS class,
    max(
        0.5 + 0.25 * clamp01((t.share - :light) / (:low - :light)) + 0.25 * logistic_ramp(t.share, :low, :high),
        CASE
            WHEN t.used_share >= :used_low AND t.rate >= :used_rate
                THEN 0.75 + 0.25 * logistic_ramp(t.used_share, :used_low, :used_high)
            ELSE 0.0
        END
    ) AS strength,
    format(
        'the collector takes %.0f %% of the processor (%s)%s, %.1f collections a second%s',
        100.0 * t.share,
        CASE t.share_source
            WHEN 'counters' THEN 'Go''s own counters'
            WHEN 'trace' THEN 'gctrace'
            WHEN 'fraction' THEN 'GCCPUFraction'
            ELSE 'the mean since its start'
        END,
        CASE
            WHEN t.used_share >= :used_low THEN format(', %.0f %% of what the program uses', 100.0 * t.used_share)
            ELSE ''
        END,
        t.rate,
        CASE WHEN t.alloc > 0 THEN format(', %s allocated a second', bytes_text(CAST(t.alloc AS INTEGER))) ELSE '' END
    ) AS detail,
    json_object(
        'captures', json(t.captures),
        'cpu_share', t.share,
        'share_source', t.share_source,
        'used_share', t.used_share,
        'assist_share', t.assist_share,
        'pause_share', t.pause_share,
        'collections_per_second', t.rate,
        'allocated_per_second', t.alloc
    ) AS evidence,
    CASE WHEN room.room < :no_room THEN 'service:limit' END AS same_as
FROM (
    SELECT
        gi.service_id,
        row_number() OVER (PARTITION BY gi.service_id ORDER BY co.cohort = 'build' DESC) AS place,
        max(0, sum(gi.forced) - sum(gi.scrapes)) * 1.0 / nullif(sum(gi.cycles), 0) AS forced_part,
        60.0 * max(0, sum(gi.forced) - sum(gi.scrapes)) / sum(gi.seconds) AS forced_rate,
        median(gi.cpu_share) AS share,
        min(gi.share_source) AS share_source,
        median(gi.used_share) AS used_share,
        median(gi.assist_share) AS assist_share,
        median(gi.pause_share) AS pause_share,
        median(gi.cycles / gi.seconds) AS rate,
        median(gi.alloc_bytes / gi.seconds) AS alloc,
        json_group_array(gi.capture_id) AS captures
    FROM v_gc_interval AS gi
    JOIN v_cohort AS co USING (lifetime_id)
    WHERE gi.is_judged = 1
      AND gi.cpu_share IS NOT NULL
    GROUP BY
        gi.service_id,
        co.cohort
    HAVING count(*) >= :min_intervals
       AND sum(gi.seconds) >= :min_seconds
) AS t
LEFT JOIN v_churn AS top ON top.service_id = t.service_id AND top.is_main = 1
LEFT JOIN told ON told.service_id = t.service_id
LEFT JOIN room ON room.service_id = t.service_id
WHERE t.place = 1
  AND NOT coalesce(t.forced_part >= :forced_part AND t.forced_rate > :forced_rate, 0)
  AND (
    t.share >= :low
    OR (
        t.used_share >= :used_low
        AND t.rate >= :used_rate
    )
    OR (
        t.share >= :light
        AND t.rate >= :min_rate
        AND top.site_id IS NOT NULL
    )
  )
  AND coalesce(told.gogc, 100.0) > :min_gogc
ORDER BY t.service_id;
