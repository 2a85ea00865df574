-- Services that have a page.
SELECT
    s.service_id,
    file_name(s.name) AS file,
    s.name
FROM service AS s
WHERE EXISTS (
    SELECT 1
    FROM capture AS c
    WHERE c.service_id = s.service_id
      AND c.is_foreign = 0
      AND c.is_observation = 1
)
ORDER BY s.name;
