-- What is known of the files below one root, from the path :first to :last: a row for each content of a file, and one
-- for a file without any. States: 1 usable, 2 rejected by this version of the program, 6 rejected by another one.
SELECT
    f.file_id,
    f.path,
    f.size,
    f.modified_ns,
    f.changed_ns,
    f.stored IS NOT NULL AS is_stored,
    iif(f.reason IS NULL, 0, iif(f.reader = :reader, 2, 6)) AS file_state,
    iif(c.content_id IS NULL, 0, iif(c.reason IS NULL, 1, iif(c.reader = :reader, 2, 6))) AS content_state
FROM file AS f
LEFT JOIN file_content AS fc USING (file_id)
LEFT JOIN content AS c USING (content_id)
WHERE f.root = :root
  AND f.path BETWEEN :first AND :last
ORDER BY f.path;
