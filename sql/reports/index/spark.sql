-- How large a service's shown instance is, for a small picture, as captures say it and without an estimate:
-- the collector's goal, and what heap profiles have in use where no capture tells the goal.
WITH goal AS (
    SELECT
        c.capture_id,
        c.time_ns AS t_ns,
        m.next_gc AS value
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    WHERE c.instance_id = :instance_id
      AND c.time_ns IS NOT NULL
      AND m.next_gc < 4611686018427387904
),
in_use AS (
    SELECT
        c.capture_id,
        c.time_ns AS t_ns,
        t.value
    FROM capture AS c
    JOIN total AS t USING (capture_id)
    WHERE c.instance_id = :instance_id
      AND c.kind = 'heap'
      AND t.type = 'inuse_space'
      AND c.time_ns IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM goal)
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
          AND a.is_left_out = 1
      )
)
SELECT
    p.series,
    1 AS place,
    l.ordinal AS life,
    p.t_ns,
    p.value
FROM (
    SELECT 'NextGC' AS series, * FROM goal
    UNION ALL
    SELECT 'In use in heap profiles' AS series, * FROM in_use
) AS p
JOIN lifetime_capture AS lc USING (capture_id)
JOIN lifetime AS l USING (lifetime_id)
ORDER BY p.t_ns;
