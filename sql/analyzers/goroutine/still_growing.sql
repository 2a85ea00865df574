-- id:         goroutine.still_growing
-- title:      The pile does not stop growing
-- layer:      L3
-- term:       streak
-- needs:      v_cluster_growth
-- params:     low=0.3, high=0.9
-- only-with:  goroutine_group
--
-- Why: a pool rises to its size and stays; a leak goes on. The slope over the second half of what was
-- watched is set against the slope over all of it.
--
-- Blind spot: a load that rises all the time.
--
-- Source: leaks.md 2.3 (Chromium's streak of rising intervals).
SELECT
    cg.service_id,
    'goroutines:' || cg.site_id AS subject,
    NULL AS class,
    logistic_ramp(cg.late_slope / cg.slope, :low, :high) AS strength,
    format(
        'grew by %s in the second half, by %s over all',
        rate_text(cg.late_slope * 86400e9, cg.span_ns, 0),
        rate_text(cg.slope * 86400e9, cg.span_ns, 0)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'late_per_day', cg.late_slope * 86400e9,
        'per_day', cg.slope * 86400e9
    ) AS evidence,
    NULL AS same_as
FROM v_cluster_growth AS cg
WHERE cg.slope > 0
  AND cg.late_slope > :low * cg.slope
ORDER BY
    cg.service_id,
    cg.site_id;
