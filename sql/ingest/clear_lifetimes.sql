-- Forgets the lives of dirty services.
DELETE FROM lifetime
WHERE service_id IN (
    SELECT s.service_id
    FROM service AS s
    WHERE s.is_dirty = 1
);
