-- Heap snapshots of each life in order of time; those that the audit leaves out are not in it. A text and
-- a protobuf profile taken within the same second show the same state: the one with more samples stays.
INSERT INTO heap_capture (lifetime_id, ordinal, capture_id, t_ns, is_judged, period)
SELECT
    t.lifetime_id,
    row_number() OVER (
        PARTITION BY t.lifetime_id
        ORDER BY t.t_ns, t.capture_id
    ) - 1 AS ordinal,
    t.capture_id,
    t.t_ns,
    t.t_ns >= t.judged_from_ns AS is_judged,
    t.period
FROM (
    SELECT
        lc.lifetime_id,
        c.capture_id,
        coalesce(c.time_ns, 0) AS t_ns,
        l.judged_from_ns,
        c.period,
        row_number() OVER (
            PARTITION BY lc.lifetime_id, coalesce(c.time_ns, c.capture_id) / 2000000000
            ORDER BY c.format, c.samples DESC, c.capture_id
        ) AS place
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'heap'
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
) AS t
WHERE t.place = 1;
