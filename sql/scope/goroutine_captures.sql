-- Complete goroutine captures of each life in order of time. A panic lists one goroutine or all, nobody
-- can tell which: it is evidence of its own, not a point of a trend.
INSERT INTO goroutine_capture (lifetime_id, ordinal, capture_id, t_ns, is_judged)
SELECT
    t.lifetime_id,
    row_number() OVER (
        PARTITION BY t.lifetime_id
        ORDER BY t.t_ns, t.capture_id
    ) - 1 AS ordinal,
    t.capture_id,
    t.t_ns,
    t.t_ns >= t.judged_from_ns AS is_judged
FROM (
    SELECT
        lc.lifetime_id,
        c.capture_id,
        coalesce(c.time_ns, 0) AS t_ns,
        l.judged_from_ns
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'goroutine'
      AND coalesce(c.variant, '') NOT IN ('panic', 'fatal error', 'deadlock', 'test deadlock', 'stack', 'goleak', 'test timeout')
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
) AS t;
