-- How many goroutines, threads and descriptors a process had, and its resident size. Of several sources
-- the one that gives a life three points goes first, then the one that the catalog puts first.
INSERT INTO process_point (lifetime_id, name, t_ns, capture_id, is_judged, value)
WITH candidate AS (
    SELECT
        gc.lifetime_id,
        'goroutines' AS name,
        1 AS place,
        gc.t_ns,
        gc.capture_id,
        gc.is_judged,
        sum(g.count) AS value
    FROM goroutine_capture AS gc
    JOIN goroutine_group AS g USING (capture_id)
    GROUP BY
        gc.lifetime_id,
        gc.capture_id
    UNION ALL
    SELECT
        r.lifetime_id,
        CASE pr.use WHEN 'fds' THEN 'open_fds' ELSE pr.use END AS name,
        pr.place,
        r.t_ns,
        r.capture_id,
        r.is_judged,
        r.value
    FROM life_reading AS r
    JOIN process_reading AS pr USING (name)
    WHERE pr.use IN ('rss', 'goroutines', 'threads', 'fds')
      AND r.value IS NOT NULL
    UNION ALL
    SELECT
        l.lifetime_id,
        'threads' AS name,
        3 AS place,
        c.time_ns AS t_ns,
        c.capture_id,
        c.time_ns >= l.judged_from_ns AS is_judged,
        t.value
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    JOIN total AS t USING (capture_id)
    WHERE c.kind = 'threadcreate'
      AND c.time_ns IS NOT NULL
      AND t.type = 'threadcreate'
),
counted AS (
    SELECT
        c.*,
        count(*) OVER (PARTITION BY c.lifetime_id, c.name, c.place) < 3 AS is_thin
    FROM candidate AS c
),
ranked AS (
    SELECT
        c.*,
        dense_rank() OVER (
            PARTITION BY c.lifetime_id, c.name
            ORDER BY c.is_thin, c.place
        ) AS source
    FROM counted AS c
)
SELECT
    r.lifetime_id,
    r.name,
    r.t_ns,
    min(r.capture_id) AS capture_id,
    r.is_judged,
    max(r.value) AS value
FROM ranked AS r
WHERE r.source = 1
GROUP BY
    r.lifetime_id,
    r.name,
    r.t_ns;
