-- How many goroutines stood at each place in each capture; 0 where a capture of the same life has none.
INSERT INTO goroutine_point (
    site_id, lifetime_id, ordinal, count, min_minutes, max_minutes, leaked
)
SELECT
    place.site_id,
    gc.lifetime_id,
    gc.ordinal,
    coalesce(seen.count, 0) AS count,
    seen.min_minutes,
    seen.max_minutes,
    coalesce(seen.leaked, 0) AS leaked
FROM (
    SELECT DISTINCT
        ss.blocked_id AS site_id,
        gc1.lifetime_id
    FROM goroutine_capture AS gc1
    JOIN goroutine_group AS g USING (capture_id)
    JOIN capture AS c USING (capture_id)
    JOIN stack_site AS ss ON ss.service_id = c.service_id AND ss.stack_id = g.stack_id
    WHERE g.is_system = 0
) AS place
JOIN goroutine_capture AS gc USING (lifetime_id)
LEFT JOIN (
    SELECT
        ss.blocked_id AS site_id,
        g.capture_id,
        sum(g.count) AS count,
        min(g.min_minutes) AS min_minutes,
        max(g.max_minutes) AS max_minutes,
        sum(g.count * g.is_leaked) AS leaked
    FROM goroutine_capture AS gc2
    JOIN goroutine_group AS g USING (capture_id)
    JOIN capture AS c USING (capture_id)
    JOIN stack_site AS ss ON ss.service_id = c.service_id AND ss.stack_id = g.stack_id
    WHERE g.is_system = 0
    GROUP BY
        ss.blocked_id,
        g.capture_id
) AS seen ON seen.site_id = place.site_id AND seen.capture_id = gc.capture_id;
