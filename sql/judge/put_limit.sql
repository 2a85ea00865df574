-- The limit that the configuration sets for a service.
INSERT OR REPLACE INTO memory_limit (service_id, source, limit_bytes)
VALUES (:service_id, 'configured', :limit_bytes);
