-- id:         gc.assist
-- title:      Goroutines must help the collector
-- layer:      L5
-- term:       context
-- needs:      v_life v_churn v_gc_interval
-- params:     min_ns=100000, min_cycles=10, min_share=0.005, min_intervals=3
--
-- Why: a goroutine that allocates faster than the collector marks is made to mark itself before it may go
-- on. A gctrace log tells how much processor time that took in each collection: latency that no profile of
-- the program's own functions shows. A tenth of a millisecond, in at least half of the collections. Where there
-- is no trace Go's own counter of that time (/cpu/classes/gc/mark/assist) tells its share of all processors: half
-- a percent, in at least half of the captures.
--
-- Blind spot: only with GODEBUG=gctrace=1 or runtime/metrics; MemStats do not tell it. Healthy services show two to four tenths of a millisecond: it
-- says what pressure costs, not that there is too much of it, and by itself makes no finding.
--
-- Source: leaks.md 1.7, seed_assist; the first of the three numbers in the middle of a gctrace line's cpu; formats.md 5.4.
SELECT
    t.service_id AS service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    NULL AS class,
    logistic_ramp(t.assist_ns, :min_ns, 100.0 * :min_ns) AS strength,
    format(
        'in half of %d traced collections goroutines helped for %s or more of processor time',
        t.cycles,
        duration_text(CAST(t.assist_ns AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json(t.captures),
        'median_assist_ns', t.assist_ns,
        'cycles', t.cycles
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        l.service_id,
        median(g.assist_ns) AS assist_ns,
        count(*) AS cycles,
        json_group_array(DISTINCT g.capture_id) AS captures
    FROM gc_cycle AS g
    JOIN lifetime_capture AS lc USING (capture_id)
    JOIN v_life AS l USING (lifetime_id)
    WHERE g.is_forced = 0
    GROUP BY l.service_id
) AS t
LEFT JOIN v_churn AS top ON top.service_id = t.service_id AND top.is_main = 1
WHERE t.cycles >= :min_cycles
  AND t.assist_ns >= :min_ns
UNION ALL
SELECT
    t.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    NULL AS class,
    logistic_ramp(t.share, :min_share, 20.0 * :min_share) AS strength,
    format(
        'goroutines helped the collector for %.1f %% of all processor time, in half of %d spans between captures',
        100.0 * t.share,
        t.intervals
    ) AS detail,
    json_object(
        'captures', json(t.captures),
        'assist_share', t.share,
        'intervals', t.intervals
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        gi.service_id,
        median(gi.assist_share) AS share,
        count(*) AS intervals,
        json_group_array(gi.capture_id) AS captures
    FROM v_gc_interval AS gi
    WHERE gi.is_judged = 1
      AND gi.share_source = 'counters'
      AND gi.assist_share IS NOT NULL
    GROUP BY gi.service_id
) AS t
LEFT JOIN v_churn AS top ON top.service_id = t.service_id AND top.is_main = 1
WHERE t.intervals >= :min_intervals
  AND t.share >= :min_share
  AND NOT EXISTS (
    SELECT 1
    FROM v_life AS l
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN gc_cycle AS g USING (capture_id)
    WHERE l.service_id = t.service_id
  )
ORDER BY service_id;
