-- Open findings that are suppressed, those first whose suppression ends first.
SELECT
    f.id,
    'finding/' || f.id || '.html' AS page,
    f.service,
    f.class,
    f.severity,
    f.state,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '') AS function,
    replace(f.file, rtrim(f.file, replace(f.file, '/', '')), '') || coalesce(':' || nullif(f.line, 0), '') AS place,
    f.suppressed_by,
    f.suppressed_reason,
    f.suppressed_owner,
    substr(rfc3339(f.suppressed_until_ns - 1), 1, 10) AS suppressed_until,
    f.suppressed_soon AS "is_ending:bool"
FROM v_finding AS f
WHERE f.state <> 'fixed'
  AND f.suppressed_by IS NOT NULL
ORDER BY
    f.suppressed_until_ns,
    f.service,
    f.id;
