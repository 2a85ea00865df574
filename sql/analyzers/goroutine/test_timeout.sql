-- id:         goroutine.test_timeout
-- title:      A test ran into its time limit, and nothing of it was at work
-- layer:      L3
-- term:       stuck
-- gate:       yes
-- needs:      v_standing v_stack_site wait_reason
-- params:     sure=0.9, waits=0.7
--
-- Why: go test ends a test that takes too long and prints every goroutine. Where none of the program's own computes,
-- sleeps, reads or writes the test is not slow, it hangs. Whoever stands at a lock, in a send, at a condition or on
-- a nil channel then is where; where nobody does, and no other goroutine is there to answer, it is the line where the
-- test itself waits. A test that waits for its subtests or for its turn is not looked at.
--
-- Blind spot: what a test waits for may be outside of the process. Goroutines of tests that ran before are in the
-- dump, too.
--
-- Source: leaks.md 2.1 (GoKer's blocking kernels are tests that hang).
WITH quiet AS MATERIALIZED (
    SELECT
        st.service_id,
        st.capture_id,
        sum(wr.stuck_minutes IS NOT NULL OR st.wait_reason = 'sync.Cond.Wait') AS firm,
        sum(st.wait_reason IN ('chan receive', 'select', 'channel', 'coroutine')) AS answers
    FROM v_standing AS st
    JOIN capture AS c USING (capture_id)
    JOIN wait_reason AS wr ON wr.reason = st.wait_reason
    WHERE c.variant = 'test timeout'
    GROUP BY st.capture_id
    HAVING sum(
        st.is_listener = 0
        AND st.wait_reason IN ('running', 'runnable', 'syscall', 'IO wait', 'sleep', 'unknown')
    ) = 0
),
hangs AS (
    SELECT
        st.service_id,
        st.capture_id,
        st.site_id,
        st.wait_reason,
        st.goroutines,
        wr.class,
        wr.stuck_minutes IS NOT NULL OR st.wait_reason = 'sync.Cond.Wait' AS is_firm,
        q.firm,
        q.answers - (st.wait_reason IN ('chan receive', 'select', 'channel', 'coroutine')) AS answers,
        EXISTS (
            SELECT 1
            FROM goroutine_group AS g
            JOIN v_stack_site AS vs ON vs.service_id = st.service_id AND vs.stack_id = g.stack_id
            CROSS JOIN stack_frame AS sf ON sf.service_id = vs.service_id AND sf.stack_id = vs.stack_id
            WHERE g.capture_id = st.capture_id
              AND vs.blocked_id = st.site_id
              AND sf.function = 'testing.tRunner'
        ) AS is_test
    FROM v_standing AS st
    JOIN quiet AS q USING (capture_id)
    JOIN wait_reason AS wr ON wr.reason = st.wait_reason
    WHERE st.is_main = 0
)
SELECT
    h.service_id,
    'goroutines:' || h.site_id AS subject,
    min(h.class) AS class,
    max(CASE WHEN h.is_firm THEN :sure ELSE :waits END) AS strength,
    format(
        'a test was ended at its time limit, and nothing of it was at work; %s here (%s)',
        CASE WHEN max(h.goroutines) = 1 THEN 'one goroutine waited'
            ELSE format('%s goroutines waited', count_text(max(h.goroutines))) END,
        h.wait_reason
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT h.capture_id),
        'goroutines', max(h.goroutines),
        'wait_reason', h.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM hangs AS h
WHERE h.is_firm
   OR (h.is_test AND h.firm = 0 AND h.answers = 0)
GROUP BY
    h.service_id,
    h.site_id,
    h.wait_reason
ORDER BY
    h.service_id,
    h.site_id,
    h.wait_reason;
