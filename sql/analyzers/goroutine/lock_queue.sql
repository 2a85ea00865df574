-- id:         goroutine.lock_queue
-- title:      They wait for a lock, and nobody is at work who could release it
-- layer:      L3
-- term:       stuck
-- gate:       yes
-- needs:      v_standing v_lock_place v_lock_edge v_site
-- params:     sure=0.66, maybe=0.5, crowd=20, enough_dumps=3
-- only-with:  goroutine_group
--
-- Why: whoever holds a lock is doing something: it computes, sleeps, reads or writes. When one dump shows
-- goroutines at a lock and none of the program's own is at such work, the holder is blocked itself, or it left
-- without unlocking: a lock taken twice, two taken in opposite order, a channel waited for under a lock, a return
-- before Unlock. That needs no second dump and no waiting times. Where others stand in a select or a receive, one
-- of them may hold it and go on in a moment: that is said more softly. A crowd at one lock is called even while
-- somebody is at work, when a method of the same type, past the lock, is where it seems to be held. Where dumps know how long each has waited, or there are three and
-- more, goroutine.stuck decides, and this is silent.
--
-- Blind spot: the main goroutine is taken not to hold locks while it computes, sleeps, reads or writes. A dump does not tell who holds a lock; the one that
-- is named shares the function or the type with those that wait.
--
-- Source: leaks.md 2.1 (GoKer's blocking kernels: 12 double locks, 6 AB-BA, 5 of readers and writers).
WITH queue AS (
    SELECT
        st.service_id,
        st.capture_id,
        st.site_id,
        min(st.wait_reason) AS wait_reason,
        sum(st.goroutines) AS goroutines
    FROM v_standing AS st
    WHERE st.has_times = 0
      AND st.dumps < :enough_dumps
      AND st.wait_reason GLOB 'sync.*Mutex.*Lock'
    GROUP BY
        st.capture_id,
        st.site_id
),
others AS (
    SELECT
        st.capture_id,
        sum(
            st.is_main = 0
            AND st.wait_reason IN ('running', 'runnable', 'syscall', 'IO wait', 'sleep', 'unknown')
        ) AS at_work,
        sum(
            st.is_main = 0
            AND st.wait_reason IN ('select', 'chan receive', 'channel', 'coroutine')
        ) AS in_between
    FROM v_standing AS st
    GROUP BY st.capture_id
),
-- In the same function rather than another of the type. Who waits for the lock that is held here does not hold it.
held AS (
    SELECT
        q.*,
        coalesce((
            SELECT lp.place_id
            FROM v_lock_place AS lp
            WHERE lp.capture_id = q.capture_id
              AND lp.function = at.function
              AND lp.site_id <> q.site_id
              AND lp.goroutines < q.goroutines + 2
              AND NOT EXISTS (
                SELECT 1
                FROM v_lock_edge AS le
                WHERE le.site_id = lp.site_id
                  AND le.holder_id = q.site_id
                  AND le.is_same_type = 1
              )
            ORDER BY
                lp.goroutines,
                lp.site_id,
                lp.wait_reason
            LIMIT 1
        ), (
            SELECT lp.place_id
            FROM v_lock_place AS lp
            WHERE lp.capture_id = q.capture_id
              AND lp.type = at.type
              AND lp.site_id <> q.site_id
              AND lp.goroutines < q.goroutines + 2
              AND NOT EXISTS (
                SELECT 1
                FROM v_lock_edge AS le
                WHERE le.site_id = lp.site_id
                  AND le.holder_id = q.site_id
                  AND le.is_same_type = 1
              )
            ORDER BY
                lp.goroutines,
                lp.site_id,
                lp.wait_reason
            LIMIT 1
        )) AS holder_place_id
    FROM queue AS q
    JOIN v_lock_place AS at USING (capture_id, site_id, wait_reason)
)
SELECT
    q.service_id,
    'goroutines:' || q.site_id AS subject,
    'goroutine' AS class,
    max(CASE WHEN o.at_work + o.in_between = 0 THEN :sure ELSE :maybe END) AS strength,
    CASE
        WHEN q.goroutines = 1 THEN format('one goroutine waits here (%s)', q.wait_reason)
        ELSE format('%s goroutines wait here (%s)', count_text(q.goroutines), q.wait_reason)
    END || CASE
        WHEN h.place_id IS NOT NULL THEN format(
            '; who holds the lock seems to stand in %s at %s:%d (%s)', h.function, si.file, si.line, h.wait_reason
        )
        WHEN o.at_work + o.in_between = 0 THEN
            ', and no other goroutine of the program is at work: the holder is blocked itself, or has left '
            || 'without unlocking'
        ELSE ', and no other goroutine of the program computes, sleeps or does input or output'
    END AS detail,
    json_object(
        'captures', json_group_array(DISTINCT q.capture_id),
        'goroutines', q.goroutines,
        'holder', h.function,
        'wait_reason', q.wait_reason
    ) AS evidence,
    NULL AS same_as
FROM held AS q
JOIN others AS o USING (capture_id)
LEFT JOIN v_lock_place AS h ON h.place_id = q.holder_place_id
LEFT JOIN v_site AS si ON si.site_id = h.site_id
WHERE o.at_work = 0
   OR (q.goroutines >= :crowd AND h.place_id IS NOT NULL)
GROUP BY
    q.service_id,
    q.site_id
ORDER BY
    q.service_id,
    q.site_id;
