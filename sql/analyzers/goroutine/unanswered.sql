-- id:         goroutine.unanswered
-- title:      They wait for another goroutine, and none is left to answer
-- layer:      L3
-- term:       unanswered
-- gate:       yes
-- needs:      v_waiting v_stack_site v_site
-- params:     many=3, alone=0.5, behind=0.4, sure=0.9
-- only-with:  goroutine_group
--
-- Why: a send ends when somebody receives, a WaitGroup when the others call Done. Where one dump is all there is
-- and no other goroutine of the program is there to do it, or several stand in the same send, that is the
-- place to look at first: a receiver that took the first answer and left, a path without Done. It says how it
-- is at one moment, not for how long: the score is held at 40.
--
-- The main goroutine at a WaitGroup waits for the whole program, as many do by design: it is called only where nobody
-- is left at all, in no library either. Those at a condition then are whom it waits for, and go before it.
--
-- Blind spot: a producer waits in a send whenever its consumer is slower; the main goroutine may be that consumer.
-- Receives are not looked at: idle workers stand in them by the hundred.
--
-- Source: leaks.md 2.1 (LeakProf counts senders; Uber's patterns premature return, timeout, N-cast, double send).
WITH deserted AS MATERIALIZED (
    SELECT
        st.capture_id,
        st.site_id
    FROM v_waiting AS st
    WHERE st.wait_reason = 'sync.WaitGroup.Wait'
      AND st.movers = 0
      AND st.is_main = 1
      AND NOT EXISTS (
        SELECT 1
        FROM goroutine_group AS g
        JOIN v_stack_site AS vs ON vs.service_id = st.service_id AND vs.stack_id = g.stack_id
        JOIN v_site AS si ON si.site_id = vs.blocked_id
        WHERE g.capture_id = st.capture_id
          AND g.is_system = 0
          AND si.owner <> 'own'
      )
)
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    min(st.class) AS class,
    CASE
        WHEN st.wait_reason = 'sync.WaitGroup.Wait' AND max(st.at_cond) THEN :behind
        WHEN max(st.goroutines) >= :many THEN clamp01(:alone + 0.2 * log10(max(st.goroutines)))
        ELSE :alone
    END AS strength,
    format(
        '%s in one dump (%s)%s; a single dump does not say for how long',
        CASE WHEN max(st.goroutines) = 1 THEN 'one goroutine waits here'
            ELSE format('%s goroutines wait here', count_text(max(st.goroutines))) END,
        st.wait_reason,
        CASE WHEN min(st.movers) = 0 THEN ', and no other goroutine of the program is there to answer' ELSE '' END
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT st.capture_id),
        'goroutines', max(st.goroutines),
        'wait_reason', st.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        w.*,
        sum(w.wait_reason = 'sync.Cond.Wait') OVER (PARTITION BY w.capture_id) > 0 AS at_cond
    FROM v_waiting AS w
) AS st
WHERE (st.wait_reason = 'chan send' AND (st.goroutines >= :many OR st.movers = 0))
   OR (
    st.wait_reason = 'sync.WaitGroup.Wait'
    AND st.movers = 0
    AND (
        st.is_main = 0
        OR (st.capture_id, st.site_id) IN (SELECT d.capture_id, d.site_id FROM deserted AS d)
    )
   )
   OR (
    st.wait_reason = 'sync.Cond.Wait'
    AND st.movers = 0
    AND st.capture_id IN (SELECT d.capture_id FROM deserted AS d)
   )
GROUP BY
    st.service_id,
    st.site_id,
    st.wait_reason
ORDER BY
    st.service_id,
    st.site_id,
    st.wait_reason;
