-- What is odd about a capture. The same reason twice is one.
INSERT OR IGNORE INTO audit (capture_id, reason, detail, is_left_out)
VALUES (:capture_id, :reason, :detail, :is_left_out);
