-- Kills within the window.
SELECT
    i.service,
    i.time_ns AS "time:time",
    i.sources
FROM v_incident AS i
LEFT JOIN v_owner AS o ON o.service = i.service
WHERE i.time_ns >= :since_ns
  AND i.time_ns < :until_ns
  AND (:team IS NULL OR o.team = :team)
ORDER BY
    i.time_ns DESC,
    i.service,
    i.capture_id;
