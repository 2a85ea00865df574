-- Forgets what the audit said of dirty services.
DELETE FROM audit
WHERE capture_id IN (
    SELECT c.capture_id
    FROM capture AS c
    JOIN service AS s USING (service_id)
    WHERE s.is_dirty = 1
);
