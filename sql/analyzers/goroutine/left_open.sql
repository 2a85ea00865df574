-- id:         goroutine.left_open
-- title:      Goroutines of a library stand for what the program left open
-- layer:      L3
-- term:       look
-- gate:       last
-- needs:      v_dump v_watched v_stack_site v_site library_wait
-- params:     many=1, order=0.4
-- only-with:  goroutine_group
--
-- Why: a body of HTTP that nobody closes, or rows of a database, leave no goroutine in the program's own code, but one
-- in the library that serves them, and its wait tells: the reader of a connection waits in a select while
-- a body is open, and in a read while the connection is idle. One moment does not tell a response that is just
-- being read from one that was forgotten; it is said like the places of goroutine.first_look, where nothing was found.
-- What a test reports that it left behind is looked at, too. It goes before a place where workers may be idle, and behind
-- a send or a lock.
--
-- Blind spot: who opened it; heap profiles tell the line. Requests that are under way when the dump is taken. A body of
-- HTTP/2 has no goroutine of its own.
--
-- Source: leaks.md 1.6 (E30: the usual leak of HTTP clients is a body that is not closed).
WITH open AS (
    SELECT
        d.service_id,
        d.capture_id,
        vs.blocked_id AS site_id,
        w.value AS wait_reason,
        lw.what,
        sum(g.count) AS goroutines,
        max(coalesce(g.max_minutes, 0)) AS minutes
    FROM v_dump AS d
    CROSS JOIN goroutine_group AS g USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS si ON si.site_id = vs.blocked_id
    JOIN library_wait AS lw ON lw.function = si.function AND lw.wait_reason = w.value
    JOIN capture AS c ON c.capture_id = d.capture_id
    WHERE (c.variant = 'goleak' OR (d.complete_place = 1 AND d.is_complete = 1))
      AND d.service_id NOT IN (SELECT wd.service_id FROM v_watched AS wd)
    GROUP BY
        d.capture_id,
        vs.blocked_id,
        w.value
)
SELECT
    o.service_id,
    'goroutines:' || o.site_id AS subject,
    'goroutine' AS class,
    :order AS strength,
    format(
        '%s of a library %s here (%s)%s, %s %s; one moment does not tell whether that is still to come',
        CASE WHEN max(o.goroutines) = 1 THEN 'one goroutine'
            ELSE count_text(max(o.goroutines)) || ' goroutines' END,
        CASE WHEN max(o.goroutines) = 1 THEN 'waits' ELSE 'wait' END,
        o.wait_reason,
        CASE WHEN max(o.minutes) > 0 THEN ' for up to ' || duration_text(max(o.minutes) * 60000000000) ELSE '' END,
        CASE WHEN max(o.goroutines) = 1 THEN 'for' ELSE 'each for' END,
        o.what
    ) AS detail,
    json_object(
        'captures', json_group_array(o.capture_id),
        'goroutines', max(o.goroutines),
        'minutes', max(o.minutes),
        'wait_reason', o.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM open AS o
WHERE o.goroutines >= :many
GROUP BY
    o.service_id,
    o.site_id,
    o.wait_reason
ORDER BY
    o.service_id,
    o.site_id,
    o.wait_reason;
