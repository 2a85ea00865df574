-- What is watched as a level; see sql/replay/tables.sql.
INSERT INTO level (lifetime_id, name, t_ns, capture_id, value)
WITH ceiling AS (
    SELECT coalesce(
        min(CASE WHEN ml.source <> 'Go' THEN ml.limit_bytes END),
        min(ml.limit_bytes)
    ) AS memory_limit
    FROM memory_limit AS ml
),
used AS (
    SELECT
        l.lifetime_id,
        n.value AS name,
        coalesce(r.time_ns, c.time_ns) AS t_ns,
        max(c.capture_id) AS capture_id,
        max(r.value) AS value
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    JOIN reading AS r USING (capture_id)
    JOIN word AS n ON n.word_id = r.name_id
    WHERE n.value IN ('process.cpu', '/sched/gomaxprocs:threads')
      AND r.label_id = 0
      AND coalesce(r.time_ns, c.time_ns) IS NOT NULL
    GROUP BY
        l.lifetime_id,
        n.value,
        coalesce(r.time_ns, c.time_ns)
),
processors AS (
    SELECT
        u.lifetime_id,
        max(u.value) AS number
    FROM used AS u
    WHERE u.name = '/sched/gomaxprocs:threads'
    GROUP BY u.lifetime_id
),
busy AS (
    SELECT
        u.lifetime_id,
        u.t_ns,
        u.capture_id,
        (u.value - lag(u.value) OVER (PARTITION BY u.lifetime_id ORDER BY u.t_ns)) * 1e9
            / nullif(u.t_ns - lag(u.t_ns) OVER (PARTITION BY u.lifetime_id ORDER BY u.t_ns), 0) AS share
    FROM used AS u
    WHERE u.name = 'process.cpu'
)
SELECT
    p.lifetime_id,
    CASE p.name WHEN 'rss' THEN 'memory' ELSE p.name END AS name,
    p.t_ns,
    p.capture_id,
    CASE p.name WHEN 'rss' THEN 100.0 * p.value / ce.memory_limit ELSE p.value END AS value
FROM process_point AS p
JOIN ceiling AS ce
WHERE p.name IN ('goroutines', 'threads')
   OR (
       p.name = 'rss'
       AND ce.memory_limit > 0
   )
UNION ALL
SELECT
    m.lifetime_id,
    'gc-heap' AS name,
    m.t_ns,
    m.capture_id,
    100.0 * m.live / m.memory_limit AS value
FROM moment AS m
WHERE m.live IS NOT NULL
  AND m.memory_limit > 0
UNION ALL
SELECT
    b.lifetime_id,
    'cpu' AS name,
    b.t_ns,
    b.capture_id,
    100.0 * b.share / pr.number AS value
FROM busy AS b
JOIN processors AS pr USING (lifetime_id)
WHERE b.share >= 0
  AND pr.number > 0;
