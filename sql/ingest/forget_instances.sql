-- Instances of which no capture was stored.
DELETE FROM instance
WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.instance_id = instance.instance_id);
