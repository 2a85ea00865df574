-- The samples of a capture, unpacked, add up to what its file said. Sums beyond 2^53 are compared as doubles.
WITH summed AS (
    SELECT
        s.capture_id,
        total(s.v0) AS v0,
        total(s.v1) AS v1,
        total(s.v2) AS v2,
        total(s.v3) AS v3
    FROM sample AS s
    GROUP BY s.capture_id
),
compared AS (
    SELECT
        t.capture_id,
        t.type,
        t.value,
        coalesce(CASE t.ordinal WHEN 0 THEN sm.v0 WHEN 1 THEN sm.v1 WHEN 2 THEN sm.v2 ELSE sm.v3 END, 0.0) AS sum
    FROM total AS t
    JOIN capture AS c USING (capture_id)
    LEFT JOIN summed AS sm USING (capture_id)
    WHERE c.segment_id IS NOT NULL
      AND t.ordinal < 4
    UNION ALL
    SELECT
        t.capture_id,
        t.type,
        t.value,
        coalesce((SELECT total(g.count) FROM goroutine_group AS g WHERE g.capture_id = t.capture_id), 0.0)
    FROM total AS t
    JOIN capture AS c USING (capture_id)
    WHERE c.segment_id IS NULL
      AND t.type = 'goroutine'
)
SELECT 'capture ' || cp.capture_id || ': ' || cp.type || ' adds up to ' || printf('%.0f', cp.sum) || ', not ' || cp.value AS problem
FROM compared AS cp
WHERE abs(cp.sum - cp.value) > 1e-12 * abs(cp.value)
ORDER BY 1;
