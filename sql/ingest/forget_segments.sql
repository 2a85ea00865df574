-- Segments of which no capture was stored.
DELETE FROM segment
WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.segment_id = segment.segment_id);
