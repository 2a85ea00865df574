-- id:         goroutine.deadlock
-- title:      The process ended because all goroutines were asleep
-- layer:      L3
-- term:       deadlock
-- gate:       yes
-- needs:      v_stuck
--
-- Why: when no goroutine can run any more, and no timer and no network can wake one, the Go runtime ends the
-- process and prints every goroutine. Each that waits in the program's own code is part of the deadlock: that is
-- a proof. The main goroutine mostly waits for the others and is called last.
--
-- Blind spot: one thread in a system call, a timer or an open network connection is enough to keep the runtime
-- from noticing; most deadlocks of services are not found this way. See goroutine.stuck.
--
-- Source: formats.md 3 (fatal errors); leaks.md 2.1 (GoKer's blocking kernels).
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    min(st.class) AS class,
    CASE WHEN si.function GLOB 'main.main' AND others.sites > 1 THEN 0.8 ELSE 1.0 END AS strength,
    format(
        'the runtime ended the process because all its goroutines were asleep; %s here (%s)',
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
FROM v_stuck AS st
JOIN v_site AS si USING (site_id)
JOIN (
    SELECT
        o.service_id,
        count(DISTINCT o.site_id) AS sites
    FROM v_stuck AS o
    WHERE o.is_deadlock = 1
    GROUP BY o.service_id
) AS others ON others.service_id = st.service_id
WHERE st.is_deadlock = 1
GROUP BY
    st.service_id,
    st.site_id
ORDER BY
    st.service_id,
    st.site_id;
