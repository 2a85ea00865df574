-- What the newest complete dump of each life shows; see sql/views/functions/v_standing.sql. Several analyzers ask.
INSERT INTO standing (
    service_id, lifetime_id, capture_id, dumps, has_times, site_id, wait_reason, is_main, is_listener,
    goroutines, minutes, orphans, creators, held_ns, held, gone
)
WITH newest AS MATERIALIZED (
    SELECT
        d.service_id,
        d.lifetime_id,
        d.capture_id,
        d.t_ns,
        d.moments AS dumps,
        EXISTS (
            SELECT 1
            FROM goroutine_group AS g
            WHERE g.capture_id = d.capture_id
              AND g.max_minutes > 0
        ) AS has_times,
        -- The first of the life that has ids; a series is judged by its trend.
        CASE WHEN d.moments BETWEEN 2 AND 4 THEN (
            SELECT o.capture_id
            FROM v_dump AS o
            WHERE o.lifetime_id = d.lifetime_id
              AND o.is_complete = 1
              AND o.is_text = 1
              AND o.t_ns < d.t_ns
            ORDER BY
                o.t_ns,
                o.capture_id
            LIMIT 1
        ) END AS first_id
    FROM v_dump AS d
    WHERE d.complete_place = 1
      AND d.is_complete = 1
),
named AS MATERIALIZED (
    SELECT
        n.capture_id,
        c.capture_id = n.capture_id AS is_newest,
        n.t_ns - c.time_ns AS before_ns,
        ss.blocked_id AS site_id,
        id.value AS id
    FROM newest AS n
    CROSS JOIN capture AS c ON c.capture_id IN (n.capture_id, n.first_id)
    CROSS JOIN goroutine_group AS g ON g.capture_id = c.capture_id
    CROSS JOIN json_each(CASE WHEN g.ids = '' THEN '[]' ELSE g.ids END) AS id
    JOIN stack_site AS ss ON ss.service_id = n.service_id AND ss.stack_id = g.stack_id
    WHERE n.first_id IS NOT NULL
      AND g.is_system = 0
),
held AS (
    SELECT
        was.capture_id,
        was.site_id,
        was.before_ns,
        sum(was.is_held) AS held,
        sum(was.is_held = 0) AS gone
    FROM (
        SELECT
            o.capture_id,
            o.site_id,
            o.before_ns,
            EXISTS (
                SELECT 1
                FROM named AS now
                WHERE now.capture_id = o.capture_id
                  AND now.site_id = o.site_id
                  AND now.id = o.id
                  AND now.is_newest = 1
            ) AS is_held,
            row_number() OVER (
                PARTITION BY o.capture_id, o.site_id
                ORDER BY o.id
            ) AS age
        FROM named AS o
        WHERE o.is_newest = 0
    ) AS was
    -- So many are kept of each group.
    WHERE was.age <= 8
    GROUP BY
        was.capture_id,
        was.site_id
    HAVING sum(was.is_held) > 0
)
SELECT
    n.service_id,
    n.lifetime_id,
    n.capture_id,
    n.dumps,
    n.has_times,
    ss.blocked_id AS site_id,
    w.value AS wait_reason,
    -- What main.main starts may have it at its root, too, but has a creator where a dump tells.
    root.function = 'main.main' AND g.creator_id IS NULL AS is_main,
    max(w.value = 'IO wait' AND EXISTS (
        SELECT 1
        FROM stack_frame AS sf
        WHERE sf.service_id = n.service_id
          AND sf.stack_id = g.stack_id
          AND sf.function = 'internal/poll.(*FD).Accept'
    )) AS is_listener,
    sum(g.count) AS goroutines,
    max(coalesce(g.max_minutes, 0)) AS minutes,
    sum(g.orphans) AS orphans,
    -- Of one creator some may wait for longer than others, in another group.
    max(g.ended_creators) AS creators,
    max(h.before_ns) AS held_ns,
    max(h.held) AS held,
    max(h.gone) AS gone
FROM newest AS n
CROSS JOIN goroutine_group AS g USING (capture_id)
JOIN word AS w ON w.word_id = g.state_id
JOIN stack_site AS ss ON ss.service_id = n.service_id AND ss.stack_id = g.stack_id
JOIN v_site AS root ON root.site_id = ss.root_id
JOIN v_site AS own ON own.site_id = ss.blocked_id
JOIN v_site AS leaf ON leaf.site_id = ss.leaf_id
LEFT JOIN held AS h ON h.capture_id = n.capture_id AND h.site_id = ss.blocked_id
-- Of one dump also who waits in a finalizer or a cleanup; with more finalizer.blocked decides.
WHERE (g.is_system = 0 OR (n.dumps < 2 AND w.value NOT IN ('running', 'runnable', 'syscall', 'unknown')))
  AND own.owner = 'own'
  -- A test that waits for its subtests or for its turn.
  AND leaf.function NOT GLOB 'testing[./]*'
GROUP BY
    n.capture_id,
    ss.blocked_id,
    w.value,
    is_main;
