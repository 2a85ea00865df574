-- Captures of these lives up to :until_ns.
INSERT INTO temp.lifetime_capture (capture_id, lifetime_id)
SELECT
    lc.capture_id,
    lc.lifetime_id
FROM temp.lifetime AS l
CROSS JOIN main.lifetime_capture AS lc ON lc.lifetime_id = l.lifetime_id
CROSS JOIN main.capture AS c ON c.capture_id = lc.capture_id
WHERE c.time_ns <= :until_ns;
