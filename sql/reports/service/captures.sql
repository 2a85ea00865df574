-- The newest captures of a service, with what they were read from and what the audit says: rows of v_capture,
-- but found by the service, whose page should not cost more where there are more services.
SELECT
    c.time_ns AS "time:time",
    c.kind,
    c.variant,
    i.name AS instance,
    substr(lower(hex(ct.hash)), 1, 12) AS hash,
    substr(c.build, 1, 12) AS build,
    ct.size AS "size:bytes",
    CASE
        WHEN (f.root, f.path, fc.member) <> (source.root, source.path, source.member) THEN 'known'
        WHEN c.is_partial THEN 'partial'
        ELSE 'ok'
    END AS status,
    f.path || coalesce('!' || fm.name, '') AS path,
    CASE
        WHEN (f.root, f.path, fc.member) <> (source.root, source.path, source.member)
            THEN 'same bytes as ' || source.full_path
        WHEN c.is_partial AND EXISTS (SELECT 1 FROM note AS n WHERE n.capture_id = c.capture_id) THEN (
            SELECT group_concat(n.text, '; ')
            FROM note AS n
            WHERE n.capture_id = c.capture_id
        )
        ELSE (
            SELECT group_concat(a.reason || ': ' || a.detail, '; ')
            FROM audit AS a
            WHERE a.capture_id = c.capture_id
        )
    END AS reason,
    (
        SELECT coalesce(max(a.is_left_out), 0)
        FROM audit AS a
        WHERE a.capture_id = c.capture_id
    ) AS is_left_out
FROM service AS s
CROSS JOIN instance AS i USING (service_id)
CROSS JOIN capture AS c USING (instance_id)
CROSS JOIN content AS ct USING (content_id)
CROSS JOIN v_content_source AS source USING (content_id)
CROSS JOIN file_content AS fc USING (content_id)
CROSS JOIN file AS f ON f.file_id = fc.file_id
LEFT JOIN file_member AS fm ON fm.file_id = fc.file_id AND fm.member = fc.member
WHERE s.service_id = :service_id
  AND s.name <> ''
  AND c.service_id = s.service_id
  AND c.ignored_by IS NULL
ORDER BY
    c.time_ns DESC,
    path;
