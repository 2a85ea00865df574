-- Captures that are ignored no more; :kinds is a JSON array of those that show a process while it ran.
UPDATE capture
SET
    ignored_by = NULL,
    is_observation = kind IN (SELECT k.value FROM json_each(:kinds) AS k)
WHERE ignored_by IS NOT NULL
  AND instance_id NOT IN (SELECT g.instance_id FROM temp.ignored_instance AS g);
