-- Files below one root, from the path :first to :last, of which something was rejected, and of which something
-- is usable.
SELECT
    total(
        f.reason IS NOT NULL
        OR EXISTS (
            SELECT 1
            FROM file_content AS fc
            CROSS JOIN content AS c USING (content_id)
            WHERE fc.file_id = f.file_id
              AND c.reason IS NOT NULL
        )
        OR EXISTS (
            SELECT 1
            FROM file_member AS fm
            WHERE fm.file_id = f.file_id
              AND fm.reason IS NOT NULL
        )
    ) AS rejected,
    total(
        EXISTS (
            SELECT 1
            FROM file_content AS fc
            CROSS JOIN content AS c USING (content_id)
            WHERE fc.file_id = f.file_id
              AND c.reason IS NULL
        )
    ) AS usable
FROM file AS f
WHERE f.root = :root
  AND f.path BETWEEN :first AND :last;
