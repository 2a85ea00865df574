-- The line through the live heap of the newest life of the instance, with the slope of the whole service.
SELECT
    lg.slope,
    lg.slope_low,
    lg.slope_high,
    lg.p_trend,
    lg.span_ns,
    count(*) AS captures,
    min(lp.t_ns) AS from_ns,
    max(lp.t_ns) AS until_ns,
    CAST(median(lp.t_ns - l.first_ns) AS INTEGER) + l.first_ns AS middle_ns,
    median(lp.live) AS middle
FROM v_live_growth AS lg
JOIN temp.life AS l USING (service_id)
JOIN v_live_series AS lp USING (lifetime_id)
WHERE l.instance_id = :instance_id
  AND lp.is_judged = 1
  AND lp.source <> 'HeapAlloc'
  AND l.ordinal = (
    SELECT max(l2.ordinal)
    FROM temp.life AS l2
    WHERE l2.instance_id = :instance_id
  )
GROUP BY l.lifetime_id
HAVING count(*) >= 3;
