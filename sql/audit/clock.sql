-- A capture that claims to be older than the last collection it mentions: some clock jumped.
SELECT
    c.capture_id,
    format('taken %.0f s before its own last collection', (c.not_before_ns - c.time_ns) / 1e9)
        AS detail,
    0 AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE s.is_dirty = 1
  AND c.not_before_ns > c.time_ns + 5000000000
ORDER BY c.capture_id;
