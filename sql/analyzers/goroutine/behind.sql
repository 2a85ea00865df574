-- id:         goroutine.behind
-- title:      They wait for a lock, and another finding is who holds it
-- layer:      L3
-- term:       behind
-- needs:      v_lock_edge v_site
-- params:     past=0.9, ring=0.8, type=0.6
-- only-with:  goroutine_group
--
-- Why: a lock that is not released stops everybody at every place that takes it. Those are one fault and not as many
-- as there are places. Who holds the lock can be seen where its stack came through the function that the others wait in, past their
-- line; where it is the only one of the same type that stands in a send or at a WaitGroup; and where two places
-- wait for each other, each of which came through a method of the other's type.
--
-- Blind spot: a dump does not tell who holds a lock. Two objects of one type have two locks.
--
-- Source: leaks.md 2.1 (GoKer's blocking kernels: double locks, AB-BA, channel with lock).
SELECT
    le.service_id,
    'goroutines:' || le.site_id AS subject,
    NULL AS class,
    CASE le.kind WHEN 'past' THEN :past WHEN 'ring' THEN :ring ELSE :type END AS strength,
    format(
        '%s %s at %s:%d (%s)',
        CASE le.kind
            WHEN 'ring' THEN 'whoever holds the lock waits in turn for the one that was taken here, in'
            ELSE 'whoever holds the lock seems to stand in'
        END,
        si.function,
        replace(si.file, rtrim(si.file, replace(si.file, '/', '')), ''),
        si.line,
        le.holder_reason
    ) AS detail,
    json_object(
        'captures', json_array(le.capture_id),
        'holder', si.function,
        'kind', le.kind
    ) AS evidence,
    'goroutines:' || le.holder_id AS same_as
FROM v_lock_edge AS le
JOIN v_site AS si ON si.site_id = le.holder_id
ORDER BY
    le.service_id,
    le.site_id,
    le.capture_id,
    le.holder_id,
    le.kind;
