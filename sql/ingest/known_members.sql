-- The files below one root, from the path :first to :last, of which a member was rejected, in the order of
-- known_files.sql and with its states.
SELECT
    f.file_id,
    max(iif(fm.reader = :reader, 2, 6)) AS member_state
FROM file AS f
CROSS JOIN file_member AS fm USING (file_id)
WHERE f.root = :root
  AND f.path BETWEEN :first AND :last
  AND fm.reason IS NOT NULL
GROUP BY
    f.path,
    f.file_id
ORDER BY f.path;
