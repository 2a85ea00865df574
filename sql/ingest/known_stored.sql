-- Are these stored bytes known? Yes, unless something in them was rejected by another version.
SELECT
    (f.reason IS NULL OR coalesce(f.reader, '') = :reader)
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
    ) AS is_known
FROM file AS f
WHERE f.stored = :stored;
