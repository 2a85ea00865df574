-- Stacks of services of which no capture was stored.
DELETE FROM stack
WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.service_id = stack.service_id);
