-- What the kernel counts against what Go says it takes, of the shown instance: the resident size where somebody
-- looked, Go's footprint (Sys - HeapReleased) and the live heap. Without MemStats the resident size alone.
WITH moment AS (
    SELECT
        l.ordinal AS life,
        ml.t_ns,
        ml.capture_id,
        ml.rss,
        ml.footprint,
        ml.live
    FROM v_memory_ledger AS ml
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
    UNION ALL
    SELECT
        l.ordinal AS life,
        ps.t_ns,
        ps.capture_id,
        ps.value AS rss,
        NULL AS footprint,
        NULL AS live
    FROM v_process_series AS ps
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
      AND ps.name = 'rss'
      AND NOT EXISTS (
        SELECT 1
        FROM v_memory_ledger AS ml
        JOIN temp.life AS ll USING (lifetime_id)
        WHERE ll.instance_id = :instance_id
    )
)
SELECT
    t.series,
    t.place,
    t.life,
    t.t_ns,
    t.value
FROM (
    SELECT 'RSS' AS series, 1 AS place, m.life, m.t_ns, m.capture_id, m.rss AS value FROM moment AS m
    UNION ALL
    SELECT 'Go footprint', 2, m.life, m.t_ns, m.capture_id, m.footprint FROM moment AS m
    UNION ALL
    SELECT 'live heap', 3, m.life, m.t_ns, m.capture_id, m.live FROM moment AS m
) AS t
WHERE t.value IS NOT NULL
ORDER BY
    t.place,
    t.t_ns,
    t.capture_id;
