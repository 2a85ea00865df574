-- Sizes of objects at the sites that grew: the ladder that tells maps from slices (leaks.md 3.1, feature 1).
-- First and last are the first and last capture of each life that is judged; lives are added up. A line that
-- calls a library is charged with all that the library allocates there: its leaves are kept apart, for a map
-- and its keys have each a ladder of their own.
INSERT INTO site_block (
    site_id, leaf_id, block_size, first_objects, last_objects, first_count, last_count,
    alloc_objects, alloc_count
)
WITH span AS (
    SELECT
        hc.lifetime_id,
        min(hc.ordinal) AS first_ordinal,
        max(hc.ordinal) AS last_ordinal
    FROM heap_capture AS hc
    WHERE hc.is_judged = 1
    GROUP BY hc.lifetime_id
),
edge AS (
    SELECT
        hc.lifetime_id,
        hc.capture_id,
        hc.ordinal = span.last_ordinal AS is_last,
        c.segment_id,
        c.segment_index
    FROM heap_capture AS hc
    JOIN span USING (lifetime_id)
    JOIN capture AS c USING (capture_id)
    WHERE hc.ordinal IN (span.first_ordinal, span.last_ordinal)
)
SELECT
    sg.site_id,
    CASE ss.leaf_id WHEN ss.site_id THEN sg.site_id ELSE ss.leaf_id END AS leaf_id,
    se.block_size,
    sum(CASE WHEN e.is_last THEN 0 ELSE p.v2 END) AS first_objects,
    sum(CASE WHEN e.is_last THEN p.v2 ELSE 0 END) AS last_objects,
    sum(CASE WHEN e.is_last THEN 0 ELSE p.inuse_count END) AS first_count,
    sum(CASE WHEN e.is_last THEN p.inuse_count ELSE 0 END) AS last_count,
    sum(CASE WHEN e.is_last THEN p.v0 ELSE 0 END) AS alloc_objects,
    sum(CASE WHEN e.is_last THEN p.alloc_count ELSE 0 END) AS alloc_count
FROM edge AS e
JOIN segment AS seg USING (segment_id)
JOIN series AS se USING (segment_id)
JOIN stack_site AS ss ON ss.service_id = seg.service_id AND ss.stack_id = se.stack_id
LEFT JOIN site_move AS sm ON sm.line_id = ss.line_id AND sm.lifetime_id = e.lifetime_id
JOIN v_site_growth AS sg ON sg.site_id = coalesce(sm.site_id, ss.site_id)
LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = se.block_size
JOIN series_points(
    se.data, se.form, 4, se.block_size, coalesce(u.factor, 1.0), seg.captures
) AS p ON p.capture_index = e.segment_index
GROUP BY
    sg.site_id,
    CASE ss.leaf_id WHEN ss.site_id THEN sg.site_id ELSE ss.leaf_id END,
    se.block_size;
