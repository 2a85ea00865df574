-- How many goroutines stood at each place in each capture; 0 where a capture of the same life has none.
INSERT INTO goroutine_point (
    site_id, lifetime_id, ordinal, count, min_minutes, max_minutes, leaked
)
WITH seen AS MATERIALIZED (
    SELECT
        ss.blocked_id AS site_id,
        gc.lifetime_id,
        g.capture_id,
        sum(g.count) AS count,
        min(g.min_minutes) AS min_minutes,
        max(g.max_minutes) AS max_minutes,
        sum(g.count * g.is_leaked) AS leaked
    FROM goroutine_capture AS gc
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN stack_site AS ss ON ss.service_id = c.service_id AND ss.stack_id = g.stack_id
    WHERE g.is_system = 0
    GROUP BY
        ss.blocked_id,
        g.capture_id
)
SELECT
    place.site_id,
    gc.lifetime_id,
    gc.ordinal,
    coalesce(se.count, 0) AS count,
    se.min_minutes,
    se.max_minutes,
    coalesce(se.leaked, 0) AS leaked
FROM (
    SELECT DISTINCT
        s.site_id,
        s.lifetime_id
    FROM seen AS s
) AS place
JOIN goroutine_capture AS gc USING (lifetime_id)
LEFT JOIN seen AS se ON se.site_id = place.site_id AND se.capture_id = gc.capture_id;
