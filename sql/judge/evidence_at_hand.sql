-- What the layers have to look at: captures of the kind, those after warm-up, and the most that one life
-- has of them. A trend needs three in one life.
SELECT
    'L1' AS layer,
    'MemStats or heap profiles' AS what,
    count(*) AS captures,
    coalesce(sum(t.judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life
FROM (
    SELECT
        p.is_judged AS judged,
        sum(p.is_judged) OVER (PARTITION BY p.lifetime_id, p.kind) AS in_life
    FROM (
        SELECT lp.lifetime_id, 'memstats' AS kind, lp.is_judged FROM temp.live_point AS lp
        UNION ALL
        SELECT hc.lifetime_id, 'heap' AS kind, hc.is_judged FROM temp.heap_capture AS hc
    ) AS p
) AS t
UNION ALL
SELECT
    'L2' AS layer,
    'heap profiles' AS what,
    count(*) AS captures,
    coalesce(sum(t.is_judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life
FROM (
    SELECT
        hc.is_judged,
        sum(hc.is_judged) OVER (PARTITION BY hc.lifetime_id) AS in_life
    FROM temp.heap_capture AS hc
) AS t
UNION ALL
SELECT
    'L3' AS layer,
    'goroutine captures' AS what,
    count(*) AS captures,
    coalesce(sum(t.is_judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life
FROM (
    SELECT
        gc.is_judged,
        sum(gc.is_judged) OVER (PARTITION BY gc.lifetime_id) AS in_life
    FROM temp.goroutine_capture AS gc
) AS t
ORDER BY layer;
