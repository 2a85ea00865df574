-- Series of segments of which no capture was stored.
DELETE FROM series
WHERE segment_id IN (
    SELECT sg.segment_id
    FROM segment AS sg
    WHERE NOT EXISTS (SELECT 1 FROM capture AS c WHERE c.segment_id = sg.segment_id)
);
