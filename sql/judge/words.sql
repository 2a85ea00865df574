-- What is said of a class and a wait reason, or the course of a whole process.
SELECT
    cw.subject,
    CASE WHEN cw.class IN ('goroutine', 'channel') THEN coalesce((
        SELECT wr.effect
        FROM wait_reason AS wr
        WHERE wr.reason = :wait_reason
    ), cw.meaning) ELSE cw.meaning END AS meaning,
    coalesce((
        SELECT wr.meaning
        FROM wait_reason AS wr
        WHERE wr.reason = :wait_reason
    ), '') AS wait,
    coalesce((
        SELECT r.text
        FROM remedy AS r
        WHERE r.class = :class
          AND r.wait_reason IN (:wait_reason, :course, '')
        ORDER BY r.wait_reason DESC
        LIMIT 1
    ), '') AS remedy,
    cw.is_many
FROM class_word AS cw
WHERE cw.class = :class;
