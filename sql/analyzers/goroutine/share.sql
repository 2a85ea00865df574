-- id:         goroutine.share
-- title:      They are a large part of all goroutines
-- layer:      L3
-- term:       effect
-- needs:      v_cluster_growth
-- params:     low=0.05, high=0.5
-- only-with:  goroutine_group
--
-- Why: what piled up at one place is set against all goroutines of the process at the end.
--
-- Blind spot: a slow leak beside a large pool.
--
-- Source: leaks.md 2.1.
SELECT
    cg.service_id,
    'goroutines:' || cg.site_id AS subject,
    NULL AS class,
    logistic_ramp(cg.growth / cg.total, :low, :high) AS strength,
    format(
        'the fitted line gains %s over the time watched, of %s goroutines in all at the end',
        count_text(cg.growth),
        count_text(cg.total)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'growth', cg.growth,
        'total', cg.total
    ) AS evidence,
    NULL AS same_as
FROM v_cluster_growth AS cg
WHERE cg.total > 0
  AND cg.growth > :low * cg.total
ORDER BY
    cg.service_id,
    cg.site_id;
