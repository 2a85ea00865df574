UPDATE service
SET
    is_dirty = 0,
    judged_by = :version
WHERE service_id = :service_id;
