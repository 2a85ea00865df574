-- id:         goroutine.level
-- title:      Very many goroutines stand at one place
-- layer:      L3
-- term:       level
-- gate:       yes
-- needs:      v_dump v_stack_site v_site wait_reason
-- params:     trend_captures=5, many=100, many_io=1000, share=0.5, some=20, some_share=0.3, times=3
-- only-with:  goroutine_group
--
-- Why: whoever has one dump, or two, cannot ask for a trend. When a hundred goroutines and more than half of all
-- wait at one place (a thousand where they wait for the network, for idle connections are many by design), or when
-- twenty do, a third of all, and in an earlier dump of the same process they were a third of that, it is where to
-- look first. It is a level and no proof: the score is held at 40. With enough captures for a trend the trend
-- decides, and this is silent.
--
-- Blind spot: servers with many connections; each of them waits somewhere.
--
-- Source: leaks.md 2.1 (LeakProf asks for 10,000 in one dump); product.md section 4 (level evidence caps at 40).
WITH counted AS (
    SELECT
        d.service_id,
        d.lifetime_id,
        d.capture_id,
        d.place,
        vs.blocked_id AS site_id,
        max(own.owner = 'own') AS is_own,
        sum(g.count) AS goroutines,
        sum(g.count * coalesce(wr.is_waiting, 1)) AS waiting,
        -- What most of them wait for.
        substr(max(format('%012d%s', g.count, w.value)), 13) AS wait_reason,
        sum(sum(g.count)) OVER (PARTITION BY d.capture_id) AS all_goroutines
    FROM v_dump AS d
    CROSS JOIN goroutine_group AS g USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS own ON own.site_id = vs.blocked_id
    LEFT JOIN wait_reason AS wr ON wr.reason = w.value
    WHERE d.dumps < :trend_captures
      AND g.is_system = 0
    GROUP BY
        d.capture_id,
        vs.blocked_id
),
standing AS (
    SELECT
        n.service_id,
        n.site_id,
        n.lifetime_id,
        n.capture_id,
        n.goroutines,
        n.wait_reason,
        n.all_goroutines,
        (
            SELECT min(coalesce(e.goroutines, 0))
            FROM v_dump AS d
            LEFT JOIN counted AS e ON e.capture_id = d.capture_id AND e.site_id = n.site_id
            WHERE d.lifetime_id = n.lifetime_id
              AND d.place > 1
        ) AS fewest
    FROM counted AS n
    WHERE n.place = 1
      AND n.is_own = 1
      AND n.waiting >= 0.9 * n.goroutines
)
SELECT
    st.service_id,
    'goroutines:' || st.site_id AS subject,
    coalesce(max(wr.class), 'goroutine') AS class,
    clamp01(log10(max(st.goroutines)) / 4.0) AS strength,
    CASE
        WHEN max(st.fewest) IS NULL THEN format(
            '%s of %s goroutines of the process stand here; one capture shows no growth',
            count_text(max(st.goroutines)),
            count_text(max(st.all_goroutines))
        )
        ELSE format(
            '%s of %s goroutines of the process stand here, in an earlier capture %s; too few captures for '
            || 'a trend',
            count_text(max(st.goroutines)),
            count_text(max(st.all_goroutines)),
            count_text(max(st.fewest))
        )
    END AS detail,
    json_object(
        'captures', json_group_array(st.capture_id),
        'goroutines', max(st.goroutines),
        'all_goroutines', max(st.all_goroutines),
        'wait_reason', max(st.wait_reason)
    ) AS evidence,
    NULL AS same_as
FROM standing AS st
LEFT JOIN wait_reason AS wr ON wr.reason = st.wait_reason
WHERE (
    st.goroutines >= CASE WHEN st.wait_reason = 'IO wait' THEN :many_io ELSE :many END
    AND st.goroutines >= :share * st.all_goroutines
   )
   OR (
    st.goroutines >= :some
    AND st.goroutines >= :some_share * st.all_goroutines
    AND st.goroutines >= :times * st.fewest
)
GROUP BY
    st.service_id,
    st.site_id
ORDER BY
    st.service_id,
    st.site_id;
