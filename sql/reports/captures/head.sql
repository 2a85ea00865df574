-- What was read, in numbers: one row.
SELECT
    (SELECT count(*) FROM file) AS "files:count",
    (SELECT count(*) FROM capture) AS "captures:count",
    (
        SELECT count(*)
        FROM file AS f
        WHERE f.reason IS NOT NULL
    ) + (
        SELECT count(DISTINCT fc.file_id)
        FROM file_content AS fc
        JOIN content AS ct USING (content_id)
        WHERE ct.reason IS NOT NULL
    ) AS "rejected:count",
    (SELECT count(*) FROM capture AS c WHERE c.is_partial = 1) AS "partial:count",
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.is_left_out = 1) AS "left_out:count",
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "until:time";
