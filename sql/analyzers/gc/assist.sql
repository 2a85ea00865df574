-- id:         gc.assist
-- title:      Goroutines must help the collector
-- layer:      L5
-- term:       context
-- needs:      v_life v_churn
-- params:     min_ns=100000, min_cycles=10
--
-- Why: a goroutine that allocates faster than the collector marks is made to mark itself before it may go
-- on. A gctrace log tells how much processor time that took in each collection: latency that no profile of
-- the program's own functions shows. A tenth of a millisecond, in at least half of the collections.
--
-- Blind spot: only with GODEBUG=gctrace=1. Healthy services show two to four tenths of a millisecond: it
-- says what pressure costs, not that there is too much of it, and by itself makes no finding.
--
-- Source: leaks.md 1.7, seed_assist; the first of the three numbers in the middle of a gctrace line's cpu.
SELECT
    t.service_id,
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
ORDER BY t.service_id;
