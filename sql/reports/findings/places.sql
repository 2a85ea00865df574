-- Further places in the code that take part in a finding.
SELECT
    p.function,
    p.file,
    p.line
FROM v_finding_place AS p
WHERE p.id = :id
  AND p.ordinal > 0
  AND p.file <> ''
ORDER BY p.ordinal
LIMIT 10;
