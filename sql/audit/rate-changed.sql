-- A heap profile with another sampling rate than the first of its life: estimates stay right, their error
-- changes.
SELECT
    c.capture_id,
    format('sampled every %d bytes, the first of this process every %d', c.period, first.period)
        AS detail,
    0 AS is_left_out
FROM capture AS c
JOIN service AS s USING (service_id)
JOIN lifetime_capture AS lc USING (capture_id)
JOIN (
    SELECT
        lc2.lifetime_id,
        c2.period,
        min(c2.time_ns) AS first_ns
    FROM capture AS c2
    JOIN service AS s2 USING (service_id)
    JOIN lifetime_capture AS lc2 USING (capture_id)
    WHERE s2.is_dirty = 1
      AND c2.kind = 'heap'
      AND c2.period > 0
      AND c2.is_foreign = 0
    GROUP BY lc2.lifetime_id
) AS first USING (lifetime_id)
WHERE s.is_dirty = 1
  AND c.kind = 'heap'
  AND c.is_foreign = 0
  AND c.period > 0
  AND c.period <> first.period
ORDER BY c.capture_id;
