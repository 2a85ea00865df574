-- Of the goroutines that stood at a place in the middle of what was watched of a life the eight oldest, by their ids,
-- and how many of them are left at its end, wherever they stand then. Dumps tell ids; so many are kept of each group.
-- middle_wait, last_wait: minutes that the one which waits longest has waited, in the two dumps; NULL where none tells.
INSERT INTO turnover (site_id, lifetime_id, seen, held, middle_wait, last_wait)
WITH dumped AS MATERIALIZED (
    SELECT
        gc.lifetime_id,
        gc.capture_id,
        gc.t_ns,
        min(gc.t_ns) OVER life AS first_ns,
        max(gc.t_ns) OVER life AS last_ns
    FROM goroutine_capture AS gc
    JOIN capture AS c USING (capture_id)
    WHERE gc.is_judged = 1
      AND c.format = 'log'
    WINDOW life AS (PARTITION BY gc.lifetime_id)
),
chosen AS MATERIALIZED (
    SELECT
        d.lifetime_id,
        max(CASE WHEN d.t_ns = d.last_ns THEN d.capture_id END) AS last_id,
        (
            SELECT m.capture_id
            FROM dumped AS m
            WHERE m.lifetime_id = d.lifetime_id
              AND m.t_ns <= d.first_ns + (d.last_ns - d.first_ns) / 2
            ORDER BY
                m.t_ns DESC,
                m.capture_id DESC
            LIMIT 1
        ) AS middle_id
    FROM dumped AS d
    WHERE d.last_ns > d.first_ns
    GROUP BY d.lifetime_id
),
left_at_end AS MATERIALIZED (
    SELECT DISTINCT
        ch.lifetime_id,
        id.value AS id
    FROM chosen AS ch
    CROSS JOIN goroutine_group AS g ON g.capture_id = ch.last_id
    CROSS JOIN json_each(CASE WHEN g.ids = '' THEN '[]' ELSE g.ids END) AS id
),
oldest AS (
    SELECT
        ss.blocked_id AS site_id,
        ch.lifetime_id,
        id.value AS id,
        row_number() OVER (
            PARTITION BY ss.blocked_id, ch.lifetime_id
            ORDER BY id.value
        ) AS age
    FROM chosen AS ch
    CROSS JOIN goroutine_group AS g ON g.capture_id = ch.middle_id
    CROSS JOIN json_each(CASE WHEN g.ids = '' THEN '[]' ELSE g.ids END) AS id
    JOIN life AS l USING (lifetime_id)
    JOIN stack_site AS ss ON ss.service_id = l.service_id AND ss.stack_id = g.stack_id
    WHERE g.is_system = 0
      AND EXISTS (SELECT 1 FROM left_at_end AS e WHERE e.lifetime_id = ch.lifetime_id)
),
longest AS (
    SELECT
        ss.blocked_id AS site_id,
        ch.lifetime_id,
        max(CASE WHEN g.capture_id = ch.middle_id THEN g.max_minutes END) AS middle_wait,
        max(CASE WHEN g.capture_id = ch.last_id THEN g.max_minutes END) AS last_wait
    FROM chosen AS ch
    CROSS JOIN goroutine_group AS g ON g.capture_id IN (ch.middle_id, ch.last_id)
    JOIN life AS l USING (lifetime_id)
    JOIN stack_site AS ss ON ss.service_id = l.service_id AND ss.stack_id = g.stack_id
    GROUP BY
        ss.blocked_id,
        ch.lifetime_id
)
SELECT
    o.site_id,
    o.lifetime_id,
    count(*) AS seen,
    count(e.id) AS held,
    max(lo.middle_wait) AS middle_wait,
    max(lo.last_wait) AS last_wait
FROM oldest AS o
LEFT JOIN longest AS lo USING (site_id, lifetime_id)
LEFT JOIN left_at_end AS e ON e.lifetime_id = o.lifetime_id AND e.id = o.id
WHERE o.age <= 8
GROUP BY
    o.site_id,
    o.lifetime_id;
