-- Is this content in the ledger, read or rejected by this version?
SELECT 1
FROM content AS c
WHERE c.hash = :hash
  AND (c.reason IS NULL OR c.reader = :reader);
