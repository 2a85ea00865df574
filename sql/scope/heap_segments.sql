-- Where the samples of a life's heap snapshots lie.
SELECT
    c.segment_id,
    c.segment_index,
    hc.ordinal
FROM heap_capture AS hc
JOIN capture AS c USING (capture_id)
WHERE hc.lifetime_id = :lifetime_id
  AND c.segment_id IS NOT NULL
ORDER BY
    c.segment_id,
    c.segment_index;
