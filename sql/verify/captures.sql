-- A capture belongs to one content, to an instance of its service, and to one place of a segment of that
-- instance.
SELECT 'capture ' || c.capture_id || ' is of another service than its instance' AS problem
FROM capture AS c
JOIN instance AS i USING (instance_id)
WHERE i.service_id <> c.service_id
UNION ALL
SELECT 'capture ' || c.capture_id || ' has samples in segment ' || c.segment_id || ', which is not there'
FROM capture AS c
LEFT JOIN segment AS s USING (segment_id)
WHERE c.segment_id IS NOT NULL
  AND s.segment_id IS NULL
UNION ALL
SELECT 'capture ' || c.capture_id || ' has samples in segment ' || c.segment_id || ', which is of others'
FROM capture AS c
JOIN segment AS s USING (segment_id)
WHERE s.instance_id <> c.instance_id
   OR s.service_id <> c.service_id
   -- series of delta profiles and of other runtimes are kept apart
   OR s.kind <> c.kind || CASE WHEN c.is_foreign THEN '-foreign' WHEN c.is_delta THEN '-delta' ELSE '' END
   OR c.segment_index NOT BETWEEN 0 AND s.captures - 1
UNION ALL
SELECT 'captures ' || min(c.capture_id) || ' and ' || max(c.capture_id) || ' share a place of segment ' || c.segment_id
FROM capture AS c
WHERE c.segment_id IS NOT NULL
GROUP BY
    c.segment_id,
    c.segment_index
HAVING count(*) > 1
ORDER BY 1;
