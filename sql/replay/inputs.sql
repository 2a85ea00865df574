-- What a rule may ask for, in words, and whether there is some of it for the service: one row for each.
SELECT
    'memstats' AS input,
    'MemStats twice in one life' AS words,
    EXISTS (SELECT 1 FROM moment AS m WHERE m.from_ns IS NOT NULL) AS is_there
UNION ALL
SELECT 'live', 'the live heap', EXISTS (SELECT 1 FROM moment AS m WHERE m.live IS NOT NULL)
UNION ALL
SELECT 'limit', 'a limit', EXISTS (SELECT 1 FROM memory_limit)
UNION ALL
SELECT 'rss', 'RSS', EXISTS (SELECT 1 FROM process_point AS p WHERE p.name = 'rss')
UNION ALL
SELECT 'ring', 'PauseEnd of MemStats', EXISTS (SELECT 1 FROM moment AS m WHERE m.ring_rate IS NOT NULL)
UNION ALL
SELECT 'gctrace', 'a gctrace log', EXISTS (SELECT 1 FROM v_gc_cycle)
UNION ALL
SELECT 'goroutines', 'the number of goroutines', EXISTS (SELECT 1 FROM process_point AS p WHERE p.name = 'goroutines')
UNION ALL
SELECT 'stacks', 'goroutine dumps', EXISTS (SELECT 1 FROM goroutine_capture)
UNION ALL
SELECT 'threads', 'the number of threads', EXISTS (SELECT 1 FROM process_point AS p WHERE p.name = 'threads')
UNION ALL
SELECT 'cpu', 'processor time and GOMAXPROCS', EXISTS (SELECT 1 FROM level AS lv WHERE lv.name = 'cpu')
UNION ALL
SELECT 'heap', 'two heap profiles of one life', EXISTS (SELECT 1 FROM heap_capture AS h WHERE h.ordinal > 0)
UNION ALL
SELECT 'benchmark', 'benchmark files', EXISTS (SELECT 1 FROM v_bench)
UNION ALL
SELECT 'builds', 'lives of two builds', (SELECT count(DISTINCT l.build) FROM life AS l WHERE l.build <> '') > 1;
