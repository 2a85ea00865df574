-- What is said of a class and a wait reason, or the course of a whole process. Where nothing was found and it is
-- only said where to look, it is said as what might be.
SELECT
    cw.subject,
    CASE
        WHEN cw.class IN ('goroutine', 'channel') THEN coalesce((
            SELECT wr.effect
            FROM wait_reason AS wr
            WHERE wr.reason = :wait_reason
        ), cw.meaning)
        ELSE coalesce((
            SELECT co.meaning
            FROM course_word AS co
            WHERE co.class = cw.class
              AND co.course = :course
        ), cw.meaning)
    END AS meaning,
    coalesce((
        SELECT 'stands for ' || lw.what
        FROM library_wait AS lw
        WHERE lw.function = :function
          AND lw.wait_reason = :wait_reason
          AND cw.class = 'goroutine'
    ), (
        SELECT CASE WHEN :is_look THEN 'is left behind if it ' ELSE '' END || wr.meaning
        FROM wait_reason AS wr
        WHERE wr.reason = :wait_reason
    ), '') AS wait,
    CASE
        WHEN :is_look AND :wait_reason = '' THEN
        'Take /debug/pprof/heap again, six times and more at even distances while the load goes on, and give all to '
        || 'leakledger: a leak goes on rising after the warm-up. Give it MemStats (/debug/vars) as well, which tell '
        || 'the live heap. If it is one: '
        WHEN :is_look THEN
        'Take /debug/pprof/goroutine?debug=2 again some minutes later and give both to leakledger: what leaks has '
        || 'become more, or is the same goroutines with a longer wait. From Go 1.26 on /debug/pprof/goroutineleak '
        || 'proves most leaks at once. If it is one: '
        ELSE ''
    END || coalesce((
        SELECT lw.remedy
        FROM library_wait AS lw
        WHERE lw.function = :function
          AND lw.wait_reason = :wait_reason
          AND cw.class = 'goroutine'
    ), (
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
