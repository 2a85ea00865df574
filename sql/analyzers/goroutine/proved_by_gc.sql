-- id:         goroutine.proved_by_gc
-- title:      Proved leaked by the garbage collector
-- layer:      L3
-- term:       gc-proof
-- gate:       yes
-- needs:      v_life v_stack_site v_site v_library_call wait_reason
-- only-with:  goroutine_group
--
-- Why: Go's goroutineleak profile (1.26 and later) lists goroutines that are blocked on something which no
-- running goroutine can reach any more. Nothing can ever wake them. That is a proof, not a suspicion.
--
-- The main goroutine is left out, for one that waits for ever is how many programs keep running, unless it sends, or
-- waits for a lock or a condition, for a WaitGroup in another function than main, or in a library for what somebody else
-- has (a connection of a pool). A goroutine of which the profile has no stack is left out, too. Whoever stands at a WaitGroup
-- waits for others, and a library's own goroutine for the program's: they come behind them.
--
-- Blind spot: the proof does not see leaks whose channel or lock is still reachable from a global. That
-- a goroutine is not listed says nothing.
--
-- Source: leaks.md 2.1 (GOLF, ASPLOS 2025); formats.md 11.
WITH leaked AS MATERIALIZED (
    SELECT
        c.service_id,
        vs.blocked_id,
        c.capture_id,
        sum(g.count) AS leaked,
        min(wr.class) AS class,
        min(w.value = 'sync.WaitGroup.Wait' OR si.owner <> 'own') AS is_for_others,
        substr(max(format('%012d%s', g.count, w.value)), 13) AS wait_reason
    FROM (SELECT DISTINCT l.service_id FROM v_life AS l) AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN word AS w ON w.word_id = g.state_id
    CROSS JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    CROSS JOIN v_site AS root ON root.site_id = vs.root_id
    CROSS JOIN v_site AS si ON si.site_id = vs.blocked_id
    LEFT JOIN wait_reason AS wr ON wr.reason = w.value
    WHERE g.is_leaked = 1
      AND (
        root.function <> 'main.main'
        OR g.creator_id IS NOT NULL
        OR w.value GLOB 'chan send*'
        OR w.value GLOB 'sync.*Lock'
        OR w.value = 'sync.Cond.Wait'
        OR EXISTS (
            SELECT 1
            FROM v_library_call AS via
            WHERE via.service_id = c.service_id
              AND via.site_id = vs.blocked_id
              AND via.is_firm = 1
              AND w.value GLOB via.reason
        )
        OR (w.value = 'sync.WaitGroup.Wait' AND si.function <> 'main.main')
      )
      AND (si.line > 0 OR si.file <> '')
    GROUP BY
        c.service_id,
        vs.blocked_id,
        c.capture_id
)
SELECT
    t.service_id,
    'goroutines:' || t.blocked_id AS subject,
    max(t.class) AS class,
    CASE WHEN min(t.is_for_others) = 1 AND firm.service_id IS NOT NULL THEN 0.9 ELSE 1.0 END AS strength,
    CASE
        WHEN max(t.leaked) = 1 THEN 'the garbage collector proved this goroutine leaked: nothing can ever wake it'
        ELSE format('the garbage collector proved %s of them leaked: nothing can ever wake them', count_text(max(t.leaked)))
    END AS detail,
    json_object(
        'captures', json_group_array(t.capture_id),
        'leaked', max(t.leaked),
        'wait_reason', substr(max(format('%012d%s', t.leaked, t.wait_reason)), 13)
    ) AS evidence,
    NULL AS same_as
FROM leaked AS t
LEFT JOIN (
    SELECT DISTINCT l.service_id
    FROM leaked AS l
    WHERE l.is_for_others = 0
) AS firm ON firm.service_id = t.service_id
GROUP BY
    t.service_id,
    t.blocked_id
ORDER BY
    t.service_id,
    t.blocked_id;
