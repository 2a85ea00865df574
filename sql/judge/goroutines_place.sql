-- Facts about one place where goroutines stand; columns as in heap_place.sql. Objects are goroutines, and
-- a level is their number.
SELECT
    g.function,
    g.file,
    g.line,
    g.owner,
    g.cohort,
    g.is_over,
    g.lives,
    g.instances,
    g.captures,
    g.longest_captures,
    g.span_ns,
    g.first_ns,
    g.last_ns,
    g.first_count AS first_level,
    g.last_count AS last_level,
    g.last_count,
    NULL AS slope,
    NULL AS slope_low,
    NULL AS slope_high,
    g.slope AS objects_slope,
    g.slope_low AS objects_low,
    g.slope_high AS objects_high,
    g.growth,
    g.drawdown,
    g.p_trend,
    NULL AS alloc_per_s,
    NULL AS depth,
    NULL AS gc_period_s,
    CASE
        WHEN g.cohort LIKE 'instance %' THEN (
            SELECT count(DISTINCT l.instance)
            FROM v_life AS l
            WHERE l.service_id = g.service_id
        )
    END AS instances_beside
FROM v_cluster_growth AS g
WHERE g.site_id = :site_id;
