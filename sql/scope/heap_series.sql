-- The series of one segment with the site that each stack is charged to.
SELECT
    ss.site_id,
    s.form,
    s.data,
    s.block_size,
    coalesce(u.factor, 1.0) AS factor
FROM series AS s
JOIN segment AS seg USING (segment_id)
JOIN stack_site AS ss ON ss.service_id = :service_id AND ss.stack_id = s.stack_id
LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = s.block_size
WHERE s.segment_id = :segment_id;
