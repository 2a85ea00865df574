-- How much it took at each capture, up to its end: resident size where at least three captures tell it, else what
-- Go takes from the system, else the live heap.
INSERT INTO death_level (t_ns, value, source)
WITH course AS (
    SELECT
        1 AS place,
        'rss' AS source,
        p.t_ns,
        p.value
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'rss'
      AND p.t_ns <= d.end_ns
    UNION ALL
    SELECT
        2 AS place,
        'footprint' AS source,
        ml.t_ns,
        ml.footprint
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    WHERE ml.footprint IS NOT NULL
      AND ml.t_ns <= d.end_ns
    UNION ALL
    SELECT
        3 AS place,
        'live_heap' AS source,
        p.t_ns,
        p.value
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'live_heap'
      AND p.t_ns <= d.end_ns
),
counted AS (
    SELECT
        c.*,
        count(*) OVER (PARTITION BY c.place) < 3 AS is_thin
    FROM course AS c
),
ranked AS (
    SELECT
        c.*,
        dense_rank() OVER (ORDER BY c.is_thin, c.place) AS rank
    FROM counted AS c
)
SELECT
    r.t_ns,
    max(r.value) AS value,
    r.source
FROM ranked AS r
WHERE r.rank = 1
GROUP BY r.t_ns;
