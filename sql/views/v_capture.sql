-- v_capture: every file that was looked at and what is in it; one row for each capture of each file.
--
--   root           what was given to read
--   path           path below the root, as found
--   member         0, 1 ...: which content of the file (members of a gzip file); NULL: never opened
--   part           0, 1 ...: which capture of the content; NULL when it has none
--   hash           32 hex digits of the uncompressed bytes; NULL when it was never opened
--   size           uncompressed bytes
--   kind           heap, goroutine, memstats ...; NULL when rejected
--   format         which reader recognised it; NULL when none did
--   variant        allocs, delta, debug=1, panic ...; NULL when plain
--   service        NULL when rejected, or when it is about no service in particular
--   instance       '' when nothing tells one
--   build          build id or version; '' when unknown
--   time_ns        when it was taken, ns since 1970; NULL when nothing tells
--   time_source    content, file-name, directory, last-gc, mtime, none
--   time_zone_assumed   1: the name that gave it tells no zone, UTC was taken
--   lifetime       1, 2 ...: which life of the instance; NULL when it belongs to none
--   status         ok; partial (something was skipped); rejected; known (the same bytes were read
--                  before under another path)
--   reason         why it was rejected, what was skipped, or where it was read before; NULL when ok
--   identity_rule  what gave service and instance
--   build_source   content, a layout or pattern, file name, directory; '' when it is unknown
--   layout         the known layout or your pattern that its path follows; '' for none
--   audit          what is odd about it, "reason: detail" joined by "; "; NULL when nothing is
--   is_left_out    1: the audit keeps it out of judgments
--   totals         JSON object: sample type -> exact sum as stored in the file
--   capture_id     NULL when rejected

CREATE VIEW v_capture AS
SELECT
    f.root,
    f.path,
    fc.member,
    c.part,
    lower(hex(ct.hash)) AS hash,
    ct.size,
    c.kind,
    coalesce(c.format, ct.format) AS format,
    c.variant,
    nullif(s.name, '') AS service,
    i.name AS instance,
    c.build,
    c.time_ns,
    c.time_source,
    c.is_zone_assumed AS time_zone_assumed,
    l.ordinal AS lifetime,
    CASE
        WHEN c.capture_id IS NULL THEN 'rejected'
        WHEN fc.file_id <> first.file_id OR fc.member <> first.member THEN 'known'
        WHEN c.is_partial THEN 'partial'
        ELSE 'ok'
    END AS status,
    CASE
        WHEN c.capture_id IS NULL THEN ct.reason
        WHEN fc.file_id <> first.file_id OR fc.member <> first.member
            THEN 'same bytes as ' || first.path
        WHEN c.is_partial THEN (
            SELECT group_concat(n.text, '; ')
            FROM note AS n
            WHERE n.capture_id = c.capture_id
        )
    END AS reason,
    c.identity_rule,
    c.build_source,
    c.layout,
    (
        SELECT group_concat(a.reason || ': ' || a.detail, '; ')
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
    ) AS audit,
    (
        SELECT coalesce(max(a.is_left_out), 0)
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
    ) AS is_left_out,
    (
        SELECT json_group_object(t.type, t.value)
        FROM total AS t
        WHERE t.capture_id = c.capture_id
    ) AS totals,
    c.capture_id
FROM file AS f
JOIN file_content AS fc ON fc.file_id = f.file_id
JOIN content AS ct ON ct.content_id = fc.content_id
LEFT JOIN capture AS c ON c.content_id = ct.content_id
LEFT JOIN (
    SELECT
        fc2.content_id,
        f2.file_id,
        f2.path,
        min(fc2.member) AS member,
        row_number() OVER (
            PARTITION BY fc2.content_id
            ORDER BY f2.root, f2.path, min(fc2.member)
        ) AS place
    FROM file_content AS fc2
    JOIN file AS f2 USING (file_id)
    GROUP BY
        fc2.content_id,
        f2.file_id
) AS first ON first.content_id = fc.content_id AND first.place = 1
LEFT JOIN service AS s ON s.service_id = c.service_id
LEFT JOIN instance AS i ON i.instance_id = c.instance_id
LEFT JOIN lifetime_capture AS lc ON lc.capture_id = c.capture_id
LEFT JOIN lifetime AS l ON l.lifetime_id = lc.lifetime_id
UNION ALL
SELECT
    f.root,
    f.path,
    NULL AS member,
    NULL AS part,
    NULL AS hash,
    f.size,
    NULL AS kind,
    NULL AS format,
    NULL AS variant,
    NULL AS service,
    NULL AS instance,
    NULL AS build,
    NULL AS time_ns,
    NULL AS time_source,
    NULL AS time_zone_assumed,
    NULL AS lifetime,
    'rejected' AS status,
    f.reason,
    NULL AS identity_rule,
    NULL AS build_source,
    NULL AS layout,
    NULL AS audit,
    NULL AS is_left_out,
    NULL AS totals,
    NULL AS capture_id
FROM file AS f
WHERE f.reason IS NOT NULL;
