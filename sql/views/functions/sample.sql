-- sample: every sample of every profile, one row for each stack, size and capture in which it is not zero.
--
--   service_id, segment_id, capture_id, kind
--   stack_id      see stack_frame
--   block_size    bytes of one object; 0 when the kind has none
--   label_id      word of its labels; 0 for none
--   v0 ... v3     values in the order of the segment's types; for heap alloc_objects, alloc_space,
--                 inuse_objects, inuse_space
--   alloc_count, inuse_count   sampled objects behind a heap sample
--
-- stack_frame: the frames of a stack, position 0 is the leaf
--   service_id, stack_id, position, function, file, line
--
-- gc_pause: collections that MemStats' ring of pauses tells of
--   capture_id, number (1 is the first of the process), end_ns, pause_ns

CREATE VIEW sample AS
SELECT
    seg.service_id,
    s.segment_id,
    c.capture_id,
    seg.kind,
    s.stack_id,
    s.block_size,
    s.label_id,
    p.v0,
    p.v1,
    p.v2,
    p.v3,
    p.alloc_count,
    p.inuse_count
FROM series AS s
JOIN segment AS seg USING (segment_id)
LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = s.block_size
JOIN series_points(
    s.data,
    s.form,
    length(seg.types) - length(replace(seg.types, ',', '')) + 1,
    s.block_size,
    coalesce(u.factor, 1.0),
    seg.captures
) AS p
JOIN capture AS c ON c.segment_id = s.segment_id AND c.segment_index = p.capture_index;

CREATE VIEW stack_frame AS
SELECT
    st.service_id,
    st.stack_id,
    p.position,
    fn.name AS function,
    fn.file,
    fr.line
FROM stack AS st
JOIN stack_frames(st.frames) AS p
JOIN frame AS fr USING (frame_id)
JOIN function AS fn USING (function_id);

CREATE VIEW gc_pause AS
SELECT
    m.capture_id,
    r.number,
    r.end_ns,
    r.pause_ns
FROM memstats AS m
JOIN gc_ring(m.ring, m.ring_first, m.ring_first_ns) AS r;
