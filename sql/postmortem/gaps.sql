-- Evidence that was missing, what it would have told, and how to have it next time.
INSERT INTO death_gap (place, gap, what, tells, is_bad)
WITH seen AS (
    SELECT
        d.*,
        (
            SELECT count(*)
            FROM v_memory_ledger AS ml
            WHERE ml.lifetime_id = d.lifetime_id
              AND ml.t_ns <= d.end_ns
              AND ml.footprint IS NOT NULL
        ) AS memstats,
        (
            SELECT count(*)
            FROM temp.heap_capture AS hc
            WHERE hc.lifetime_id = d.lifetime_id
              AND hc.t_ns <= d.end_ns
        ) AS heaps,
        (
            SELECT count(*)
            FROM temp.goroutine_capture AS gc
            WHERE gc.lifetime_id = d.lifetime_id
              AND gc.t_ns <= d.end_ns
        ) AS dumps,
        (
            SELECT count(p.max_minutes)
            FROM temp.goroutine_point AS p
            WHERE p.lifetime_id = d.lifetime_id
        ) AS minutes,
        (
            SELECT count(*)
            FROM v_process_series AS p
            WHERE p.lifetime_id = d.lifetime_id
              AND p.name = 'rss'
        ) AS sizes,
        (
            SELECT count(gi.cpu_share)
            FROM v_gc_interval AS gi
            WHERE gi.lifetime_id = d.lifetime_id
        ) AS shares,
        (SELECT CAST(max(f.value) AS INTEGER) FROM death_fact AS f WHERE f.name = 'unmet_goal') AS unmet_goal,
        (SELECT count(*) FROM temp.death_fact AS f WHERE f.name = 'go_limit') AS go_limits,
        (SELECT max(f.value) FROM death_fact AS f WHERE f.name = 'gogc_known') AS gogc_known,
        (SELECT max(f.value) FROM death_fact AS f WHERE f.name = 'unseen_gain') AS unseen_gain,
        (SELECT max(f.value) FROM death_fact AS f WHERE f.name = 'death_level') AS death_level,
        (SELECT max(f.value) FROM death_fact AS f WHERE f.name = 'slope') AS slope,
        EXISTS (SELECT 1 FROM death_sign AS s WHERE s.source = 'kernel') AS has_kernel,
        EXISTS (SELECT 1 FROM declared AS dc WHERE dc.service = d.service AND dc.what = 'release')
        AND EXISTS (SELECT 1 FROM v_build AS b WHERE b.service = d.service AND b.release <> '') AS has_releases
    FROM v_death AS d
)
SELECT 1 AS place, 'captures' AS gap, 'Nothing of the process was captured.' AS what,
    'A heap profile, MemStats and a goroutine dump every few minutes; the newest ones kept until after a kill.' AS tells,
    1 AS is_bad
FROM seen AS s
WHERE s.lifetime_id IS NULL
UNION ALL
SELECT 2, 'victim', 'The captured process lived on: which process died is told by the kernel''s line alone.',
    'Captures of every process of the cgroup, children and sidecars too.', 1
FROM seen AS s
WHERE s.is_survivor = 1
UNION ALL
SELECT 3, 'unseen',
    format('%s between the last capture and the kill', duration_text(s.unseen_ns))
    || CASE WHEN s.unseen_gain IS NULL OR s.slope IS NULL THEN '' ELSE format(
        ': it had %s %s at the end (the rise before makes that %s more)',
        bytes_text(abs(CAST(s.unseen_gain AS INTEGER))),
        CASE WHEN s.unseen_gain < 0 THEN 'less' ELSE 'more' END,
        bytes_text(CAST(max(0, s.slope) * s.unseen_ns AS INTEGER))
    ) END || '.',
    'A capture when memory passes 80 or 90 % of the limit, taken by the service itself or by its collector.',
    s.unseen_ns > 2 * s.pace_ns
FROM seen AS s
WHERE s.unseen_ns > 0
UNION ALL
SELECT 4, 'identity',
    CASE s.chosen_by
        WHEN 'nearest' THEN 'Which instance was killed is not told; the one whose captures end nearest to the kill was taken.'
        ELSE 'Which instance was killed is not told; only this one fell silent then.'
    END,
    'The pod''s name or uid beside the kernel''s line (journal with the container''s id, kubectl get pod -o json), or /proc/PID/status among the captures.',
    s.chosen_by = 'nearest'
FROM seen AS s
WHERE s.chosen_by IN ('nearest', 'silent')
UNION ALL
SELECT 5, 'clock',
    format('The clocks disagree: captures of the dead process lie up to %s behind its kill.', duration_text(s.skew_ns)),
    'Clocks of nodes and of the collector kept by NTP; times of this page are as each clock told them.', 0
