-- A file whose stored bytes are known holds what the first other file with these bytes holds.
INSERT OR IGNORE INTO file_content (file_id, member, content_id)
SELECT
    :file_id,
    fc.member,
    fc.content_id
FROM file_content AS fc
WHERE fc.file_id = (
    SELECT min(f.file_id)
    FROM file AS f
    WHERE f.stored = :stored
      AND f.file_id <> :file_id
);
