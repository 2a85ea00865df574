-- Judged captures of a kind after a time, and those of them from builds that were not seen up to then; a
-- process that started later and does not tell its build may be one of these.
WITH judged AS (
    SELECT
        'heap' AS kind,
        hc.lifetime_id,
        hc.t_ns
    FROM temp.heap_capture AS hc
    WHERE hc.is_judged = 1
    UNION ALL
    SELECT
        'goroutines' AS kind,
        gc.lifetime_id,
        gc.t_ns
    FROM temp.goroutine_capture AS gc
    WHERE gc.is_judged = 1
    UNION ALL
    SELECT DISTINCT
        'service' AS kind,
        pp.lifetime_id,
        pp.t_ns
    FROM temp.process_point AS pp
    WHERE pp.is_judged = 1
),
seen AS (
    SELECT DISTINCT l.build
    FROM temp.life AS l
    WHERE l.first_ns <= :time_ns
)
SELECT
    count(*) AS captures,
    total(
        l.first_ns > :time_ns
        AND (l.build = '' OR l.build NOT IN (SELECT s.build FROM seen AS s))
    ) AS of_new_builds
FROM judged AS j
JOIN temp.life AS l USING (lifetime_id)
WHERE j.t_ns > :time_ns
  AND j.kind = :kind;
