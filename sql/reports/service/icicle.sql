-- The captures of the service's icicle: the newest heap profile of the shown instance, and the first one of
-- the same life to compare it with. No row without a heap profile.
WITH heap AS (
    SELECT
        c.capture_id,
        c.time_ns,
        lc.lifetime_id
    FROM capture AS c
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE c.instance_id = :instance_id
      AND c.kind = 'heap'
      AND c.time_ns IS NOT NULL
      AND (:since IS NULL OR c.time_ns >= :since)
      AND (:until IS NULL OR c.time_ns < :until)
      AND NOT EXISTS (
          SELECT 1
          FROM audit AS a
          WHERE a.capture_id = c.capture_id
            AND a.is_left_out = 1
      )
),
newest AS (
    SELECT
        h.capture_id,
        h.lifetime_id
    FROM heap AS h
    ORDER BY
        h.time_ns DESC,
        h.capture_id DESC
    LIMIT 1
)
SELECT
    'heap' AS kind,
    n.capture_id AS newer,
    nullif((
        SELECT h.capture_id
        FROM heap AS h
        WHERE h.lifetime_id = n.lifetime_id
        ORDER BY
            h.time_ns,
            h.capture_id
        LIMIT 1
    ), n.capture_id) AS older,
    NULL AS focus
FROM newest AS n;
