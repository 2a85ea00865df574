-- Judged captures of a kind after a time.
SELECT count(*) AS captures
FROM (
    SELECT
        'heap' AS kind,
        hc.t_ns
    FROM temp.heap_capture AS hc
    WHERE hc.is_judged = 1
    UNION ALL
    SELECT
        'goroutines' AS kind,
        gc.t_ns
    FROM temp.goroutine_capture AS gc
    WHERE gc.is_judged = 1
) AS t
WHERE t.t_ns > :time_ns
  AND (t.kind = :kind OR :kind = 'service');
