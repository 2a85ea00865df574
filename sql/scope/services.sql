-- The services to be judged: one, all, or those with new facts.
INSERT INTO scope_service (service_id)
SELECT s.service_id
FROM service AS s
WHERE (:service_id <> 0 AND s.service_id = :service_id)
   OR (:service_id = 0 AND (s.is_dirty = 1 OR :all_services = 1))
ORDER BY s.service_id;
