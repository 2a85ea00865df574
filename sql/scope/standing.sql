-- What the newest complete dump of each life shows; see sql/views/functions/v_standing.sql. Several analyzers ask.
INSERT INTO standing (
    service_id, lifetime_id, capture_id, dumps, has_times, site_id, wait_reason, is_main, goroutines
)
WITH dump AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        c.capture_id,
        count(*) OVER (PARTITION BY l.lifetime_id) AS dumps,
        row_number() OVER (
            PARTITION BY l.lifetime_id
            ORDER BY c.time_ns DESC, c.capture_id DESC
        ) AS place
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'goroutine'
      AND coalesce(c.variant, '') NOT IN ('panic', 'fatal error', 'deadlock', 'stack')
      AND l.last_ns >= l.judged_from_ns
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
),
newest AS MATERIALIZED (
    SELECT
        d.service_id,
        d.lifetime_id,
        d.capture_id,
        d.dumps,
        EXISTS (
            SELECT 1
            FROM goroutine_group AS g
            WHERE g.capture_id = d.capture_id
              AND g.max_minutes > 0
        ) AS has_times
    FROM dump AS d
    WHERE d.place = 1
)
SELECT
    n.service_id,
    n.lifetime_id,
    n.capture_id,
    n.dumps,
    n.has_times,
    ss.blocked_id AS site_id,
    w.value AS wait_reason,
    root.function = 'main.main' AS is_main,
    sum(g.count) AS goroutines
FROM newest AS n
CROSS JOIN goroutine_group AS g USING (capture_id)
JOIN word AS w ON w.word_id = g.state_id
JOIN stack_site AS ss ON ss.service_id = n.service_id AND ss.stack_id = g.stack_id
JOIN v_site AS root ON root.site_id = ss.root_id
JOIN v_site AS own ON own.site_id = ss.blocked_id
WHERE g.is_system = 0
  AND own.owner = 'own'
GROUP BY
    n.capture_id,
    ss.blocked_id,
    w.value,
    is_main;
