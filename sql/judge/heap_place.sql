-- Facts about one place that allocates. depth is the mean depth of its stacks; gc_period_s the mean time
-- between collections while it was watched, NULL without MemStats;
-- instances_beside how many instances there are where one of them is meant, else NULL.
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
    g.first_space AS first_level,
    g.last_space AS last_level,
    g.last_objects * 1.0 / g.lives AS last_count,
    g.slope,
    g.slope_low,
    g.slope_high,
    g.objects_slope,
    g.objects_low,
    g.objects_high,
    g.growth,
    g.drawdown,
    g.p_trend,
    g.alloc_per_s,
    (
        SELECT avg(s.depth)
        FROM v_stack_site AS vs
        JOIN stack AS s USING (service_id, stack_id)
        WHERE vs.service_id = g.service_id
          AND vs.site_id = g.site_id
    ) AS depth,
    (
        SELECT avg(t.period_s)
        FROM (
            SELECT (max(c.time_ns) - min(c.time_ns)) / 1e9 / (max(m.num_gc) - min(m.num_gc)) AS period_s
            FROM memstats AS m
            JOIN capture AS c USING (capture_id)
            JOIN lifetime_capture AS lc USING (capture_id)
            JOIN v_life AS l USING (lifetime_id)
            WHERE l.service_id = g.service_id
              AND c.time_ns >= l.judged_from_ns
            GROUP BY l.lifetime_id
            HAVING max(m.num_gc) > min(m.num_gc)
        ) AS t
    ) AS gc_period_s,
    CASE
        WHEN g.cohort LIKE 'instance %' THEN (
            SELECT count(DISTINCT l.instance)
            FROM v_life AS l
            WHERE l.service_id = g.service_id
        )
    END AS instances_beside
FROM v_site_growth AS g
WHERE g.site_id = :site_id;
