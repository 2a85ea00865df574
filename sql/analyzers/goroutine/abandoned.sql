-- id:         goroutine.abandoned
-- title:      Those who started them have ended, one after the other, and left them waiting
-- layer:      L3
-- term:       unanswered
-- gate:       yes
-- needs:      v_waiting
-- params:     some=3, many=20, again=2, sure=0.9, alone=0.5, held_minutes=2
-- only-with:  goroutine_group
--
-- Why: from Go 1.21 on a dump says which goroutine started another. Workers are started by one that lives on, or by
-- one that set them all up. Where several wait at one place, each was started by a different goroutine, and all of these
-- have ended, they look like requests that left something behind. A few are called where no other goroutine of the
-- program is at work that could wake them, many wherever they are; and two where an earlier dump had some of them, by
-- their ids, and none of those has gone since. It says how it is at a moment: the score is held at 40.
--
-- Blind spot: connections and subscriptions that outlive the request that opened them. Where what was left behind has
-- a goroutine that reads or sleeps beside it, that one is taken to keep the others, as the two of a connection do.
-- Dumps of Go 1.20 and older, profiles and dumps that are not whole do not tell who started what.
--
-- Source: formats.md 3.3 (created by ... in goroutine N); leaks.md 2.1 (Uber's patterns: method contract violation).
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    min(st.class) AS class,
    CASE
        WHEN max(st.gone = 0 AND st.held_ns >= :held_minutes * 60e9) THEN :sure
        ELSE clamp01(:alone + 0.2 * log10(max(st.creators)))
    END AS strength,
    format(
        '%s goroutines wait here (%s) that were started by %s others, all of which have ended%s%s',
        count_text(max(st.orphans)),
        st.wait_reason,
        count_text(max(st.creators)),
        CASE WHEN min(st.at_work) = 0 THEN ', and nobody else of the program is at work'
            ELSE '' END,
        CASE WHEN max(st.gone) = 0 THEN format(
            '; %d of them stood here %s before, and none that did has gone',
            max(st.held),
            duration_text(max(st.held_ns))
        ) ELSE '' END
    ) AS detail,
    json_object(
        'captures', json_group_array(DISTINCT st.capture_id),
        'goroutines', max(st.goroutines),
        'orphans', max(st.orphans),
        'ended_creators', max(st.creators),
        'held', max(st.held),
        'held_ns', max(st.held_ns),
        'minutes', max(st.minutes),
        'wait_reason', st.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM v_waiting AS st
WHERE st.wait_reason IN ('chan receive', 'chan send', 'select', 'sync.Cond.Wait', 'sync.WaitGroup.Wait')
  AND (
    st.creators >= :many
    OR (st.creators >= :some AND st.at_work = 0)
    OR (
        st.creators >= :again
        AND st.at_work = 0
        AND st.gone = 0
        AND st.held_ns >= :held_minutes * 60e9
    )
  )
GROUP BY
    st.service_id,
    st.site_id,
    st.wait_reason
ORDER BY
    st.service_id,
    st.site_id,
    st.wait_reason;
