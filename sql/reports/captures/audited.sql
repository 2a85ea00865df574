-- Captures that judgments leave out or count less, with the reason.
SELECT
    (
        SELECT f.path
        FROM file_content AS fc
        JOIN file AS f USING (file_id)
        WHERE fc.content_id = c.content_id
        ORDER BY
            f.root,
            f.path
        LIMIT 1
    ) AS path,
    c.kind,
    a.reason,
    a.detail,
    a.is_left_out
FROM audit AS a
JOIN capture AS c USING (capture_id)
ORDER BY
    a.is_left_out DESC,
    a.reason,
    c.capture_id;
