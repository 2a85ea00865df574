-- Files below one root of which nothing could be used, by their last state. By the root's own files and not by
-- v_rejected_file, which is made from all files: a run can have thousands of roots.
SELECT
    f.file_id,
    f.path
FROM file AS f
WHERE f.root = :root
  AND (
    f.reason IS NOT NULL
    OR EXISTS (SELECT 1 FROM file_content AS fc WHERE fc.file_id = f.file_id)
    OR EXISTS (
        SELECT 1
        FROM file_member AS fm
        WHERE fm.file_id = f.file_id
          AND fm.reason IS NOT NULL
    )
)
  AND NOT EXISTS (
    SELECT 1
    FROM file_content AS fc
    CROSS JOIN content AS ct USING (content_id)
    WHERE fc.file_id = f.file_id
      AND ct.reason IS NULL
)
ORDER BY f.file_id;
