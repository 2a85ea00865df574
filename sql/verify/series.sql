-- A series is of a stack of its segment's service.
SELECT 'segment ' || s.segment_id || ' has a series of stack ' || s.stack_id || ', which is not there' AS problem
FROM series AS s
JOIN segment AS seg USING (segment_id)
LEFT JOIN stack AS st ON st.service_id = seg.service_id AND st.stack_id = s.stack_id
WHERE st.stack_id IS NULL
UNION ALL
SELECT 'series of segment ' || s.segment_id || ', which is not there'
FROM series AS s
LEFT JOIN segment AS seg USING (segment_id)
WHERE seg.segment_id IS NULL
GROUP BY s.segment_id
UNION ALL
SELECT 'goroutines of capture ' || g.capture_id || ' stand at stack ' || g.stack_id || ', which is not there'
FROM goroutine_group AS g
JOIN capture AS c USING (capture_id)
LEFT JOIN stack AS st ON st.service_id = c.service_id AND st.stack_id = g.stack_id
WHERE st.stack_id IS NULL
ORDER BY 1;
