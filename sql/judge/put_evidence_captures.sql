-- The captures behind one row of evidence; ids that are not captures are passed over.
INSERT OR IGNORE INTO evidence_capture (finding_id, ordinal, capture_id)
SELECT
    :finding_id,
    :ordinal,
    c.capture_id
FROM json_each(:data, '$.captures') AS e
JOIN capture AS c ON c.capture_id = e.value;
