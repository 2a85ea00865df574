-- What the layers have to look at: captures of the kind, those after warm-up, the most that one life has of
-- them, and how many that must be. A trend needs three in one life; what a thing is can be read off one capture,
-- and what the collector did off two. Wanted is what to capture where that is not there.
SELECT
    'L1' AS layer,
    CASE max(t.kind)
        WHEN 'rss' THEN 'captures of resident memory'
        ELSE 'MemStats or heap profiles'
    END AS what,
    count(*) AS captures,
    coalesce(sum(t.judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life,
    3 AS least,
    'MemStats (/debug/vars) or /debug/pprof/heap' AS wanted
FROM (
    SELECT
        p.kind,
        p.is_judged AS judged,
        sum(p.is_judged) OVER (PARTITION BY p.lifetime_id, p.kind) AS in_life
    FROM (
        SELECT lp.lifetime_id, 'memstats' AS kind, lp.is_judged FROM temp.live_point AS lp
        UNION ALL
        SELECT hc.lifetime_id, 'heap' AS kind, hc.is_judged FROM temp.heap_capture AS hc
        UNION ALL
        SELECT pp.lifetime_id, 'rss' AS kind, pp.is_judged
        FROM temp.process_point AS pp
        WHERE pp.name = 'rss'
          AND NOT EXISTS (SELECT 1 FROM temp.live_point)
          AND NOT EXISTS (SELECT 1 FROM temp.heap_capture)
    ) AS p
) AS t
UNION ALL
SELECT
    'L2' AS layer,
    'heap profiles' AS what,
    count(*) AS captures,
    coalesce(sum(t.is_judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life,
    3 AS least,
    '/debug/pprof/heap' AS wanted
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
    coalesce(max(t.in_life), 0) AS in_life,
    3 AS least,
    '/debug/pprof/goroutine?debug=2' AS wanted
FROM (
    SELECT
        gc.is_judged,
        sum(gc.is_judged) OVER (PARTITION BY gc.lifetime_id) AS in_life
    FROM temp.goroutine_capture AS gc
) AS t
UNION ALL
SELECT
    'L4' AS layer,
    'heap profiles or goroutine captures' AS what,
    count(*) AS captures,
    coalesce(sum(t.is_judged), 0) AS judged,
    coalesce(sum(t.is_judged), 0) AS in_life,
    1 AS least,
    '/debug/pprof/heap, and the build with -gcflags=-m' AS wanted
FROM (
    SELECT hc.is_judged FROM temp.heap_capture AS hc
    UNION ALL
    SELECT gc.is_judged FROM temp.goroutine_capture AS gc
) AS t
UNION ALL
SELECT
    'L5' AS layer,
    'MemStats or readings of the process' AS what,
    count(*) AS captures,
    coalesce(sum(t.is_judged), 0) AS judged,
    coalesce(max(t.in_life), 0) AS in_life,
    2 AS least,
    'MemStats (/debug/vars) and /proc/PID/status' AS wanted
FROM (
    SELECT
        p.is_judged,
        sum(p.is_judged) OVER (PARTITION BY p.lifetime_id) AS in_life
    FROM (
        SELECT mp.lifetime_id, mp.t_ns, max(mp.is_judged) AS is_judged
        FROM temp.memory_point AS mp
        GROUP BY mp.lifetime_id, mp.t_ns
        UNION
        SELECT lr.lifetime_id, lr.t_ns, max(lr.is_judged) AS is_judged
        FROM temp.life_reading AS lr
        GROUP BY lr.lifetime_id, lr.t_ns
    ) AS p
) AS t
ORDER BY layer;
