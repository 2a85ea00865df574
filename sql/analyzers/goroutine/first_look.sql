-- id:         goroutine.first_look
-- title:      Where the program's own goroutines wait, when one moment is all there is
-- layer:      L3
-- term:       look
-- gate:       last
-- needs:      v_dump v_standing v_stack_site v_stack_path v_library_call v_lock_edge v_watched v_site wait_reason
-- params:     places=12, crowd=5, firm=0.6, soft=0.2
-- only-with:  goroutine_group
--
-- Why: whoever hands in one dump has a question, and "not enough evidence" is no answer to it. One moment does not
-- tell an idle worker from a goroutine that was left behind, but it tells where the program's own goroutines wait,
-- for what, and how many; that is where a person would begin to read. It names one place, the likeliest first, and
-- others in words: a send, a lock or a nil channel before others, and as a send what a library waits for that needs
-- somebody else (a reader of a pipe, a connection of a pool), of which a write to a peer that does not read goes first, and
-- those behind a lock come behind its holder; where waits have times, what has stood for a minute before what is
-- at work now and then, as busy workers are; goroutines whose creator has ended before
-- others; five and more at one place, and who was called from where five wait for a WaitGroup, before the one or two
-- that each part of a program has; requests that a server is at before what the program started itself; a receive
-- before a WaitGroup, for which others must go on first, that before a
-- select, a read or a sleep; many before few. The main goroutine, which mostly waits for the others, comes behind them
-- unless it stands in a send or at a lock; in a receive or a select, where programs wait for a signal, it comes behind
-- reads, and only where nobody else waits for anybody and none listens for signals. It is said only where nothing was
-- found and no process was captured three times in an hour or five times in less: a series decides by itself.
--
-- Blind spot: most of what it names is in order. It never counts as a leak, and has no score to speak of; its strength
-- only says whether it goes before what a library left open.
--
-- Source: leaks.md 2.1 (what people do with one dump); product, "not enough evidence is a result".
WITH crowd AS MATERIALIZED (
    SELECT
        st.service_id,
        st.capture_id,
        si.function
    FROM v_standing AS st
    JOIN v_site AS si USING (site_id)
    WHERE st.wait_reason = 'sync.WaitGroup.Wait'
      AND st.goroutines >= :crowd
),
awaited AS MATERIALIZED (
    SELECT DISTINCT
        c.capture_id,
        vs.blocked_id AS site_id
    FROM (SELECT DISTINCT cr.service_id, cr.capture_id FROM crowd AS cr) AS c
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    CROSS JOIN v_stack_path AS p ON p.service_id = c.service_id AND p.stack_id = g.stack_id
    WHERE p.level > 0
      AND (c.capture_id, p.function) IN (SELECT cr.capture_id, cr.function FROM crowd AS cr)
),
-- Where the main goroutine waits for a signal, or as others do.
idle_main AS MATERIALIZED (
    SELECT DISTINCT g.capture_id
    FROM (SELECT DISTINCT st.service_id, st.capture_id FROM v_standing AS st WHERE st.is_main = 1) AS c
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS root ON root.site_id = vs.root_id
    WHERE root.function = 'os/signal.loop'
    UNION
    SELECT st.capture_id
    FROM v_standing AS st
    JOIN wait_reason AS wr ON wr.reason = st.wait_reason
    WHERE st.is_main = 0
      AND wr.is_waiting = 1
      AND st.wait_reason NOT IN ('IO wait', 'syscall', 'sleep')
),
calling AS MATERIALIZED (
    SELECT
        st.service_id,
        st.site_id,
        st.wait_reason,
        max(via.is_firm) AS is_firm
    FROM v_standing AS st
    CROSS JOIN v_library_call AS via ON via.service_id = st.service_id AND via.site_id = st.site_id
    WHERE st.wait_reason GLOB via.reason
      AND st.service_id NOT IN (SELECT wd.service_id FROM v_watched AS wd)
    GROUP BY
        st.service_id,
        st.site_id,
        st.wait_reason
),
behind AS MATERIALIZED (
    SELECT
        le.capture_id,
        le.site_id,
        le.holder_id
    FROM v_lock_edge AS le
    WHERE le.kind = 'past'
),
request AS MATERIALIZED (
    SELECT DISTINCT
        c.capture_id,
        vs.blocked_id AS site_id
    FROM (
        SELECT DISTINCT
            st.service_id,
            st.capture_id
        FROM v_standing AS st
        WHERE st.service_id NOT IN (SELECT wd.service_id FROM v_watched AS wd)
    ) AS c
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    CROSS JOIN stack_frame AS sf ON sf.service_id = c.service_id AND sf.stack_id = g.stack_id
    WHERE sf.function IN (
        'net/http.(*conn).serve', 'net/http.(*http2serverConn).runHandler',
        'golang.org/x/net/http2.(*serverConn).runHandler', 'google.golang.org/grpc.(*Server).handleStream'
    )
),
place AS (
    SELECT
        st.service_id,
        st.site_id,
        substr(max(format('%012d%s', st.goroutines, st.wait_reason)), 13) AS wait_reason,
        max(st.goroutines) AS goroutines,
        max(st.minutes) AS minutes,
        max(st.orphans) AS orphans,
        max(st.held) AS held,
        max(st.held_ns) AS held_ns,
        max(st.capture_id) AS capture_id,
        max(wr.stuck_minutes IS NOT NULL OR cl.is_firm = 1 OR st.wait_reason = 'sync.Cond.Wait') AS is_firm,
        row_number() OVER (
            PARTITION BY st.service_id
            ORDER BY
                min(CASE
                    WHEN cl.is_firm = 1 AND st.wait_reason = 'IO wait' THEN 0
                    WHEN wr.stuck_minutes IS NOT NULL OR cl.is_firm = 1 THEN 1
                    WHEN (st.capture_id, st.site_id) IN (SELECT b.capture_id, b.holder_id FROM behind AS b) THEN 1
                    WHEN st.wait_reason = 'sync.Cond.Wait' THEN 2
                    ELSE 3
                END),
                max((st.capture_id, st.site_id) IN (SELECT b.capture_id, b.site_id FROM behind AS b)),
                min(st.has_times = 1 AND st.minutes = 0),
                max(coalesce(st.orphans, 0) > 0) DESC,
                max(
                    st.goroutines >= :crowd
                    OR (st.capture_id, st.site_id) IN (SELECT a.capture_id, a.site_id FROM awaited AS a)
                ) DESC,
                max(
                    (st.capture_id, st.site_id) IN (SELECT r.capture_id, r.site_id FROM request AS r)
                    OR (cl.site_id IS NOT NULL AND st.goroutines >= :crowd)
                ) DESC,
                min(CASE
                    WHEN st.is_main = 1 AND st.wait_reason IN ('chan receive', 'select') THEN 6
                    WHEN st.is_main = 1 AND wr.stuck_minutes IS NULL THEN 4
                    WHEN st.wait_reason IN ('chan receive', 'channel', 'coroutine') THEN 1
                    WHEN st.wait_reason GLOB 'sync.*' THEN 2
                    WHEN st.wait_reason = 'select' THEN 3
                    WHEN st.wait_reason IN ('IO wait', 'syscall') THEN 5
                    ELSE 7
                END),
                max(st.goroutines) DESC,
                st.site_id
        ) AS place
    FROM v_standing AS st
    JOIN wait_reason AS wr ON wr.reason = st.wait_reason
    LEFT JOIN calling AS cl ON cl.service_id = st.service_id AND cl.site_id = st.site_id AND cl.wait_reason = st.wait_reason
    WHERE wr.is_waiting = 1
      AND st.is_listener = 0
      AND (
        st.is_main = 0
        OR cl.is_firm = 1
        OR st.wait_reason GLOB 'sync.*'
        OR st.wait_reason GLOB 'chan send*'
        OR st.wait_reason = 'chan receive (nil chan)'
        OR (
            st.wait_reason IN ('chan receive', 'select')
            AND st.capture_id NOT IN (SELECT i.capture_id FROM idle_main AS i)
        )
      )
      AND st.service_id NOT IN (SELECT wd.service_id FROM v_watched AS wd)
    GROUP BY
        st.service_id,
        st.site_id
),
other AS (
    SELECT
        p.service_id,
        group_concat(format(
            '%s in %s%s (%s)',
            count_text(p.goroutines),
            replace(si.function, rtrim(si.function, replace(si.function, '/', '')), ''),
            CASE WHEN si.file = '' THEN '' ELSE format(
                ' at %s:%d',
                replace(si.file, rtrim(si.file, replace(si.file, '/', '')), ''),
                si.line
            ) END,
            p.wait_reason
        ), ', ') AS text,
        json_group_array(json_object(
            'function', si.function,
            'file', si.file,
            'line', si.line,
            'wait_reason', p.wait_reason,
            'goroutines', p.goroutines
        )) AS objects
    FROM (
        SELECT
            q.service_id,
            q.site_id,
            q.wait_reason,
            q.goroutines
        FROM place AS q
        WHERE q.place BETWEEN 2 AND :places
        ORDER BY
            q.service_id,
            q.place
    ) AS p
    JOIN v_site AS si USING (site_id)
    GROUP BY p.service_id
)
SELECT
    p.service_id,
    'goroutines:' || p.site_id AS subject,
    wr.class,
    CASE WHEN p.is_firm THEN :firm ELSE :soft END AS strength,
    format(
        '%s here (%s)%s%s%s%s%s; one moment does not tell an idle worker from a goroutine that was left behind',
        CASE WHEN p.goroutines = 1 THEN 'one goroutine waits'
            ELSE format('%s goroutines wait', count_text(p.goroutines)) END,
        p.wait_reason,
        CASE WHEN p.minutes > 0 THEN ', for ' || duration_text(p.minutes * 60000000000) ELSE '' END,
        CASE WHEN p.orphans > 0 THEN format(
            ', %s started by goroutines that have ended',
            CASE WHEN p.orphans = p.goroutines THEN 'all' ELSE count_text(p.orphans) || ' of them' END
        ) ELSE '' END,
        CASE WHEN p.held > 0 THEN format(
            ', %d of them also %s before', p.held, duration_text(p.held_ns)
        ) ELSE '' END,
        coalesce(', and of the program''s others ' || o.text, ''),
        CASE
            WHEN n.places > :places THEN format(' and more at %d other places', n.places - :places)
            ELSE ''
        END
    ) AS detail,
    json_object(
        'captures', json_array(p.capture_id),
        'goroutines', p.goroutines,
        'minutes', p.minutes,
        'orphans', p.orphans,
        'held', p.held,
        'held_ns', p.held_ns,
        'wait_reason', p.wait_reason,
        'others', json(coalesce(o.objects, '[]'))
    ) AS evidence,
    NULL AS same_as
FROM place AS p
JOIN wait_reason AS wr ON wr.reason = p.wait_reason
JOIN (
    SELECT
        q.service_id,
        count(*) AS places
    FROM place AS q
    GROUP BY q.service_id
) AS n ON n.service_id = p.service_id
LEFT JOIN other AS o ON o.service_id = p.service_id
WHERE p.place = 1
ORDER BY p.service_id;
