-- Segments of one instance and kind that have few captures and can be continued, newest first.
SELECT
    s.segment_id,
    s.captures
FROM segment AS s
WHERE s.instance_id = :instance_id
  AND s.kind = :kind
  AND s.types = :types
  AND s.period = :period
  AND s.captures < :limit
ORDER BY s.segment_id DESC;
