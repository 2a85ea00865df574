-- The samples of a capture.
SELECT
    s.stack_id,
    s.block_size,
    coalesce(w.value, '') AS labels,
    s.v0,
    s.v1,
    s.v2,
    s.v3
FROM sample AS s
LEFT JOIN word AS w ON w.word_id = s.label_id
WHERE s.capture_id = :capture_id
ORDER BY
    s.stack_id,
    s.block_size,
    s.label_id;
