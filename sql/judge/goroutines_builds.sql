-- How many goroutines piled up at a place in each build; as heap_builds.sql.
SELECT
    l.build,
    theil_sen(gs.t_ns, gs.count, gs.lifetime_id) AS slope,
    theil_sen_low(gs.t_ns, gs.count, gs.lifetime_id) AS slope_low,
    theil_sen_high(gs.t_ns, gs.count, gs.lifetime_id) AS slope_high
FROM v_goroutine_series AS gs
JOIN v_life AS l USING (lifetime_id)
WHERE gs.site_id = :site_id
  AND gs.t_ns >= l.judged_from_ns
  AND l.build <> ''
GROUP BY l.build
HAVING count(*) >= 4
ORDER BY
    min(l.start_ns),
    l.build;
