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
-- A file may have fewer types than its segment, and others: their place there counts.
placed AS (
    SELECT
        t.capture_id,
        t.type,
        t.value,
        substr(s.types, 1, instr(',' || s.types || ',', ',' || t.type || ',') - 1) AS before
    FROM total AS t
    JOIN capture AS c USING (capture_id)
    JOIN segment AS s USING (segment_id)
    WHERE instr(',' || s.types || ',', ',' || t.type || ',') > 0
),
compared AS (
    SELECT
        p.capture_id,
        p.type,
        p.value,
        coalesce(CASE length(p.before) - length(replace(p.before, ',', ''))
            WHEN 0 THEN sm.v0
            WHEN 1 THEN sm.v1
            WHEN 2 THEN sm.v2
            WHEN 3 THEN sm.v3
        END, 0.0) AS sum
    FROM placed AS p
    LEFT JOIN summed AS sm USING (capture_id)
    WHERE length(p.before) - length(replace(p.before, ',', '')) < 4
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
