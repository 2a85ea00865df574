-- Facts about a course of a whole process: "service:" and its name are the topic. A place in the code, if
-- the subject names one, gives the finding its line.
SELECT
    coalesce(si.function, '') AS function,
    coalesce(si.file, '') AS file,
    coalesce(si.line, 0) AS line,
    coalesce(si.owner, '') AS owner,
    g.cohort,
    g.is_over,
    g.lives,
    NULL AS instances,
    g.captures,
    g.longest_captures,
    g.span_ns,
    g.first_ns,
    g.last_ns,
    g.first_value AS first_level,
    g.last_value AS last_level,
    CASE WHEN g.is_bytes = 0 THEN g.last_value END AS last_count,
    CASE WHEN g.is_bytes = 1 THEN g.slope END AS slope,
    CASE WHEN g.is_bytes = 1 THEN g.slope_low END AS slope_low,
    CASE WHEN g.is_bytes = 1 THEN g.slope_high END AS slope_high,
    CASE WHEN g.is_bytes = 0 THEN g.slope END AS objects_slope,
    CASE WHEN g.is_bytes = 0 THEN g.slope_low END AS objects_low,
    CASE WHEN g.is_bytes = 0 THEN g.slope_high END AS objects_high,
    g.growth,
    g.drawdown,
    g.p_trend,
    NULL AS alloc_per_s,
    NULL AS depth,
    NULL AS gc_period_s,
    NULL AS instances_beside,
    g.title
FROM v_process_growth AS g
LEFT JOIN v_site AS si ON si.site_id = :site_id
WHERE g.service_id = :service_id
  AND 'service:' || g.name = :topic;
