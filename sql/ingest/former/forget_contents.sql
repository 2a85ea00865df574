-- The contents of a row that has the mark which this file is to get: the same bytes under the same name.
DELETE FROM file_content
WHERE file_id = (
    SELECT old.file_id
    FROM file AS f
    JOIN file AS old ON old.root = f.root || '@' || lower(substr(hex(f.stored), 1, 8)) AND old.path = f.path
    WHERE f.file_id = :file_id
);
