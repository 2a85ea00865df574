-- How memory of a place moved in each build, oldest build first. A build counts from three captures of one
-- of its lives on.
SELECT
    l.build,
    theil_sen(ss.t_ns, ss.inuse_space, ss.lifetime_id) AS slope,
    theil_sen_low(ss.t_ns, ss.inuse_space, ss.lifetime_id) AS slope_low,
    theil_sen_high(ss.t_ns, ss.inuse_space, ss.lifetime_id) AS slope_high
FROM v_site_series AS ss
JOIN v_life AS l USING (lifetime_id)
WHERE ss.site_id = :site_id
  AND ss.t_ns >= l.judged_from_ns
  AND l.build <> ''
GROUP BY l.build
HAVING count(*) >= 4
ORDER BY
    min(l.start_ns),
    l.build;
