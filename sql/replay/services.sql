-- Services over which rules are replayed: those of which something was observed.
SELECT
    s.service_id,
    s.name
FROM service AS s
WHERE s.name <> ''
  AND (:service IS NULL OR s.name GLOB :service)
  AND EXISTS (SELECT 1 FROM instance AS i JOIN capture AS c USING (instance_id) WHERE i.service_id = s.service_id)
ORDER BY s.name;
