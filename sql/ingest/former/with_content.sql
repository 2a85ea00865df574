-- Files that an earlier run has set aside and that hold this content. Only theirs have neither hash nor reason.
SELECT f.file_id
FROM file_content AS fc
CROSS JOIN file AS f USING (file_id)
WHERE fc.content_id = :content_id
  AND f.stored IS NULL
  AND f.reason IS NULL
ORDER BY f.file_id;
