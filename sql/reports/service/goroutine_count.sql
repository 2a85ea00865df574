-- Goroutines of the shown instance: as profiles and dumps count them, else as readings say.
WITH counted AS (
    SELECT
        l.ordinal AS life,
        c.time_ns AS t_ns,
        t.value
    FROM capture AS c
    JOIN total AS t USING (capture_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    JOIN lifetime AS l USING (lifetime_id)
    WHERE c.instance_id = :instance_id
      AND c.kind = 'goroutine'
      AND t.type = 'goroutine'
      AND c.time_ns IS NOT NULL
)
SELECT
    'Goroutines' AS series,
    1 AS place,
    c.life,
    c.t_ns,
    c.value
FROM counted AS c
UNION ALL
SELECT
    'Goroutines',
    1,
    l.ordinal,
    ml.t_ns,
    ml.goroutines
FROM v_memory_ledger AS ml
JOIN temp.life AS l USING (lifetime_id)
WHERE l.instance_id = :instance_id
  AND ml.goroutines IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM counted)
ORDER BY t_ns;
