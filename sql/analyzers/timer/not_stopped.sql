-- id:         timer.not_stopped
-- title:      Timers are made and not stopped
-- layer:      L5
-- term:       class
-- needs:      v_site_growth v_stack_site v_site
-- params:     max_p=0.01, near_leaf=3
--
-- Why: the runtime knows every running timer. Before Go 1.23 one made by time.After or NewTimer lived until
-- it fired, and a ticker that nobody stopped for ever, with all that its function refers to. Since 1.23 a
-- timer and a ticker that nothing refers to are collected whether they were stopped or not; there, those
-- that pile up are still held by something, and AfterFunc still keeps its function until it fires. The timer
-- of a context with a deadline is the context's: context.not_cancelled says that.
--
-- Blind spot: many long timers at once can be what the program is for.
--
-- Source: leaks.md 5.1, H3; the release notes of Go 1.23 on timers.
WITH grown AS MATERIALIZED (
    SELECT
        sg.service_id,
        sg.site_id
    FROM v_site_growth AS sg
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
),
-- Few stacks end there, and only of those the frames are read.
made AS MATERIALIZED (
    SELECT
        vs.service_id,
        vs.site_id,
        vs.stack_id,
        leaf.function
    FROM grown AS gr
    CROSS JOIN v_stack_site AS vs USING (service_id, site_id)
    CROSS JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
    WHERE leaf.function IN ('time.NewTimer', 'time.newTimer', 'time.NewTicker', 'time.Tick', 'time.After',
        'time.AfterFunc')
),
version AS (
    SELECT
        c.service_id,
        max(CAST(substr(c.go_version, 5) AS INTEGER)) AS minor
    FROM (SELECT DISTINCT m.service_id FROM made AS m) AS asked
    CROSS JOIN capture AS c USING (service_id)
    WHERE c.go_version GLOB 'go1.[0-9]*'
    GROUP BY c.service_id
)
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    'timer' AS class,
    0.95 AS strength,
    t.leaf || ': ' || CASE
        WHEN t.leaf = 'time.AfterFunc' THEN 'each keeps its function, and what that refers to, until it fires '
            || 'or is stopped'
        WHEN v.minor >= 23
            THEN 'since Go 1.23 timers that nothing refers to are collected, so something still holds these'
        WHEN v.minor < 23
            THEN format('with Go 1.%d a timer lives until it fires, a ticker until it is stopped', v.minor)
        ELSE 'before Go 1.23 a timer lives until it fires, a ticker until it is stopped; since then as long '
            || 'as something refers to it'
    END AS detail,
    json_object('captures', json('[]'), 'frame', t.leaf, 'go_minor', v.minor) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        m.service_id,
        m.site_id,
        min(m.function) AS leaf
    FROM made AS m
    WHERE NOT EXISTS (
        SELECT 1
        FROM stack_frame AS sf
        WHERE sf.service_id = m.service_id
          AND sf.stack_id = m.stack_id
          AND sf.position <= :near_leaf
          AND sf.function GLOB 'context.*'
      )
    GROUP BY
        m.service_id,
        m.site_id
) AS t
LEFT JOIN version AS v USING (service_id)
ORDER BY
    t.service_id,
    t.site_id;
