-- What is said of a class and a wait reason.
SELECT
    cw.subject,
    cw.meaning,
    coalesce((
        SELECT wr.meaning
        FROM wait_reason AS wr
        WHERE wr.reason = :wait_reason
    ), '') AS wait,
    coalesce((
        SELECT r.text
        FROM remedy AS r
        WHERE r.class = :class
          AND r.wait_reason IN (:wait_reason, '')
        ORDER BY r.wait_reason DESC
        LIMIT 1
    ), '') AS remedy,
    cw.is_many
FROM class_word AS cw
WHERE cw.class = :class;
