-- id:         goroutine.deadlock
-- title:      The process ended because all goroutines were asleep
-- layer:      L3
-- term:       deadlock
-- gate:       yes
-- needs:      v_stuck v_stack_site v_site
-- only-with:  goroutine_group
--
-- Why: when no goroutine can run any more, and no timer and no network can wake one, the Go runtime ends the
-- process and prints every goroutine. Each that waits in the program's own code is part of the deadlock: that is
-- a proof. The main goroutine mostly waits for the others in a receive or a select, as whoever stands at a WaitGroup does,
-- and is called last. Package testing/synctest says the same of the bubble of a test.
--
-- Blind spot: one thread in a system call, a timer or an open network connection is enough to keep the runtime
-- from noticing; most deadlocks of services are not found this way. See goroutine.stuck.
--
-- Source: formats.md 3 (fatal errors); leaks.md 2.1 (GoKer's blocking kernels).
WITH asleep AS MATERIALIZED (
    SELECT
        sk.service_id,
        sk.site_id,
        sk.capture_id,
        sk.class,
        sk.wait_reason,
        sk.goroutines,
        c.variant = 'test deadlock' AS is_bubble,
        sk.wait_reason = 'sync.WaitGroup.Wait'
        OR (
            sk.wait_reason IN ('chan receive', 'select')
            AND EXISTS (
                SELECT 1
                FROM goroutine_group AS g
                JOIN v_stack_site AS vs ON vs.service_id = sk.service_id AND vs.stack_id = g.stack_id
                JOIN v_site AS root ON root.site_id = vs.root_id
                WHERE g.capture_id = sk.capture_id
                  AND vs.blocked_id = sk.site_id
                  AND root.function = 'main.main'
                  AND g.creator_id IS NULL
            )
        ) AS is_for_others
    FROM v_stuck AS sk
    JOIN capture AS c USING (capture_id)
    WHERE sk.is_deadlock = 1
)
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    min(st.class) AS class,
    CASE WHEN min(st.is_for_others) = 1 AND firm.service_id IS NOT NULL THEN 0.8 ELSE 1.0 END AS strength,
    format(
        '%s; %s here (%s)',
        CASE WHEN min(st.is_bubble) = 1 THEN 'a test ended because all goroutines of its bubble were asleep'
            ELSE 'the runtime ended the process because all its goroutines were asleep' END,
        CASE WHEN sum(st.goroutines) = 1 THEN 'one of them waited'
            ELSE format('%s of them waited', count_text(sum(st.goroutines))) END,
        group_concat(DISTINCT st.wait_reason)
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT st.capture_id),
        'goroutines', sum(st.goroutines),
        'wait_reason', min(st.wait_reason)
    ) AS evidence,
    NULL AS same_as
FROM asleep AS st
LEFT JOIN (
    SELECT DISTINCT a.service_id
    FROM asleep AS a
    WHERE a.is_for_others = 0
) AS firm ON firm.service_id = st.service_id
GROUP BY
    st.service_id,
    st.site_id
ORDER BY
    st.service_id,
    st.site_id;
