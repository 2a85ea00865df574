-- A file that was set aside and of which nothing is left.
DELETE FROM file
WHERE file_id = :file_id
  AND NOT EXISTS (SELECT 1 FROM file_content AS fc WHERE fc.file_id = file.file_id);
