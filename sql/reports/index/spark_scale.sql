-- The scale that the small pictures of services share: the highest goal and the time from first to last.
SELECT
    min(c.time_ns) AS from_ns,
    max(c.time_ns) AS to_ns,
    max(m.next_gc) AS high
FROM memstats AS m
JOIN capture AS c USING (capture_id)
WHERE c.time_ns IS NOT NULL
  AND (:since_ns IS NULL OR c.time_ns >= :since_ns)
  AND (:until_ns IS NULL OR c.time_ns < :until_ns)
  AND m.next_gc < 4611686018427387904;
