-- The scale that the small pictures of services share: the largest value that spark.sql shows of any
-- instance, and the time from first to last.
WITH size AS (
    SELECT
        c.time_ns AS t_ns,
        m.next_gc AS value
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    WHERE m.next_gc < 4611686018427387904
    UNION ALL
    SELECT
        c.time_ns AS t_ns,
        t.value
    FROM instance AS i
    JOIN capture AS c ON c.instance_id = i.instance_id AND c.kind = 'heap'
    JOIN total AS t USING (capture_id)
    WHERE t.type = 'inuse_space'
      AND i.instance_id NOT IN (
        SELECT c2.instance_id
        FROM memstats AS m
        JOIN capture AS c2 USING (capture_id)
        WHERE m.next_gc < 4611686018427387904
          AND c2.time_ns IS NOT NULL
      )
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
)
SELECT
    min(t_ns) AS from_ns,
    max(t_ns) AS to_ns,
    max(value) AS high
FROM size
WHERE t_ns IS NOT NULL
  AND (:since_ns IS NULL OR t_ns >= :since_ns)
  AND (:until_ns IS NULL OR t_ns < :until_ns);
