-- What happens at the places that may have moved, by epoch: sizes of objects in the last heap profile of each
-- life, and what goroutines waited for (as negative numbers), with the own function that called.
SELECT DISTINCT
    ss.line_id AS site_id,
    e.ordinal,
    se.block_size AS mark,
    coalesce(caller.function, '') AS caller
FROM (
    SELECT
        hc.lifetime_id,
        hc.capture_id,
        max(hc.ordinal)
    FROM heap_capture AS hc
    GROUP BY hc.lifetime_id
) AS last
JOIN epoch AS e USING (lifetime_id)
JOIN capture AS c USING (capture_id)
JOIN segment AS seg USING (segment_id)
JOIN series AS se USING (segment_id)
JOIN stack_site AS ss ON ss.service_id = seg.service_id AND ss.stack_id = se.stack_id
JOIN moving AS m ON m.site_id = ss.line_id
JOIN series_points(se.data, se.form, 4, se.block_size, 1.0, seg.captures) AS p
    ON p.capture_index = c.segment_index
LEFT JOIN stack_path AS caller
    ON caller.service_id = ss.service_id
    AND caller.stack_id = ss.stack_id
    AND caller.level = 1
WHERE e.service_id = :service_id
  AND p.v0 + p.v2 > 0
UNION
SELECT DISTINCT
    ss.blocked_line_id AS site_id,
    e.ordinal,
    -g.state_id AS mark,
    coalesce(caller.function, creator.name, '') AS caller
FROM goroutine_capture AS gc
JOIN epoch AS e USING (lifetime_id)
JOIN goroutine_group AS g USING (capture_id)
JOIN stack_site AS ss ON ss.service_id = e.service_id AND ss.stack_id = g.stack_id
JOIN moving AS m ON m.site_id = ss.blocked_line_id
LEFT JOIN stack_path AS caller
    ON caller.service_id = ss.service_id
    AND caller.stack_id = ss.stack_id
    AND caller.level = 1
LEFT JOIN frame AS fr ON fr.frame_id = g.creator_id
LEFT JOIN function AS creator USING (function_id)
WHERE e.service_id = :service_id
ORDER BY
    1,
    2,
    3,
    4;
