-- id:         goroutine.cluster_growth
-- title:      Goroutines pile up at one place
-- layer:      L3
-- term:       growth
-- gate:       yes
-- needs:      v_cluster_growth v_passing_cluster v_trend_life v_work
-- params:     min_captures=5, max_p=0.01, sure_p=0.001, min_goroutines=10, min_late=0.3, max_fall=0.25, max_slowing_p=0.02, short_hours=2, early_goroutines=20, early_factor=2, max_work=1.35, max_young=0.2
-- only-with:  goroutine_group
--
-- Why: the number of goroutines that stand at one line of the program's own code grows through the whole
-- time that was watched. Counts are exact, so even a slow rise shows; but pools breathe with the load,
-- so the rise must go on in the second half and must never fall back by a quarter of what it gained. How
-- many there are does not matter: a healthy service can have ten thousand. What piles up resembles the
-- capture before by its nature, and the allowance for that makes the trend test blind in short series: ten
-- captures that rise one after the other, as fast at the end as at the start, and hardly ever fall, are
-- enough too, and seven that never fall. Five or six that never fall are one chance in 120 or 720 by their order
-- alone; with them the number must also have doubled, by a score and more, while the process did hardly more work in
-- a second, by what it allocates, and of goroutines that tell how long they have waited some must have waited for long:
-- what follows a load that rises is left for later. Who came in the first half and who came in the second are
-- counted against each other: where the first half brought twice as many, by more than chance, and the watch was
-- too short for a load that changes with the day, goroutines begin to end as fast as they start. Dumps number
-- goroutines in the order in which they were started, and what never ends is what grows old: where of the oldest that
-- stood there in the middle of the watch none is left at its end, and none has waited for a fifth of the watch, or for
-- longer at the end than in the middle, all come and go, and there are more of them because more is asked of the service.
-- (Of those that queue for one thing the oldest go as well, though the queue becomes longer; but each waits longer than
-- the one before.)
--
-- Blind spot: a pool under a load that rose all the time; connections that clients keep open longer and
-- longer. Only dumps (debug=2, SIGQUIT) tell one goroutine from another.
--
-- Source: leaks.md 2.1 (LeakProf's key is the blocked line in own code; its fixed 10,000 is not used).
SELECT
    cg.service_id,
    'goroutines:' || cg.site_id AS subject,
    NULL AS class,
    clamp01(
        0.4 - log10(max(min(cg.p_trend, max(cg.p_plain, 0.001)), 1e-12)) / 10.0
    ) AS strength,
    format(
        'about %s goroutines stood here in the first quarter of the captures, about %s in the last '
        || '(%s; noise shows such a trend in %s)',
        count_text(cg.first_count),
        count_text(cg.last_count),
        rate_text(cg.slope * 86400e9, cg.span_ns, 0),
        chance_text(cg.p_trend)
    ) AS detail,
    json_object(
        'captures', (
            SELECT json_group_array(e.capture_id)
            FROM (
                SELECT gs.capture_id
                FROM v_goroutine_series AS gs
                JOIN v_trend_life AS co ON co.cohort = cg.cohort AND co.lifetime_id = gs.lifetime_id
                WHERE gs.site_id = cg.site_id
                  AND gs.is_judged = 1
                ORDER BY gs.t_ns
            ) AS e
        ),
        'goroutines_per_day', cg.slope * 86400e9,
        'low', cg.slope_low * 86400e9,
        'high', cg.slope_high * 86400e9,
        'p', cg.p_trend,
        'p_plain', cg.p_plain,
        'tau', cg.tau
    ) AS evidence,
    NULL AS same_as
FROM v_cluster_growth AS cg
LEFT JOIN v_work AS w USING (service_id)
WHERE cg.captures >= :min_captures
  AND cg.owner <> 'runtime'
  AND (
    (
        cg.p_trend <= :max_p
        AND cg.captures > :min_captures
    )
    OR (
        cg.p_plain <= :sure_p
        AND (
            (
                cg.captures >= 10
                AND cg.drawdown <= 0.1 * cg.growth
                AND cg.late_slope >= 0.5 * cg.slope
            )
            OR (
                cg.captures >= 7
                AND cg.drawdown = 0
                AND cg.late_slope >= 0.75 * cg.slope
            )
        )
    )
    OR (
        cg.p_plain <= :max_p
        AND cg.drawdown = 0
        AND cg.late_slope >= 0.75 * cg.slope
        AND cg.growth >= max(:early_goroutines, (:early_factor - 1) * cg.first_count)
        AND coalesce(w.after <= :max_work * w.before, 1)
        AND NOT coalesce(
            cg.max_minutes > 0
            AND cg.max_minutes * 60e9 <= :max_young * cg.span_ns,
            0
        )
    )
  )
  AND cg.slope_low > 0
  AND cg.growth >= max(:min_goroutines, 0.2 * cg.first_count)
  AND cg.late_slope >= :min_late * cg.slope
  AND NOT coalesce(
    cg.late_slope * 3 <= cg.slope * 2
    AND cg.span_ns < :short_hours * 3600e9
    AND binom_tail(
        CAST(round((cg.slope - cg.late_slope / 2) * cg.span_ns) AS INTEGER),
        CAST(round((cg.slope - cg.late_slope / 2) * cg.span_ns) AS INTEGER)
        + CAST(round(cg.late_slope / 2 * cg.span_ns) AS INTEGER),
        0.5
    ) <= :max_slowing_p,
    0
  )
  AND cg.drawdown <= :max_fall * cg.growth
  AND cg.site_id NOT IN (SELECT pc.site_id FROM v_passing_cluster AS pc)
ORDER BY
    cg.service_id,
    cg.site_id;
