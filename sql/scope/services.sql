-- The services to be judged: one, all, or those with new facts. The one is looked up by its key, for each of a fleet's
-- services is the one once.
INSERT INTO scope_service (service_id)
SELECT s.service_id
FROM service AS s
WHERE s.service_id BETWEEN :service_id AND iif(:service_id = 0, 9223372036854775807, :service_id)
  AND (:service_id <> 0 OR s.is_dirty = 1 OR :all_services = 1)
ORDER BY s.service_id;
