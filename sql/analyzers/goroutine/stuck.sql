-- id:         goroutine.stuck
-- title:      Goroutines have waited longer than such a wait takes
-- layer:      L3
-- term:       stuck
-- gate:       yes
-- needs:      v_stuck
-- params:     many=2, sure=0.7, alone=0.4, hour=60
-- only-with:  goroutine_group
--
-- Why: most goroutines of a healthy process wait, and for hours: for a value, for a connection, for a tick. But a
-- lock is held for moments, and a value is sent to somebody who takes it. A goroutine that has stood at a lock
-- for a minute, or in a send for five, is stuck, even when their number never changes and one dump is all there
-- is: a lock taken twice, two taken in opposite order, a receiver that went away. On a nil channel or in an empty
-- select it is stuck at once. One single sender is called more softly: generators wait in a send until somebody asks.
--
-- Blind spot: the other waits (a receive, a select, a WaitGroup, a condition) look the same in a leak and in an
-- idle worker; they show by piling up, or by the runtime's own proof. The runtime prints waits in whole minutes,
-- and from the second collection on.
--
-- Source: leaks.md 2.1 (GoKer's families: double lock, AB-BA, missing unlock, channel misuse); formats.md 3.2.
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    min(st.class) AS class,
    CASE
        WHEN max(st.wait_reason GLOB 'sync.*Lock') OR sum(st.goroutines) >= :many
            THEN :sure + (1 - :sure) * clamp01(max(st.minutes) * 1.0 / :hour)
        ELSE :alone
    END AS strength,
    format(
        '%s: %s, for %s and more',
        CASE WHEN sum(st.goroutines) = 1 THEN 'one goroutine is stuck here'
            ELSE format('%s goroutines are stuck here', count_text(sum(st.goroutines))) END,
        min(st.wait_reason),
        duration_text(max(st.minutes) * 60000000000)
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT st.capture_id),
        'goroutines', sum(st.goroutines),
        'minutes', max(st.minutes),
        'wait_reason', min(st.wait_reason)
    ) AS evidence,
    NULL AS same_as
FROM v_stuck AS st
WHERE st.is_deadlock = 0
GROUP BY
    st.service_id,
    st.site_id
ORDER BY
    st.service_id,
    st.site_id;
