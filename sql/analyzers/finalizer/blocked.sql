-- id:         finalizer.blocked
-- title:      The goroutine that runs finalizers is stuck
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_finalizing v_stack_site v_site v_life wait_reason
-- params:     min_captures=2, sure_captures=3
-- only-with:  goroutine_group
--
-- Why: all finalizers run one after the other on one goroutine. One that waits, for a lock, a channel, the
-- network, holds up all that come after it; every object with a finalizer, and all that it refers to, then
-- stays for ever, in gigabytes that no path of references explains. The runtime shows this goroutine in
-- profiles and dumps only while it runs code of the program. At the same place in two captures of one
-- process is no accident. A dump hides its frames of the runtime and who started it: of all goroutines that
-- run code of the program, only this one, main and calls out of C have nobody who started them.
--
-- Blind spot: a finalizer that is merely slow looks the same while captures are close together. From Go
-- 1.25 on cleanups (AddCleanup) run on several goroutines: one that is stuck slows them only.
--
-- Source: leaks.md 2.2 (goref; go-sqlite3 #1328: profile far above what is reachable); formats.md 3.6.
WITH stuck AS (
    SELECT
        f.service_id,
        l.lifetime_id,
        vs.blocked_id,
        c.capture_id,
        c.time_ns,
        w.value AS state,
        coalesce(wr.is_waiting, 1) AS is_waiting,
        g.max_minutes
    FROM v_finalizing AS f
    CROSS JOIN v_life AS l USING (service_id)
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN goroutine_group AS g ON g.capture_id = lc.capture_id AND g.stack_id = f.stack_id
    JOIN capture AS c ON c.capture_id = lc.capture_id
    JOIN v_stack_site AS vs ON vs.service_id = f.service_id AND vs.stack_id = f.stack_id
    JOIN v_site AS si ON si.site_id = vs.blocked_id
    JOIN word AS w ON w.word_id = g.state_id
    LEFT JOIN wait_reason AS wr ON wr.reason = w.value
    WHERE si.owner <> 'runtime'
),
by_life AS (
    SELECT
        s.service_id,
        s.lifetime_id,
        s.blocked_id,
        count(DISTINCT s.capture_id) AS captures,
        max(s.max_minutes) AS minutes,
        max(s.time_ns) - min(s.time_ns) AS span_ns,
        min(s.state) AS state,
        (
            SELECT count(*)
            FROM lifetime_capture AS lc
            JOIN capture AS c USING (capture_id)
            WHERE lc.lifetime_id = s.lifetime_id
              AND c.kind = 'goroutine'
              AND c.time_ns >= min(s.time_ns)
        ) AS all_captures,
        json_group_array(DISTINCT s.capture_id) AS ids
    FROM stuck AS s
    WHERE s.is_waiting = 1
    GROUP BY
        s.lifetime_id,
        s.blocked_id
),
ranked AS (
    SELECT
        bl.*,
        row_number() OVER (
            PARTITION BY bl.service_id, bl.blocked_id
            ORDER BY bl.captures DESC, bl.lifetime_id
        ) AS place
    FROM by_life AS bl
    WHERE bl.captures >= :min_captures
      AND bl.captures * 2 >= bl.all_captures
)
SELECT
    r.service_id,
    'service:finalizer@' || r.blocked_id AS subject,
    'finalizer' AS class,
    CASE WHEN r.captures >= :sure_captures THEN 1.0 ELSE 0.8 END AS strength,
    format(
        'the goroutine that runs finalizers is stuck in %s (%s:%d), %s: in %d captures over %s; objects with '
        || 'finalizers can no longer be freed',
        si.function,
        si.file,
        si.line,
        r.state,
        r.captures,
        duration_text(r.span_ns)
    ) AS detail,
    json_object(
        'captures', json(r.ids),
        'wait_reason', r.state,
        'minutes', r.minutes
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
JOIN v_site AS si ON si.site_id = r.blocked_id
WHERE r.place = 1
ORDER BY
    r.service_id,
    r.blocked_id;
