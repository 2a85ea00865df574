-- The frames of a stack, leaf first.
SELECT
    sf.function,
    sf.file,
    sf.line
FROM stack_frame AS sf
WHERE sf.service_id = :service_id
  AND sf.stack_id = :stack_id
ORDER BY sf.position;
