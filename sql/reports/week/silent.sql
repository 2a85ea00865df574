-- Services that had sent captures before a week and sent none in it.
WITH sent AS (
    SELECT
        c.service_id,
        max(CASE WHEN c.time_ns < :week_ns AND c.is_foreign = 0 THEN c.time_ns END) AS last_ns,
        max(c.time_ns >= :week_ns AND c.time_ns < :week_ns + 604800000000000) AS is_heard
    FROM capture AS c
    WHERE c.is_observation = 1
      AND c.time_ns IS NOT NULL
    GROUP BY c.service_id
)
SELECT
    s.name,
    'service/' || file_name(s.name) || '.html' AS page,
    sent.last_ns AS "last:time"
FROM sent
JOIN service AS s USING (service_id)
WHERE sent.last_ns IS NOT NULL
  AND sent.is_heard = 0
ORDER BY s.name;
