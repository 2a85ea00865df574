-- The captures of a finding's icicle: the last and the first of the life in which the finding is largest, and
-- the function around which it is drawn. No row for a finding about a service as a whole.
WITH life AS (
    SELECT
        f.function,
        iif(f.kind = 'heap', 'heap', 'goroutine') AS kind,
        l.lifetime_id
    FROM finding AS f
    JOIN finding_point AS p USING (finding_id)
    JOIN lifetime AS l ON l.instance_id = p.instance_id AND l.ordinal = p.lifetime
    WHERE f.finding_id = :finding_id
      AND f.kind IN ('heap', 'goroutines')
      AND f.function <> ''
    ORDER BY
        p.value DESC,
        p.t_ns DESC,
        l.lifetime_id
    LIMIT 1
),
used AS (
    SELECT
        c.capture_id,
        c.time_ns
    FROM life
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN capture AS c USING (capture_id)
    WHERE c.kind = life.kind
      AND c.time_ns IS NOT NULL
      AND (:since IS NULL OR c.time_ns >= :since)
      AND (:until IS NULL OR c.time_ns < :until)
      AND NOT EXISTS (
          SELECT 1
          FROM audit AS a
          WHERE a.capture_id = c.capture_id
            AND a.is_left_out = 1
      )
)
SELECT
    life.kind,
    last.capture_id AS newer,
    nullif((
        SELECT u.capture_id
        FROM used AS u
        ORDER BY
            u.time_ns,
            u.capture_id
        LIMIT 1
    ), last.capture_id) AS older,
    life.function AS focus
FROM life
JOIN used AS last
ORDER BY
    last.time_ns DESC,
    last.capture_id DESC
LIMIT 1;
