-- Services of which no capture was stored.
DELETE FROM service
WHERE NOT EXISTS (SELECT 1 FROM instance AS i WHERE i.service_id = service.service_id);
