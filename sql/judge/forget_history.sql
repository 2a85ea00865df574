-- A finding that is taken back was none: nothing is told of it.
DELETE FROM finding_history
WHERE finding_id = :finding_id;