FROM seen AS s
WHERE s.skew_ns > 0
UNION ALL
SELECT 6, 'time',
    format('When it was is not told: between %s and %s a counter rose.', rfc3339(s.time_ns), rfc3339(s.until_ns)),
    'The kernel''s log of the node (dmesg -T, journalctl -k -o json) among the captures.', 1
FROM seen AS s
WHERE s.until_ns IS NOT NULL
UNION ALL
SELECT 7, 'kernel', 'How large it was when it died: there is no kernel line.',
    'The kernel''s log of the node: journalctl -k -o json, or leakledger postmortem --kernel-log FILE.', 1
FROM seen AS s
WHERE s.has_kernel = 0
UNION ALL
SELECT 8, 'tasks', 'What else ran in the cgroup and how large it was: the kernel''s table of tasks is not there.',
    'The whole kernel message and not only its last line; sysctl vm.oom_dump_tasks=1.', 0
FROM seen AS s
WHERE s.has_kernel = 1
  AND s.has_tasks = 0
UNION ALL
SELECT 9, 'limit', 'At which limit it died.',
    'memory.max (or memory.limit_in_bytes) of its cgroup among the captures, the pod''s specification, or limit = in the configuration.', 1
FROM seen AS s
WHERE s.limit_bytes IS NULL
  AND s.scope <> 'global'
UNION ALL
SELECT 10, 'memstats', 'What of the memory was heap, garbage, stacks: there are no MemStats.',
    'heap?debug=1 (it ends with MemStats and the times of the last 256 collections), or /debug/vars.', 1
FROM seen AS s
WHERE s.memstats = 0
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 11, 'uncollected',
    'What of the heap was alive: nothing was collected from the first capture to the last; '
    || CASE
        WHEN s.unmet_goal > 4611686018427387904 THEN 'the collector was off, NextGC has no end.'
        ELSE format('NextGC stood at %s, above the limit of %s.', bytes_text(s.unmet_goal), bytes_text(s.limit_bytes))
    END,
    'A GOGC or a GOMEMLIMIT with which the heap is collected below the limit; what is alive is known then.', 1
FROM seen AS s
WHERE s.unmet_goal IS NOT NULL
UNION ALL
SELECT 12, 'heap', 'Which lines hold the memory: there are no heap profiles of the process.',
    '/debug/pprof/heap, every few minutes.', 0
FROM seen AS s
WHERE s.heaps = 0
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 13, 'size', 'What was outside Go (cgo, mappings): its resident size was not captured.',
    '/proc/PID/status, or memory.stat of its cgroup.', 0
FROM seen AS s
WHERE s.sizes = 0
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 14, 'goroutines', 'What its goroutines did: there is no dump.',
    '/debug/pprof/goroutine?debug=2.', 0
FROM seen AS s
WHERE s.dumps = 0
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 15, 'waits', 'How long goroutines had waited: only dumps of debug=2 tell minutes.',
    '/debug/pprof/goroutine?debug=2, now and then.', 0
FROM seen AS s
WHERE s.dumps > 0
  AND s.minutes = 0
UNION ALL
SELECT 16, 'collector', 'How much of the processor the collector took.',
    'Two captures of MemStats a life, or runtime/metrics (/cpu/classes/gc/total:cpu-seconds).', 0
FROM seen AS s
WHERE s.shares = 0
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 17, 'settings',
    CASE
        WHEN s.gogc_known = 1 THEN 'Whether GOMEMLIMIT was set.'
        WHEN s.go_limits > 0 THEN 'GOGC: 100 is assumed.'
        ELSE 'GOGC (100 is assumed), and whether GOMEMLIMIT was set.'
    END,
    'runtime/metrics: /gc/gogc:percent and /gc/gomemlimit:bytes.', 0
FROM seen AS s
WHERE s.lifetime_id IS NOT NULL
  AND (
      coalesce(s.gogc_known, 0) = 0
      OR s.go_limits = 0
  )
  AND coalesce(s.unmet_goal, 0) <= 4611686018427387904
UNION ALL
SELECT 18, 'before', 'How it looks when it is well: no other life of the service was captured before.',
    'Captures of every process, not only of those that are in trouble.', 0
FROM seen AS s
WHERE s.before_id IS NULL
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 19, 'build', 'Which build it was.',
    'A build id: go build -ldflags, or the version in the path of the captures.', 0
FROM seen AS s
WHERE s.build = ''
  AND s.lifetime_id IS NOT NULL
UNION ALL
SELECT 20, 'releases', 'Which release brought the build.',
    'A CSV with the columns service, time, version and build among the captures.', 0
FROM seen AS s
WHERE s.build <> ''
  AND s.has_releases = 0;
