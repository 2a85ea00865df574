-- A file that was set aside does not tell what else has its bytes: some of its contents may be gone from it.
UPDATE file
SET
    stored = NULL,
    reason = NULL
WHERE file_id = :file_id;
