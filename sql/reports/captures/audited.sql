-- Captures that judgments leave out or count less, with the reason.
SELECT
    vs.full_path AS path,
    c.kind,
    a.reason,
    a.detail,
    a.is_left_out
FROM audit AS a
JOIN capture AS c USING (capture_id)
LEFT JOIN v_content_source AS vs USING (content_id)
ORDER BY
    a.is_left_out DESC,
    a.reason,
    vs.full_path,
    c.kind,
    c.capture_id;
