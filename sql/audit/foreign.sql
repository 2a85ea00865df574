-- A profile that no Go runtime wrote is kept, and kept out of judgments about Go.
SELECT
    c.capture_id,
    'no Go code in it: written by another runtime, or without symbols' AS detail,
    1 AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE s.is_dirty = 1
  AND c.is_foreign = 1
ORDER BY c.capture_id;
