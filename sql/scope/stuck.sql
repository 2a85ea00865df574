-- Goroutines that hold still; see sql/views/functions/v_stuck.sql. Several analyzers ask for them, and to find them
-- all goroutines of all dumps are looked through: that is done once.
INSERT INTO stuck (
    service_id, lifetime_id, capture_id, site_id, wait_reason, goroutines, minutes, is_deadlock
)
WITH waiting AS (
    SELECT
        d.service_id,
        d.lifetime_id,
        d.capture_id,
        d.place,
        d.dumps,
        d.moments,
        (d.last_ns - d.first_ns) / 60000000000 AS span_minutes,
        d.longest = 0 AS is_timeless,
        d.is_deadlock,
        vs.blocked_id AS site_id,
        CASE
            WHEN w.value <> 'semacquire' THEN w.value
            WHEN leaf.function LIKE '%sync.runtime_SemacquireMutex' THEN 'sync.Mutex.Lock'
            WHEN leaf.function LIKE '%sync.runtime_SemacquireRWMutex%' THEN 'sync.RWMutex.Lock'
            ELSE 'sync.WaitGroup.Wait'
        END AS wait_reason,
        g.count,
        g.min_minutes,
        g.max_minutes,
        g.creator_id,
        -- Finalizers have an analyzer of their own.
        c.variant = 'debug=2' AND g.creator_id IS NULL AND g.count = 1 AND EXISTS (
            SELECT 1
            FROM v_finalizer_root AS fr
            WHERE fr.site_id = vs.root_id
        ) AS is_finalizer
    FROM v_dump AS d
    JOIN capture AS c USING (capture_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
    JOIN v_site AS own ON own.site_id = vs.blocked_id
    WHERE g.is_system = 0
      AND own.owner = 'own'
      -- The newest dump, and others only where nothing but their agreement tells the time.
      AND (d.place = 1 OR (coalesce(d.longest, 0) = 0 AND d.dumps >= 3))
),
suspect AS (
    SELECT
        wt.*,
        wr.stuck_minutes
    FROM waiting AS wt
    JOIN wait_reason AS wr ON wr.reason = wt.wait_reason
    WHERE wr.is_waiting = 1
      AND (wt.is_deadlock = 1 OR wt.is_finalizer = 0)
      -- The main goroutine may wait for ever on a nil channel by design; it has no creator.
      AND (wt.is_deadlock = 1 OR wr.stuck_minutes > 0 OR wt.creator_id IS NOT NULL)
)
SELECT
    su.service_id,
    su.lifetime_id,
    su.capture_id,
    su.site_id,
    su.wait_reason,
    sum(su.count) AS goroutines,
    max(coalesce(su.max_minutes, 0)) AS minutes,
    su.is_deadlock
FROM suspect AS su
WHERE su.place = 1
  AND (su.is_deadlock = 1 OR (su.min_minutes >= su.stuck_minutes AND (su.stuck_minutes = 0 OR NOT su.is_timeless)))
GROUP BY
    su.lifetime_id,
    su.site_id,
    su.wait_reason
UNION ALL
SELECT
    t.service_id,
    t.lifetime_id,
    max(t.newest_id) AS capture_id,
    t.site_id,
    t.wait_reason,
    min(t.goroutines) AS goroutines,
    t.span_minutes AS minutes,
    0 AS is_deadlock
FROM (
    SELECT
        su.service_id,
        su.lifetime_id,
        CASE WHEN su.place = 1 THEN su.capture_id END AS newest_id,
        su.site_id,
        su.wait_reason,
        su.dumps,
        su.moments,
        su.span_minutes,
        sum(su.count) AS goroutines
    FROM suspect AS su
    WHERE su.is_timeless = 1
      AND su.is_deadlock = 0
      AND su.stuck_minutes > 0
      AND su.moments >= 3
      AND su.span_minutes >= max(2, su.stuck_minutes)
    GROUP BY
        su.capture_id,
        su.site_id,
        su.wait_reason
) AS t
GROUP BY
    t.lifetime_id,
    t.site_id,
    t.wait_reason
HAVING count(*) = max(t.dumps)
   AND min(t.goroutines) = max(t.goroutines);
