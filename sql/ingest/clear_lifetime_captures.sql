-- Forgets which life captures of dirty services belong to.
DELETE FROM lifetime_capture
WHERE lifetime_id IN (
    SELECT l.lifetime_id
    FROM lifetime AS l
    JOIN service AS s USING (service_id)
    WHERE s.is_dirty = 1
);
