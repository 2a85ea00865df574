-- What is odd about a capture. The same reason twice is one; of what is ignored nothing is odd.
INSERT OR IGNORE INTO audit (capture_id, reason, detail, is_left_out)
SELECT
    :capture_id AS capture_id,
    :reason AS reason,
    :detail AS detail,
    :is_left_out AS is_left_out
WHERE NOT EXISTS (
    SELECT 1
    FROM capture AS c
    WHERE c.capture_id = :capture_id
      AND c.ignored_by IS NOT NULL
);
