-- Goroutine captures of lives that belong to the present; see sql/views/functions/v_dump.sql.
INSERT INTO dump (
    service_id, lifetime_id, capture_id, t_ns, is_complete, is_text, is_deadlock, place, complete_place, dumps,
    complete_dumps, moments, first_ns, last_ns, longest
)
SELECT
    t.service_id,
    t.lifetime_id,
    t.capture_id,
    t.t_ns,
    t.is_complete,
    t.is_text,
    t.is_deadlock,
    row_number() OVER (
        PARTITION BY t.lifetime_id
        ORDER BY
            t.is_deadlock DESC,
            t.minute DESC,
            t.is_text DESC,
            t.t_ns DESC,
            t.capture_id DESC
    ) AS place,
    row_number() OVER (
        PARTITION BY t.lifetime_id
        ORDER BY
            t.is_complete DESC,
            t.minute DESC,
            t.is_text DESC,
            t.t_ns DESC,
            t.capture_id DESC
    ) AS complete_place,
    count(*) OVER (PARTITION BY t.lifetime_id) AS dumps,
    sum(t.is_complete) OVER (PARTITION BY t.lifetime_id) AS complete_dumps,
    max(t.minute_rank) OVER (PARTITION BY t.lifetime_id) AS moments,
    min(t.t_ns) OVER (PARTITION BY t.lifetime_id) AS first_ns,
    max(t.t_ns) OVER (PARTITION BY t.lifetime_id) AS last_ns,
    max(t.longest) OVER (PARTITION BY t.lifetime_id) AS longest
FROM (
    SELECT
        l.service_id,
        l.lifetime_id,
        c.capture_id,
        coalesce(c.time_ns, 0) AS t_ns,
        coalesce(c.time_ns, 0) / 60000000000 AS minute,
        dense_rank() OVER (
            PARTITION BY l.lifetime_id
            ORDER BY coalesce(c.time_ns, 0) / 60000000000
        ) AS minute_rank,
        c.format = 'log' AS is_text,
        coalesce(c.variant, '') NOT IN ('panic', 'fatal error', 'deadlock', 'test deadlock', 'goleak') AS is_complete,
        coalesce(c.variant, '') IN ('deadlock', 'test deadlock') AS is_deadlock,
        coalesce((
            SELECT max(g.max_minutes)
            FROM goroutine_group AS g
            WHERE g.capture_id = c.capture_id
        ), 0) AS longest
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'goroutine'
      AND coalesce(c.variant, '') <> 'stack'
      AND l.last_ns >= l.judged_from_ns
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
) AS t;
