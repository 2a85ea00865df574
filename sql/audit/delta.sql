-- A delta profile is the difference of two snapshots: it belongs in no trend of snapshots.
SELECT
    c.capture_id,
    format('difference over %.0f s, not a snapshot', c.duration_ns / 1e9) AS detail,
    1 AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE s.is_dirty = 1
  AND c.is_delta = 1
ORDER BY c.capture_id;
