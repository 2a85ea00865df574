-- Services that had sent captures before a week and sent none in it.
SELECT
    s.name,
    'service/' || file_name(s.name) || '.html' AS page,
    max(c.time_ns) AS "last:time"
FROM capture AS c
JOIN service AS s USING (service_id)
WHERE c.is_observation = 1
  AND c.is_foreign = 0
  AND c.time_ns < :week_ns
  AND NOT EXISTS (
    SELECT 1
    FROM capture AS n
    WHERE n.service_id = c.service_id
      AND n.is_observation = 1
      AND n.time_ns >= :week_ns
      AND n.time_ns < :week_ns + 604800000000000
)
GROUP BY s.service_id
ORDER BY s.name;
