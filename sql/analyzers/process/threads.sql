-- id:         process.threads
-- title:      Threads pile up
-- layer:      L5
-- term:       growth
-- gate:       yes
-- needs:      v_process_growth
-- params:     min_threads=20
--
-- Why: the Go runtime makes another thread when all others are held: in a system call that does not
-- return, in C code, or by LockOSThread. It hardly ever gives one back. So the number is a high-water mark
-- and levels off when the worst moment has been; one that goes on rising means that threads are held for
-- ever. Each costs its stack outside the Go heap, and at 10,000 the runtime ends the process.
--
-- Blind spot: disks or name servers that get slower and slower raise the mark as well. The number tells
-- nothing of who holds the threads: a goroutine dump shows those in system calls, one thread each.
--
-- Source: leaks.md 2.1 (holmes watches threads); the limit is debug.SetMaxThreads.
SELECT
    pg.service_id,
    'service:threads' AS subject,
    'offheap' AS class,
    clamp01(0.4 - log10(max(min(pg.p_trend, max(pg.p_plain, 0.0001)), 1e-12)) / 10.0) AS strength,
    format(
        'operating system threads pile up: %s at first, %s at the end (more by %s); they are held in '
        || 'system calls, in C code or by LockOSThread',
        count_text(pg.first_value),
        count_text(pg.last_value),
        rate_text(pg.slope * 86400e9, pg.span_ns, 0)
    ) AS detail,
    json_object(
        'captures', json(pg.captures_json),
        'threads_per_day', pg.slope * 86400e9,
        'low', pg.slope_low * 86400e9,
        'high', pg.slope_high * 86400e9,
        'p', pg.p_trend
    ) AS evidence,
    NULL AS same_as
FROM v_process_growth AS pg
WHERE pg.name = 'threads'
  AND pg.is_rising = 1
  AND pg.growth >= max(:min_threads, 0.5 * pg.first_value)
ORDER BY pg.service_id;
