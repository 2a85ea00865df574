-- process_reading: the readings that analyzers use, by the names of the ledger (include/leakledger/capture.h).
--
--   name   as in v_reading
--   use    what it is taken for: live, gogc, go-limit, roots-stack, roots-globals, cpu-gc, cpu-gc-idle, cpu-gc-assist, cpu-idle, cpu-all, rss, file,
--          lazy (given back, and not taken yet), peak, goroutines, threads, fds, max-fds, limit, high (memory.high), met-high and met-limit (how often
--          the kernel made the container wait there), kills (how often it ended something there), restarts (of the container), stall-total and stall-now (seconds, and percent of the last
--          ten, in which something waited for memory)
--   place  of several with one use in one process the one with the lowest number counts
--
-- process_series: the courses that are judged for each process.
--
--   name       as in v_process_series
--   is_bytes   1: bytes; 0: a number of things
--   title      in words

CREATE VIEW process_reading AS
SELECT '/gc/heap/live:bytes' AS name, 'live' AS use, 1 AS place
UNION ALL SELECT '/gc/gogc:percent', 'gogc', 1
UNION ALL SELECT '/gc/gomemlimit:bytes', 'go-limit', 1
UNION ALL SELECT '/gc/scan/stack:bytes', 'roots-stack', 1
UNION ALL SELECT '/gc/scan/globals:bytes', 'roots-globals', 1
UNION ALL SELECT '/cpu/classes/gc/total:cpu-seconds', 'cpu-gc', 1
UNION ALL SELECT '/cpu/classes/gc/mark/idle:cpu-seconds', 'cpu-gc-idle', 1
UNION ALL SELECT '/cpu/classes/gc/mark/assist:cpu-seconds', 'cpu-gc-assist', 1
UNION ALL SELECT '/cpu/classes/idle:cpu-seconds', 'cpu-idle', 1
UNION ALL SELECT '/cpu/classes/total:cpu-seconds', 'cpu-all', 1
UNION ALL SELECT 'process.rss', 'rss', 1
UNION ALL SELECT 'cgroup.memory.stat.anon', 'rss', 2
UNION ALL SELECT 'process.rss_file', 'file', 1
UNION ALL SELECT 'process.rss_shmem', 'file', 1
UNION ALL SELECT 'process.smaps.LazyFree', 'lazy', 1
UNION ALL SELECT 'process.rss_peak', 'peak', 1
UNION ALL SELECT '/sched/goroutines:goroutines', 'goroutines', 2
UNION ALL SELECT 'process.threads', 'threads', 1
UNION ALL SELECT '/sched/threads/total:threads', 'threads', 2
UNION ALL SELECT 'process.open_fds', 'fds', 1
UNION ALL SELECT 'process.max_fds', 'max-fds', 1
UNION ALL SELECT 'cgroup.memory.max', 'limit', 1
UNION ALL SELECT 'limit.memory', 'limit', 2
UNION ALL SELECT 'cgroup.memory.high', 'high', 1
UNION ALL SELECT 'cgroup.memory.events.high', 'met-high', 1
UNION ALL SELECT 'cgroup.memory.events.max', 'met-limit', 1
UNION ALL SELECT 'cgroup.memory.events.oom_kill', 'kills', 1
UNION ALL SELECT 'kubernetes.restarts', 'restarts', 1
UNION ALL SELECT 'cgroup.memory.pressure.some.total', 'stall-total', 1
UNION ALL SELECT 'cgroup.memory.pressure.some.avg10', 'stall-now', 1;

CREATE VIEW process_series AS
SELECT 'live_heap' AS name, 1 AS is_bytes, 'live heap' AS title
UNION ALL SELECT 'heap_inuse', 1, 'heap in use'
UNION ALL SELECT 'stack_inuse', 1, 'memory of goroutine stacks'
UNION ALL SELECT 'stack_per_goroutine', 1, 'stack of one goroutine'
UNION ALL SELECT 'rss', 1, 'resident memory'
UNION ALL SELECT 'outside_go', 1, 'resident memory outside the Go runtime'
UNION ALL SELECT 'goroutines', 0, 'number of goroutines'
UNION ALL SELECT 'threads', 0, 'number of threads'
UNION ALL SELECT 'open_fds', 0, 'number of open file descriptors';
