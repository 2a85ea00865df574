-- Every class of finding, with what it means and what to do.
SELECT
    cw.class,
    cw.meaning,
    coalesce((
        SELECT r.text
        FROM remedy AS r
        WHERE r.class = cw.class
        ORDER BY r.wait_reason
        LIMIT 1
    ), '') AS remedy
FROM class_word AS cw
ORDER BY cw.class;
