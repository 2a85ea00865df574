-- id:         class.wait_reason
-- title:      What the goroutines wait for
-- layer:      L4
-- term:       class
-- needs:      v_cluster_growth v_stack_site v_life wait_reason
--
-- Why: the state that a dump prints for a blocked goroutine, or that its innermost frames tell, says
-- what never comes: a value, a receiver, a lock. A send that nobody receives, or a nil channel, is a fault
-- of the channel; the others are goroutines that were forgotten. Only text dumps know that a channel is nil:
-- where one says so, protobuf captures that say "chan receive" of the same line mean that.
--
-- Blind spot: a wait reason names the last wait, not why nobody answers it.
--
-- Source: formats.md 3.2; product.md section 4 for the classes.
WITH stood AS MATERIALIZED (
    SELECT
        l.service_id,
        g.stack_id,
        g.state_id,
        c.format,
        sum(g.count) AS goroutines
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN capture AS c USING (capture_id)
    GROUP BY
        l.service_id,
        g.stack_id,
        g.state_id,
        c.format
),
seen AS (
    SELECT
        cg.service_id,
        cg.site_id,
        w.value AS reason,
        t.format,
        sum(t.goroutines) AS goroutines,
        max(w.value GLOB '* (nil chan)') OVER (PARTITION BY cg.site_id) AS is_nil
    FROM stood AS t
    JOIN v_stack_site AS vs ON vs.service_id = t.service_id AND vs.stack_id = t.stack_id
    JOIN v_cluster_growth AS cg ON cg.service_id = vs.service_id AND cg.site_id = vs.blocked_id
    JOIN word AS w ON w.word_id = t.state_id
    GROUP BY
        cg.service_id,
        cg.site_id,
        w.value,
        t.format
),
state AS (
    SELECT
        s.service_id,
        s.site_id,
        coalesce(wr.class, 'goroutine') AS class,
        s.reason,
        coalesce(wr.meaning, 'waits') AS meaning,
        sum(s.goroutines) AS goroutines,
        sum(sum(s.goroutines)) OVER (PARTITION BY s.site_id) AS all_goroutines,
        row_number() OVER (
            PARTITION BY s.site_id
            ORDER BY
                coalesce(wr.is_waiting, 1) DESC,
                s.reason = 'unknown',
                sum(s.goroutines) DESC,
                s.reason
        ) AS place
    FROM seen AS s
    LEFT JOIN wait_reason AS wr ON wr.reason = s.reason
    WHERE NOT (s.is_nil AND s.format = 'pprof')
    GROUP BY
        s.service_id,
        s.site_id,
        s.reason
)
SELECT
    t.service_id,
    'goroutines:' || t.site_id AS subject,
    t.class,
    t.goroutines * 1.0 / t.all_goroutines AS strength,
    CASE
        WHEN t.goroutines = t.all_goroutines THEN 'all'
        ELSE format('%.0f %%', 100.0 * t.goroutines / t.all_goroutines)
    END || format(' of those seen, over all captures: each %s (%s)', t.meaning, t.reason) AS detail,
    json_object(
        'captures', json('[]'),
        'wait_reason', t.reason,
        'share', t.goroutines * 1.0 / t.all_goroutines
    ) AS evidence,
    NULL AS same_as
FROM state AS t
WHERE t.place = 1
ORDER BY
    t.service_id,
    t.site_id;
