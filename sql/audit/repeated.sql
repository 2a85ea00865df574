-- The same bytes lie in one directory under several names: a collector that saved one answer again and again,
-- or a copy. They count once.
WITH same AS (
    SELECT
        c.capture_id,
        count(DISTINCT f.file_id) AS files,
        min(f.path) AS first_path,
        max(f.path) AS last_path
    FROM capture AS c
    JOIN service AS s USING (service_id)
    JOIN file_content AS fc USING (content_id)
    JOIN file AS f USING (file_id)
    WHERE s.is_dirty = 1
      AND c.is_observation = 1
      AND c.part = 0
      AND (
        -- No more than two are counted: it is asked for each of them.
        SELECT count(*)
        FROM (SELECT 1 FROM file_content AS fc2 WHERE fc2.content_id = c.content_id LIMIT 2)
      ) > 1
    GROUP BY
        c.capture_id,
        f.root,
        rtrim(f.path, replace(f.path, '/', ''))
    HAVING count(DISTINCT f.file_id) > 1
)
SELECT
    d.capture_id,
    format(
        '%d files of one directory hold the same bytes: ''%s'', ''%s''%s',
        max(d.files),
        d.first_path,
        d.last_path,
        iif(max(d.files) > 2, ' ...', '')
    ) AS detail,
    0 AS is_left_out
FROM same AS d
GROUP BY d.capture_id
ORDER BY d.capture_id;
