-- A log that grows is another content each night, and tells again what it told before: the same dump at the
-- same moment, or the beginning of the same GC trace. The longest content that tells it counts. Dumps of one
-- content are never taken for one: a program can print the same stack several times in a second.
WITH dump AS (
    SELECT
        c.capture_id,
        c.content_id,
        lc.lifetime_id,
        c.kind,
        c.format,
        coalesce(c.variant, '') AS variant,
        c.time_ns,
        count(*) OVER (
            PARTITION BY
                lc.lifetime_id,
                c.kind,
                c.format,
                c.variant,
                c.time_ns
        ) AS twins
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
      AND c.kind IN ('goroutine', 'goroutineleak')
      AND c.time_source = 'content'
),
told AS (
    SELECT
        d.capture_id,
        d.content_id,
        'the same dump, of the same moment, is in a longer file' AS detail,
        format('%d %s %s %s %d', d.lifetime_id, d.kind, d.format, d.variant, d.time_ns) || (
            SELECT group_concat(
                format('/%d %d %d %d %d', g.stack_id, g.state_id, g.label_id, g.count, g.max_minutes),
                ''
            )
            FROM goroutine_group AS g
            WHERE g.capture_id = d.capture_id
        ) AS what,
        0 AS cycles
    FROM dump AS d
    WHERE d.twins > 1
    UNION ALL
    SELECT
        c.capture_id,
        c.content_id,
        'a longer file tells these collections, too' AS detail,
        (
            SELECT format(
                '%d trace %d %d %d %d',
                lc.lifetime_id,
                g.number,
                g.since_start_ns,
                g.end_ns,
                g.pause_ns
            )
            FROM gc_cycle AS g
            WHERE g.capture_id = c.capture_id
            ORDER BY g.number
            LIMIT 1
        ) AS what,
        c.samples AS cycles
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
      AND c.kind = 'gctrace'
),
ranked AS (
    SELECT
        t.capture_id,
        t.content_id,
        t.detail,
        first_value(t.content_id) OVER (
            PARTITION BY t.what
            ORDER BY
                t.cycles DESC,
                ct.size DESC,
                ct.hash
        ) AS longest_id
    FROM told AS t
    JOIN content AS ct USING (content_id)
    WHERE t.what IS NOT NULL
)
SELECT
    r.capture_id,
    r.detail,
    1 AS is_left_out
FROM ranked AS r
WHERE r.content_id <> r.longest_id
ORDER BY r.capture_id;
