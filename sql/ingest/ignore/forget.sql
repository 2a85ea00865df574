-- What was found in services of which nothing is left to look at.
CREATE TEMP TABLE IF NOT EXISTS ignored_service (service_id INTEGER PRIMARY KEY) STRICT;
DELETE FROM temp.ignored_service;
INSERT INTO temp.ignored_service (service_id)
SELECT DISTINCT c.service_id
FROM capture AS c
WHERE c.ignored_by IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM capture AS o
    WHERE o.service_id = c.service_id
      AND o.is_observation = 1
);
DELETE FROM finding WHERE service_id IN (SELECT g.service_id FROM temp.ignored_service AS g);
DELETE FROM finding_history WHERE service_id IN (SELECT g.service_id FROM temp.ignored_service AS g);
DELETE FROM stage WHERE service_id IN (SELECT g.service_id FROM temp.ignored_service AS g);
