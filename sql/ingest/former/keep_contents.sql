-- Of a file that was set aside: what was rejected, and what is found elsewhere.
DELETE FROM file_content
WHERE file_id = :file_id
  AND (
    EXISTS (
        SELECT 1
        FROM content AS ct
        WHERE ct.content_id = file_content.content_id
          AND ct.reason IS NOT NULL
    )
    OR EXISTS (
        SELECT 1
        FROM file_content AS other
        WHERE other.content_id = file_content.content_id
          AND other.file_id <> file_content.file_id
    )
);
