-- What the attached ledger has: files, contents with the place that says whose they are, captures, services.

INSERT INTO merge_file (input, file_id, root, path, stored, size, modified_ns, changed_ns, reason, reader, is_source)
SELECT
    m.input,
    f.file_id,
    f.root,
    f.path,
    f.stored,
    f.size,
    f.modified_ns,
    f.changed_ns,
    f.reason,
    f.reader,
    f.file_id IN (SELECT min(fc.file_id) FROM src.file_content AS fc GROUP BY fc.content_id)
FROM src.file AS f
JOIN merge_input AS m;

INSERT INTO merge_capture (input, capture_id, content_id, part, service, instance_id, instance)
SELECT
    m.input,
    c.capture_id,
    c.content_id,
    c.part,
    s.name,
    c.instance_id,
    i.name
FROM src.capture AS c
JOIN src.service AS s USING (service_id)
JOIN src.instance AS i ON i.instance_id = c.instance_id
JOIN merge_input AS m;

INSERT INTO merge_content (input, content_id, hash, size, format, reason, reader, root, path, member, who)
WITH first AS (
    SELECT
        fc.content_id,
        min(fc.file_id) AS file_id
    FROM src.file_content AS fc
    GROUP BY fc.content_id
),
identity AS (
    SELECT
        c.content_id,
        min(s.name || char(10) || i.name || char(10) || coalesce(c.time_ns, '')) AS who
    FROM src.capture AS c
    JOIN src.service AS s USING (service_id)
    JOIN src.instance AS i ON i.instance_id = c.instance_id
    GROUP BY c.content_id
)
SELECT
    m.input,
    ct.content_id,
    ct.hash,
    ct.size,
    ct.format,
    ct.reason,
    ct.reader,
    f.root,
    f.path,
    (
        SELECT min(fc.member)
        FROM src.file_content AS fc
        WHERE fc.content_id = ct.content_id
          AND fc.file_id = fi.file_id
    ),
    id.who
FROM src.content AS ct
LEFT JOIN first AS fi USING (content_id)
LEFT JOIN src.file AS f ON f.file_id = fi.file_id
LEFT JOIN identity AS id ON id.content_id = ct.content_id
JOIN merge_input AS m;

INSERT INTO merge_member (input, file_id, member, content_id, name, modified_ns, reason, reader)
SELECT
    m.input,
    fc.file_id,
    fc.member,
    fc.content_id,
    NULL,
    NULL,
    NULL,
    NULL
FROM src.file_content AS fc
JOIN merge_input AS m
UNION ALL
SELECT
    m.input,
    fm.file_id,
    fm.member,
    NULL,
    fm.name,
    fm.modified_ns,
    fm.reason,
    fm.reader
FROM src.file_member AS fm
JOIN merge_input AS m;

INSERT INTO merge_service (input, service, is_dirty, judged_by, last_ns, findings)
SELECT
    m.input,
    s.name,
    s.is_dirty,
    s.judged_by,
    (SELECT max(f.last_seen_ns) FROM src.finding AS f WHERE f.service_id = s.service_id),
    (
        SELECT group_concat(t.text)
        FROM (
            SELECT f.finding_id || ' ' || f.state || ' ' || f.score || ' ' || f.last_seen_ns AS text
            FROM src.finding AS f
            WHERE f.service_id = s.service_id
            ORDER BY f.finding_id
        ) AS t
    )
FROM src.service AS s
JOIN merge_input AS m;
