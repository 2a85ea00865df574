-- A heap profile without samples or a dump without goroutines among ones that have some: profiling was
-- switched off (MemProfileRate = 0), or the capture failed half way. A living process always has both.
SELECT
    c.capture_id,
    iif(
        c.kind = 'heap',
        'no samples: profiling was off (MemProfileRate = 0), or the capture failed',
        'no goroutines: the capture failed'
    ) AS detail,
    1 AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE s.is_dirty = 1
  AND c.kind IN ('heap', 'goroutine')
  AND c.is_delta = 0
  AND c.is_foreign = 0
  AND NOT EXISTS (
    SELECT 1
    FROM total AS t
    WHERE t.capture_id = c.capture_id
      AND t.value <> 0
)
  AND EXISTS (
    SELECT 1
    FROM lifetime_capture AS mine
    JOIN lifetime_capture AS other USING (lifetime_id)
    JOIN capture AS c2 ON c2.capture_id = other.capture_id
    JOIN total AS t ON t.capture_id = c2.capture_id
    WHERE mine.capture_id = c.capture_id
      AND c2.kind = c.kind
      AND t.value <> 0
)
ORDER BY c.capture_id;
