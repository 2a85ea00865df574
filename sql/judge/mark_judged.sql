-- The service has no news, for this version of the analyzers and settings.
UPDATE service
SET
    is_dirty = 0,
    judged_by = :version
WHERE service_id = :service_id;
