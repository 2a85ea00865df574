-- NumForcedGC rises by one with each heap profile: whoever takes them asks for ?gc=1. The live heap is then
-- measured well, but collections come when captures do and not when the program needs them, so that rules
-- about their pace say nothing. One remark for a life, on its last MemStats.
WITH candidate AS (
    SELECT lc.lifetime_id
    FROM memstats AS m
    JOIN capture AS c USING (capture_id)
    JOIN service AS s USING (service_id)
    JOIN lifetime_capture AS lc USING (capture_id)
    WHERE s.is_dirty = 1
      AND c.kind = 'memstats'
    GROUP BY lc.lifetime_id
    HAVING max(m.num_forced_gc) >= 5
),
step AS (
    SELECT
        lc.lifetime_id,
        m.capture_id,
        c.time_ns,
        m.num_forced_gc - lag(m.num_forced_gc) OVER (
            PARTITION BY lc.lifetime_id
            ORDER BY
                c.time_ns,
                c.capture_id
        ) AS forced
    FROM candidate
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN memstats AS m USING (capture_id)
    JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'memstats'
      AND m.num_forced_gc IS NOT NULL
),
life AS (
    SELECT
        p.lifetime_id,
        p.capture_id,
        max(p.time_ns) AS last_ns,
        min(p.time_ns) AS first_ns,
        sum(p.forced) AS forced
    FROM step AS p
    GROUP BY p.lifetime_id
    HAVING sum(p.forced) >= 5
       AND total(p.forced > 0) >= 0.8 * (count(*) - 1)
)
SELECT
    l.capture_id,
    format('%d collections were forced while %d heap profiles were taken', l.forced, count(*))
        AS detail,
    0 AS is_left_out
FROM life AS l
JOIN lifetime_capture AS lc USING (lifetime_id)
JOIN capture AS c ON c.capture_id = lc.capture_id
WHERE c.kind = 'heap'
  AND c.format = 'pprof'
  AND c.time_ns > l.first_ns
  AND c.time_ns <= l.last_ns
GROUP BY l.lifetime_id
HAVING l.forced BETWEEN 0.8 * count(*) AND 1.25 * count(*) + 1
ORDER BY l.capture_id;
