-- Instances on which goroutines pile up at a place.
SELECT t.instance_id
FROM (
    SELECT
        l.instance_id,
        kendall_tau(gs.t_ns, gs.count, gs.lifetime_id) AS tau
    FROM v_goroutine_series AS gs
    JOIN temp.life AS l USING (lifetime_id)
    JOIN v_cluster_growth AS cg ON cg.site_id = gs.site_id
    JOIN v_trend_life AS co ON co.cohort = cg.cohort AND co.lifetime_id = gs.lifetime_id
    WHERE gs.site_id = :site_id
      AND gs.is_judged = 1
    GROUP BY l.instance_id
    HAVING count(*) >= 3
) AS t
WHERE t.tau >= 0.3
ORDER BY t.instance_id;
