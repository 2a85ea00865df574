-- What the newest complete dump of each life shows; see sql/views/functions/v_standing.sql. Several analyzers ask.
INSERT INTO standing (
    service_id, lifetime_id, capture_id, dumps, has_times, site_id, wait_reason, is_main, is_listener,
    goroutines
)
WITH newest AS MATERIALIZED (
    SELECT
        d.service_id,
        d.lifetime_id,
        d.capture_id,
        d.moments AS dumps,
        EXISTS (
            SELECT 1
            FROM goroutine_group AS g
            WHERE g.capture_id = d.capture_id
              AND g.max_minutes > 0
        ) AS has_times
    FROM v_dump AS d
    WHERE d.complete_place = 1
      AND d.is_complete = 1
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
    sum(g.count) AS goroutines
FROM newest AS n
CROSS JOIN goroutine_group AS g USING (capture_id)
JOIN word AS w ON w.word_id = g.state_id
JOIN stack_site AS ss ON ss.service_id = n.service_id AND ss.stack_id = g.stack_id
JOIN v_site AS root ON root.site_id = ss.root_id
JOIN v_site AS own ON own.site_id = ss.blocked_id
WHERE g.is_system = 0
  AND own.owner = 'own'
GROUP BY
    n.capture_id,
    ss.blocked_id,
    w.value,
    is_main;
