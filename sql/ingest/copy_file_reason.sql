-- A file whose stored bytes are known has the reason of the first other file with these bytes.
UPDATE file
SET (reason, reader) = (
    SELECT
        f.reason,
        f.reader
    FROM file AS f
    WHERE f.file_id <> :file_id
      AND f.stored = :stored
    ORDER BY f.file_id
    LIMIT 1
)
WHERE file_id = :file_id;
