DELETE FROM finding
WHERE finding_id = :finding_id;
