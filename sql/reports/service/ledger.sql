-- Where the memory of the shown instance was at each capture of MemStats, in layers that add up to what is
-- resident. Moments at which nobody looked at the resident size are left out when most have one; else what
-- is outside Go is not in the picture. A capture that tells of the same collection as the one before has
-- no live heap of its own and is left out.
WITH moment AS (
    SELECT
        l.ordinal AS life,
        ml.t_ns,
        ml.capture_id,
        ml.live,
        ml.garbage,
        ml.fragmentation,
        ml.idle,
        ml.stacks,
        ml.runtime,
        ml.rss,
        ml.outside,
        ml.mapped,
        ml.unexplained,
        ml.live_source
    FROM v_memory_ledger AS ml
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
      AND ml.live IS NOT NULL
),
told AS (
    SELECT
        2 * count(m.rss) > count(*) AS has_rss,
        max(m.mapped IS NOT NULL) AS has_mapped,
        max(m.live_source = 'exact') AS is_exact
    FROM moment AS m
),
layer AS (
    SELECT 1 AS place, 'live heap' AS series
    UNION ALL SELECT 2, 'floating garbage'
    UNION ALL SELECT 3, 'fragmentation'
    UNION ALL SELECT 4, 'idle, kept by Go'
    UNION ALL SELECT 5, 'stacks'
    UNION ALL SELECT 6, 'runtime'
    UNION ALL SELECT 7, 'files and shared'
    UNION ALL SELECT 8, 'outside Go, unexplained'
)
SELECT
    y.series,
    y.place,
    m.life,
    m.t_ns,
    coalesce(CASE y.place
        WHEN 1 THEN m.live
        WHEN 2 THEN m.garbage
        WHEN 3 THEN m.fragmentation
        WHEN 4 THEN m.idle
        WHEN 5 THEN m.stacks
        WHEN 6 THEN m.runtime
        WHEN 7 THEN m.mapped
        ELSE m.unexplained
    END, 0) AS value
FROM layer AS y
JOIN moment AS m
JOIN told AS t
WHERE (y.place < 7 OR t.has_rss = 1)
  AND (y.place <> 7 OR t.has_mapped = 1)
  AND (t.has_rss = 0 OR m.rss IS NOT NULL)
ORDER BY
    y.place,
    m.t_ns,
    m.capture_id;
