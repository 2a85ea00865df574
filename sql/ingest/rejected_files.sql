-- Files below one root of which nothing could be used, by their last state.
SELECT
    rf.file_id,
    rf.path
FROM v_rejected_file AS rf
WHERE rf.root = :root
  AND NOT EXISTS (
    SELECT 1
    FROM file_content AS fc
    CROSS JOIN content AS ct USING (content_id)
    WHERE fc.file_id = rf.file_id
      AND ct.reason IS NULL
)
ORDER BY rf.file_id;
