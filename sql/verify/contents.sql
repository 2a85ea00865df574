-- A content is known by 16 bytes of hash, was found somewhere, and either was read or has a reason.
SELECT 'content ' || ct.content_id || ' has a hash of ' || length(ct.hash) || ' bytes' AS problem
FROM content AS ct
WHERE length(ct.hash) <> 16
UNION ALL
SELECT 'file ' || f.path || ' has a hash of ' || length(f.stored) || ' bytes'
FROM file AS f
WHERE length(f.stored) <> 16
UNION ALL
SELECT 'content ' || lower(hex(ct.hash)) || ' has captures, and a reason why it was rejected'
FROM content AS ct
WHERE ct.reason IS NOT NULL
  AND EXISTS (SELECT 1 FROM capture AS c WHERE c.content_id = ct.content_id)
UNION ALL
SELECT 'content ' || lower(hex(ct.hash)) || ' was found nowhere'
FROM content AS ct
WHERE NOT EXISTS (SELECT 1 FROM file_content AS fc WHERE fc.content_id = ct.content_id)
  AND EXISTS (SELECT 1 FROM capture AS c WHERE c.content_id = ct.content_id)
ORDER BY 1;
