-- A capture of which something had to be skipped: its numbers are lower bounds. One whose sums do not fit is
-- absurd and left out. Goroutine dumps that break off have a reason of their own.
SELECT
    c.capture_id,
    coalesce(
        (
            SELECT n.text
            FROM note AS n
            WHERE n.capture_id = c.capture_id
            ORDER BY n.ordinal
            LIMIT 1
        ),
        'something was skipped'
    ) AS detail,
    EXISTS (
        SELECT 1
        FROM note AS n
        WHERE n.capture_id = c.capture_id
          AND n.text = 'a total does not fit 63 bits'
    ) AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE s.is_dirty = 1
  AND c.is_partial = 1
  AND NOT EXISTS (
    SELECT 1
    FROM note AS n
    WHERE n.capture_id = c.capture_id
      AND c.kind IN ('goroutine', 'goroutineleak')
      AND (n.text LIKE '%ends inside a goroutine%' OR n.text LIKE 'the title says %, the records sum to %')
)
ORDER BY c.capture_id;
