-- The series of one segment.
SELECT
    s.stack_id,
    s.block_size,
    s.label_id,
    s.form,
    s.data
FROM series AS s
WHERE s.segment_id = :segment_id;
