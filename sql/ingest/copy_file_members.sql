-- A file whose stored bytes are known has the members of the first other file with these bytes.
INSERT OR IGNORE INTO file_member (file_id, member, name, modified_ns, reason, reader)
SELECT
    :file_id,
    fm.member,
    fm.name,
    fm.modified_ns,
    fm.reason,
    fm.reader
FROM file_member AS fm
WHERE fm.file_id = (
    SELECT min(f.file_id)
    FROM file AS f
    WHERE f.stored = :stored
      AND f.file_id <> :file_id
);
