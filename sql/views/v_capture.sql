-- v_capture: every file that was looked at and what is in it; one row for each capture of each file. Captures
-- that 'prune' took away are not there, nor files of which it took all.
--
--   root           what was given to read; with '@' and eight digits of their hash behind when the file was
--                  written over since and these bytes are found nowhere else, or, after a merge, was another
--                  one on another machine
--   path           path below the root, as found
--   member         0, 1 ...: which content of the file (members of a gzip file or of an archive); NULL: never
--                  opened
--   member_name    path inside the archive; NULL when the file is none
--   full_path      path and, behind '!', the member's name: what lists show
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
--   time_source    content, file-name, directory, not-before (what the content speaks of, like the last
--                  collection, was not later), mtime, none
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
--
-- v_content_source: where a content was found first; that place says whose it is and when it was taken. One
-- row for each content.
--
--   content_id
--   root, path, member, member_name, full_path   as in v_capture
--
-- v_rejected_file: files of which something was rejected: all, a content, or a member.
--
--   file_id, root, path

CREATE VIEW v_content_source AS
SELECT
    ct.content_id,
    f.root,
    f.path,
    fc.member,
    fm.name AS member_name,
    f.path || coalesce('!' || fm.name, '') AS full_path
FROM content AS ct
JOIN file_content AS fc
    ON fc.content_id = ct.content_id
    AND (fc.file_id, fc.member) = (
        SELECT
            fc2.file_id,
            fc2.member
        FROM file_content AS fc2
        WHERE fc2.content_id = ct.content_id
        ORDER BY
            fc2.file_id,
            fc2.member
        LIMIT 1
    )
JOIN file AS f USING (file_id)
LEFT JOIN file_member AS fm ON fm.file_id = fc.file_id AND fm.member = fc.member;

CREATE VIEW v_rejected_file AS
SELECT
    f.file_id,
    f.root,
    f.path
FROM file AS f
WHERE f.reason IS NOT NULL
UNION
SELECT
    f.file_id,
    f.root,
    f.path
FROM file AS f
JOIN file_content AS fc USING (file_id)
JOIN content AS ct USING (content_id)
WHERE ct.reason IS NOT NULL
UNION
SELECT
    f.file_id,
    f.root,
    f.path
FROM file AS f
JOIN file_member AS fm USING (file_id)
WHERE fm.reason IS NOT NULL;

CREATE VIEW v_capture AS
SELECT
    f.root,
    f.path,
    fc.member,
    fm.name AS member_name,
    f.path || coalesce('!' || fm.name, '') AS full_path,
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
    iif(c.time_source = 'last-gc', 'not-before', c.time_source) AS time_source,
    c.is_zone_assumed AS time_zone_assumed,
    l.ordinal AS lifetime,
    CASE
        WHEN c.capture_id IS NULL THEN 'rejected'
        WHEN (f.root, f.path, fc.member) <> (source.root, source.path, source.member) THEN 'known'
        WHEN c.is_partial THEN 'partial'
        ELSE 'ok'
    END AS status,
    CASE
        WHEN c.capture_id IS NULL THEN ct.reason
        WHEN (f.root, f.path, fc.member) <> (source.root, source.path, source.member)
            THEN 'same bytes as ' || source.full_path
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
LEFT JOIN file_member AS fm ON fm.file_id = fc.file_id AND fm.member = fc.member
LEFT JOIN v_content_source AS source ON source.content_id = fc.content_id
LEFT JOIN service AS s ON s.service_id = c.service_id
LEFT JOIN instance AS i ON i.instance_id = c.instance_id
LEFT JOIN lifetime_capture AS lc ON lc.capture_id = c.capture_id
LEFT JOIN lifetime AS l ON l.lifetime_id = lc.lifetime_id
WHERE c.capture_id IS NOT NULL
   OR ct.reason IS NOT NULL
UNION ALL
SELECT
    f.root,
    f.path,
    NULL AS member,
    NULL AS member_name,
    f.path AS full_path,
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
WHERE f.reason IS NOT NULL
UNION ALL
SELECT
    f.root,
    f.path,
    fm.member,
    fm.name AS member_name,
    f.path || '!' || fm.name AS full_path,
    NULL AS part,
    NULL AS hash,
    NULL AS size,
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
    fm.reason,
    NULL AS identity_rule,
    NULL AS build_source,
    NULL AS layout,
    NULL AS audit,
    NULL AS is_left_out,
    NULL AS totals,
    NULL AS capture_id
FROM file AS f
JOIN file_member AS fm USING (file_id)
WHERE fm.reason IS NOT NULL;
