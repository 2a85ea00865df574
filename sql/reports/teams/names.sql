-- Teams that have a page, and the file of each.
SELECT
    o.team,
    file_name(o.team) AS file
FROM v_owner AS o
JOIN service AS s ON s.name = o.service
WHERE EXISTS (
    SELECT 1
    FROM capture AS c
    WHERE c.service_id = s.service_id
      AND c.is_foreign = 0
      AND c.is_observation = 1
)
GROUP BY o.team
ORDER BY o.team;
