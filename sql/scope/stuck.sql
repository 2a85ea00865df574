-- Goroutines that hold still; see sql/views/functions/v_stuck.sql. Several analyzers ask for them, and to find them
-- all goroutines of all dumps are looked through: that is done once.
INSERT INTO stuck (
    service_id, lifetime_id, capture_id, site_id, wait_reason, class, goroutines, minutes, is_deadlock
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
        ) AS is_finalizer,
        -- A profile does not tell who started a goroutine, but its outermost function may.
        d.is_text = 0 AND root.function NOT IN ('main.main', 'runtime.main') AND root.function NOT GLOB '*.init*'
        AS is_started
    FROM v_dump AS d
    JOIN capture AS c USING (capture_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN v_stack_site AS vs ON vs.service_id = d.service_id AND vs.stack_id = g.stack_id
    JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
    JOIN v_site AS own ON own.site_id = vs.blocked_id
    JOIN v_site AS root ON root.site_id = vs.root_id
    WHERE g.is_system = 0
      AND own.owner = 'own'
      -- A test waits for its subtests and for its turn as long as that takes.
      AND leaf.function NOT GLOB 'testing[./]*'
      -- The newest dump, and others only where nothing but their agreement tells the time.
      AND (d.place = 1 OR (coalesce(d.longest, 0) = 0 AND d.dumps >= 3))
),
suspect AS (
    SELECT
        wt.*,
        wr.class,
        wr.stuck_minutes
    FROM waiting AS wt
    JOIN wait_reason AS wr ON wr.reason = wt.wait_reason
    WHERE wr.is_waiting = 1
      AND (wt.is_deadlock = 1 OR wt.is_finalizer = 0)
      -- The main goroutine may wait for ever on a nil channel by design; it has no creator.
      AND (wt.is_deadlock = 1 OR wr.stuck_minutes > 0 OR wt.creator_id IS NOT NULL OR wt.is_started)
),
-- In each of three dumps and more, and never fewer than before: of those that wait for a lock there may be ever more.
held_still AS (
    SELECT
        t.service_id,
        t.lifetime_id,
        max(t.newest_id) AS capture_id,
        t.site_id,
        t.wait_reason,
        t.class,
        min(t.goroutines) AS goroutines,
        t.span_minutes AS minutes
    FROM (
        SELECT
            su.service_id,
            su.lifetime_id,
            CASE WHEN su.place = 1 THEN su.capture_id END AS newest_id,
            su.site_id,
            su.wait_reason,
            su.class,
            su.dumps,
            su.span_minutes,
            sum(su.count) AS goroutines,
            lag(sum(su.count)) OVER (
                PARTITION BY su.lifetime_id, su.site_id, su.wait_reason
                ORDER BY su.place DESC
            ) AS before
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
       AND (
        min(t.goroutines) = max(t.goroutines)
        OR (t.wait_reason GLOB 'sync.*Lock' AND sum(t.goroutines < t.before) = 0)
       )
)
SELECT
    su.service_id,
    su.lifetime_id,
    su.capture_id,
    su.site_id,
    su.wait_reason,
    su.class,
    sum(su.count) AS goroutines,
    max(coalesce(su.max_minutes, 0)) AS minutes,
    su.is_deadlock
FROM suspect AS su
WHERE su.place = 1
  AND (su.is_deadlock = 1 OR (coalesce(su.min_minutes, 0) >= su.stuck_minutes AND (su.stuck_minutes = 0 OR NOT su.is_timeless)))
GROUP BY
    su.lifetime_id,
    su.site_id,
    su.wait_reason
UNION ALL
SELECT
    h.service_id,
    h.lifetime_id,
    h.capture_id,
    h.site_id,
    h.wait_reason,
    h.class,
    h.goroutines,
    h.minutes,
    0 AS is_deadlock
FROM held_still AS h
-- Workers that take one lock all the time are as many before it in each dump, and whoever has it is past it and at work.
WHERE h.wait_reason NOT GLOB 'sync.*Lock'
   OR NOT EXISTS (
    SELECT 1
    FROM v_stack_site AS vs
    JOIN v_stack_path AS way ON way.service_id = vs.service_id AND way.stack_id = vs.stack_id
    JOIN v_dump AS d ON d.lifetime_id = h.lifetime_id AND d.place <= 8
    CROSS JOIN goroutine_group AS g ON g.capture_id = d.capture_id
    CROSS JOIN word AS w ON w.word_id = g.state_id
    CROSS JOIN v_stack_path AS past ON past.service_id = h.service_id AND past.stack_id = g.stack_id
    WHERE vs.service_id = h.service_id
      AND vs.blocked_id = h.site_id
      AND w.value IN ('running', 'runnable', 'sleep', 'syscall', 'unknown')
      AND past.function = way.function
      AND past.line > way.line
   );
