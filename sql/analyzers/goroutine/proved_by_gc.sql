-- id:         goroutine.proved_by_gc
-- title:      Proved leaked by the garbage collector
-- layer:      L3
-- term:       gc-proof
-- gate:       yes
-- needs:      v_stack_site v_site
--
-- Why: Go's goroutineleak profile (1.26 and later) lists goroutines that are blocked on something which no
-- running goroutine can reach any more. Nothing can ever wake them. That is a proof, not a suspicion.
--
-- Blind spot: the proof does not see leaks whose channel or lock is still reachable from a global. That
-- a goroutine is not listed says nothing.
--
-- Source: leaks.md 2.1 (GOLF, ASPLOS 2025); formats.md 11.
SELECT
    t.service_id,
    'goroutines:' || t.blocked_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format('the garbage collector proved %d of them leaked', t.leaked) AS detail,
    json_object(
        'captures', json(t.captures),
        'leaked', t.leaked
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        pc.service_id,
        pc.blocked_id,
        max(pc.leaked) AS leaked,
        json_group_array(pc.capture_id) AS captures
    FROM (
        SELECT
            c.service_id,
            vs.blocked_id,
            c.capture_id,
            sum(gg.count) AS leaked
        FROM (SELECT DISTINCT l.service_id FROM v_life AS l) AS s
        CROSS JOIN capture AS c USING (service_id)
        CROSS JOIN goroutine_group AS gg USING (capture_id)
        JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = gg.stack_id
        WHERE gg.is_leaked = 1
        GROUP BY
            c.service_id,
            vs.blocked_id,
            c.capture_id
    ) AS pc
    GROUP BY
        pc.service_id,
        pc.blocked_id
) AS t
ORDER BY
    t.service_id,
    t.blocked_id;
