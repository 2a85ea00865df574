-- Files that were not read, or not entirely.
SELECT
    vc.full_path AS path,
    vc.status,
    vc.kind,
    vc.reason
FROM v_capture AS vc
WHERE vc.status IN ('rejected', 'partial')
ORDER BY
    vc.status = 'partial',
    vc.root,
    vc.path,
    vc.member,
    vc.part;
