-- id:         goroutine.library_crowd
-- title:      Most goroutines wait in a library, and no line of the program is on their stacks
-- layer:      L3
-- term:       look
-- gate:       last
-- needs:      v_dump v_standing v_watched v_stack_site v_site wait_reason
-- params:     crowd=50, times=10, bystanders=3
-- only-with:  goroutine_group
--
-- Why: goroutines that a library starts for itself show no line of the program: the watcher of each client that was
-- never closed, the worker of each object that was made for a request and not once. Whoever hands in one dump of them
-- is told by goroutine.first_look of the few places of his own, or of none. Here the place in the library is said at
-- which most wait, with how many, where they are a crowd, and ten times as many as wait at any place of the program's
-- own. It is the innermost frame that is not Go's own, because that is the line the library's authors would look at.
-- Those that read from a connection are left out: a library has one for each, and idle ones are in order. So is
-- Go's own library, whose goroutines goroutine.left_open and goroutine.far_end know by name.
--
-- Blind spot: a pool with that many idle workers, a server with as many connections at work: one moment does not tell.
-- It never counts as a leak, and has no score to speak of.
--
-- Source: leaks.md 2.1 (what people do with one dump); product, "not enough evidence is a result".
WITH crowd AS (
    SELECT
        d.service_id,
        d.capture_id,
        vs.site_id,
        w.value AS wait_reason,
        sum(g.count) AS goroutines,
        max(coalesce(g.max_minutes, 0)) AS minutes,
        row_number() OVER (
            PARTITION BY d.service_id
            ORDER BY
                sum(g.count) DESC,
                vs.site_id,
                w.value
        ) AS place
    FROM v_dump AS d
    CROSS JOIN goroutine_group AS g USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN wait_reason AS wr ON wr.reason = w.value
    JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS si ON si.site_id = vs.site_id
    JOIN v_site AS own ON own.site_id = vs.blocked_id
    WHERE d.complete_place = 1
      AND d.is_complete = 1
      AND g.is_system = 0
      AND wr.is_waiting = 1
      AND w.value NOT IN ('IO wait', 'syscall')
      AND si.owner = 'library'
      AND own.owner <> 'own'
      AND d.service_id NOT IN (SELECT wd.service_id FROM v_watched AS wd)
    GROUP BY
        d.capture_id,
        vs.site_id,
        w.value
    HAVING sum(g.count) >= :crowd
),
own AS (
    SELECT
        st.service_id,
        max(st.goroutines) AS goroutines
    FROM v_standing AS st
    WHERE st.is_main = 0
    GROUP BY st.service_id
),
other AS (
    SELECT
        c.service_id,
        group_concat(format(
            '%s in %s%s (%s)',
            count_text(c.goroutines),
            replace(si.function, rtrim(si.function, replace(si.function, '/', '')), ''),
            CASE WHEN si.file = '' THEN '' ELSE format(
                ' at %s:%d',
                replace(si.file, rtrim(si.file, replace(si.file, '/', '')), ''),
                si.line
            ) END,
            c.wait_reason
        ), ', ') AS text
    FROM crowd AS c
    JOIN v_site AS si USING (site_id)
    WHERE c.place BETWEEN 2 AND 1 + :bystanders
    GROUP BY c.service_id
)
SELECT
    c.service_id,
    'goroutines:' || c.site_id AS subject,
    wr.class,
    0.0 AS strength,
    format(
        '%s goroutines of a library wait here (%s)%s%s; one moment does not tell idle workers from what was '
        || 'opened once too often and not closed',
        count_text(c.goroutines),
        c.wait_reason,
        CASE WHEN c.minutes > 0 THEN ' for up to ' || duration_text(c.minutes * 60000000000) ELSE '' END,
        coalesce(', and others of libraries ' || o.text, '')
    ) AS detail,
    json_object(
        'captures', json_array(c.capture_id),
        'goroutines', c.goroutines,
        'minutes', c.minutes,
        'wait_reason', c.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM crowd AS c
JOIN wait_reason AS wr ON wr.reason = c.wait_reason
LEFT JOIN own AS ow ON ow.service_id = c.service_id
LEFT JOIN other AS o ON o.service_id = c.service_id
WHERE c.place = 1
  AND c.goroutines >= :times * coalesce(ow.goroutines, 0)
ORDER BY c.service_id;
