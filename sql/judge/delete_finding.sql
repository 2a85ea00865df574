-- A finding that the same captures no longer support.
DELETE FROM finding
WHERE finding_id = :finding_id;
