-- Is this file as it was when its bytes became known? Not when another version rejected something in it.
SELECT 1
FROM file AS f
WHERE f.root = :root
  AND f.path = :path
  AND f.size = :size
  AND f.modified_ns = :modified_ns
  AND f.changed_ns = :changed_ns
  AND f.stored IS NOT NULL
  AND (f.reason IS NULL OR f.reader = :reader)
  AND NOT EXISTS (
    SELECT 1
    FROM file_content AS fc
    CROSS JOIN content AS c USING (content_id)
    WHERE fc.file_id = f.file_id
      AND c.reason IS NOT NULL
      AND c.reader <> :reader
)
  AND NOT EXISTS (
    SELECT 1
    FROM file_member AS fm
    WHERE fm.file_id = f.file_id
      AND fm.reason IS NOT NULL
      AND fm.reader <> :reader
);
