-- id:         heap.replicas
-- title:      It grows on every instance
-- layer:      L2
-- term:       replicas
-- needs:      v_site_series v_site_growth v_life v_trend_life
-- params:     min_tau=0.3
--
-- Why: a fault in the code shows on every instance that runs it, a peculiar load on one. Instances that ran
-- an older build only, where the newest is looked at by itself, are not asked.
--
-- Blind spot: instances with different tasks under one service name.
--
-- Source: leaks.md 2.1 (LeakProf ranks over instances), 5.4.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    NULL AS class,
    t.growing * 1.0 / t.instances AS strength,
    format('grows on %d of %d instances', t.growing, t.instances) AS detail,
    json_object(
        'captures', json('[]'),
        'growing', t.growing,
        'instances', t.instances
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        g.service_id,
        g.site_id,
        count(*) AS instances,
        sum(g.tau >= :min_tau) AS growing
    FROM (
        SELECT
            ss.service_id,
            ss.site_id,
            l.instance,
            kendall_tau(ss.t_ns, ss.inuse_space, ss.lifetime_id) AS tau
        FROM v_site_series AS ss
        JOIN v_life AS l USING (lifetime_id)
        JOIN v_site_growth AS sg USING (site_id)
        JOIN v_trend_life AS co ON co.cohort = sg.cohort AND co.lifetime_id = ss.lifetime_id
        WHERE ss.is_judged = 1
          AND sg.slope_low > 0
        GROUP BY
            ss.service_id,
            ss.site_id,
            l.instance
        HAVING count(*) >= 4
    ) AS g
    GROUP BY
        g.service_id,
        g.site_id
) AS t
WHERE t.instances >= 2
  AND t.growing * 2 > t.instances
ORDER BY
    t.service_id,
    t.site_id;
