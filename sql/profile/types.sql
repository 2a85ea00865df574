-- The value types of a capture: those that its samples are stored with, with the units that its totals have.
SELECT
    value.value AS type,
    coalesce(
        (SELECT t.unit FROM total AS t WHERE t.capture_id = :capture_id AND t.type = value.value),
        iif(value.value GLOB '*_space', 'bytes', 'count')
    ) AS unit
FROM capture AS c
JOIN segment AS seg USING (segment_id)
JOIN json_each('["' || replace(seg.types, ',', '","') || '"]') AS value
WHERE c.capture_id = :capture_id
ORDER BY value.key;
