-- Services that were captured before and are not within the window: nothing is known of them, which is not the
-- same as nothing is wrong.
SELECT
    s.name AS service,
    max(c.time_ns) AS "last:time"
FROM service AS s
JOIN capture AS c USING (service_id)
LEFT JOIN v_owner AS o ON o.service = s.name
WHERE c.is_observation = 1
  AND c.is_foreign = 0
  AND c.time_ns < :until_ns
  AND (:team IS NULL OR o.team = :team)
GROUP BY s.service_id
HAVING max(c.time_ns) < :since_ns
ORDER BY
    max(c.time_ns) DESC,
    s.name;
