-- Instances on which memory of a place grows.
SELECT t.instance_id
FROM (
    SELECT
        l.instance_id,
        kendall_tau(ss.t_ns, ss.inuse_space, ss.lifetime_id) AS tau
    FROM v_site_series AS ss
    JOIN temp.life AS l USING (lifetime_id)
    JOIN v_site_growth AS sg ON sg.site_id = ss.site_id
    JOIN v_trend_life AS co ON co.cohort = sg.cohort AND co.lifetime_id = ss.lifetime_id
    WHERE ss.site_id = :site_id
      AND ss.is_judged = 1
    GROUP BY l.instance_id
    HAVING count(*) >= 3
) AS t
WHERE t.tau >= 0.3
ORDER BY t.instance_id;
