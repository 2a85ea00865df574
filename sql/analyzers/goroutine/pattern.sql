-- id:         goroutine.pattern
-- title:      Which known fault it looks like
-- layer:      L3
-- term:       pattern
-- needs:      goroutine.cluster_growth v_cluster_growth v_stuck v_standing v_lock_edge v_stack_site v_stack_path v_library_call wait_reason goroutine_pattern
-- params:     max_p=0.001, min_ratio=0.2, max_ratio=5, few_dumps=5, others=256
-- only-with:  goroutine_group
--
-- Why: most goroutine leaks are one of a dozen faults, and stacks, what is waited for and what else piles up
-- in step tell them apart: a sender whose receiver left, a loop over a channel that nobody closes, two locks
-- taken in opposite order, a lock held while a channel is waited for. The name tells where to look first.
-- Readers that pile up beside writers of an RWMutex are at one lock and not at two. Of a select or a read within a library
-- the library's function tells more: a pipe that nobody reads, a pool of which all connections are in use.
--
-- Blind spot: a stack shows where a goroutine waits, not who should have woken it; senders that were left by
-- an early return, a timeout or a first answer look alike. The name is a hint, not a proof. What stands beside a
-- place is looked for among the 256 largest.
--
-- Source: leaks.md 2.1 (Uber's six patterns; the families of GoBench's blocking kernels).
WITH edge AS MATERIALIZED (
    SELECT
        le.site_id,
        le.holder_id,
        le.holder_reason,
        le.kind,
        le.is_same_type
    FROM v_lock_edge AS le
),
state AS (
    SELECT
        t.service_id,
        t.site_id,
        t.slope,
        t.function,
        t.line,
        t.reason,
        row_number() OVER (
            PARTITION BY t.site_id
            ORDER BY
                coalesce(wr.is_waiting, 1) DESC,
                t.reason = 'unknown',
                t.reason GLOB '* (nil chan)' DESC,
                t.goroutines DESC,
                t.reason
        ) AS place
    FROM (
        SELECT
            cg.service_id,
            cg.site_id,
            cg.slope,
            cg.function,
            cg.line,
            w.value AS reason,
            sum(g.count) AS goroutines
        FROM v_cluster_growth AS cg
        JOIN v_stack_site AS vs ON vs.service_id = cg.service_id AND vs.blocked_id = cg.site_id
        JOIN goroutine_group AS g ON g.stack_id = vs.stack_id
        JOIN word AS w ON w.word_id = g.state_id
        WHERE cg.slope_low > 0
          AND cg.p_plain <= :max_p
          AND cg.owner = 'own'
        GROUP BY
            cg.site_id,
            w.value
    ) AS t
    LEFT JOIN wait_reason AS wr ON wr.reason = t.reason
    UNION ALL
    -- What does not grow: a ring of two stands still, too, and one dump may be all there is. Where the garbage
    -- collector, the end of the process or the time say that it is stuck, that goes before where it just stands.
    SELECT
        still.service_id,
        still.site_id,
        max(still.goroutines) AS slope,
        si.function,
        si.line,
        substr(max(still.sureness || still.wait_reason), 2) AS reason,
        1 AS place
    FROM (
        SELECT
            st.service_id,
            st.site_id,
            st.goroutines,
            st.wait_reason,
            1 AS sureness
        FROM v_stuck AS st
        UNION ALL
        SELECT
            sd.service_id,
            sd.site_id,
            sd.goroutines,
            sd.wait_reason,
            0 AS sureness
        FROM v_standing AS sd
        JOIN wait_reason AS wr ON wr.reason = sd.wait_reason
        WHERE sd.dumps < :few_dumps
          AND wr.is_waiting = 1
        UNION ALL
        SELECT
            c.service_id,
            vs.blocked_id AS site_id,
            g.count AS goroutines,
            w.value AS wait_reason,
            2 AS sureness
        FROM (SELECT DISTINCT l.service_id FROM v_life AS l) AS s
        CROSS JOIN capture AS c USING (service_id)
        CROSS JOIN goroutine_group AS g USING (capture_id)
        JOIN word AS w ON w.word_id = g.state_id
        JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
        WHERE g.is_leaked = 1
    ) AS still
    JOIN v_site AS si USING (site_id)
    WHERE still.site_id NOT IN (
        SELECT cg.site_id
        FROM v_cluster_growth AS cg
        WHERE cg.slope_low > 0
          AND cg.p_plain <= :max_p
    )
    GROUP BY still.site_id
),
pile AS MATERIALIZED (
    SELECT
        s.service_id,
        s.site_id,
        row_number() OVER (PARTITION BY s.service_id ORDER BY s.slope DESC, s.site_id) AS rank,
        s.slope,
        s.reason,
        s.function,
        s.function GLOB '*.func[0-9]*' AS has_literal,
        EXISTS (
            SELECT 1
            FROM v_stack_site AS vs
            CROSS JOIN v_stack_path AS p ON p.service_id = vs.service_id AND p.stack_id = vs.stack_id
            WHERE vs.service_id = s.service_id
              AND vs.blocked_id = s.site_id
              AND EXISTS (SELECT 1 FROM goroutine_group AS g WHERE g.stack_id = vs.stack_id)
            GROUP BY
                vs.stack_id,
                p.function
            HAVING count(DISTINCT p.level) > 1
        ) AS repeats,
        EXISTS (
            SELECT 1
            FROM edge AS e
            WHERE e.site_id = s.site_id
              AND e.kind <> 'ring'
              AND (e.is_same_type = 1 OR e.holder_reason NOT GLOB 'sync.*Lock')
        ) AS has_holder,
        s.reason = 'sync.RWMutex.RLock' AS is_reader,
        s.reason = 'sync.RWMutex.Lock'
        -- Of several writers all but the first wait for the mutex within.
        OR EXISTS (
            SELECT 1
            FROM v_stack_site AS vs
            CROSS JOIN stack_frame AS sf ON sf.service_id = vs.service_id AND sf.stack_id = vs.stack_id
            WHERE vs.service_id = s.service_id
              AND vs.blocked_id = s.site_id
              AND s.reason GLOB 'sync.*Lock'
              AND sf.function = 'sync.(*RWMutex).Lock'
        ) AS is_writer,
        s.function GLOB '*).*' AND EXISTS (
            SELECT 1
            FROM v_stack_site AS vs
            CROSS JOIN v_stack_path AS p ON p.service_id = vs.service_id AND p.stack_id = vs.stack_id
            WHERE vs.service_id = s.service_id
              AND vs.blocked_id = s.site_id
              AND EXISTS (SELECT 1 FROM goroutine_group AS g WHERE g.stack_id = vs.stack_id)
              AND p.level > 0
              AND p.function <> s.function
              AND instr(p.function, substr(s.function, 1, instr(s.function, ').') + 1)) = 1
        ) AS is_nested
    FROM state AS s
    WHERE s.place = 1
),
other AS MATERIALIZED (
    SELECT
        p.service_id,
        p.site_id,
        p.slope,
        p.reason,
        p.is_reader,
        p.is_writer
    FROM pile AS p
    WHERE p.rank <= :others
),
-- Two places at what is one lock are no two locks.
beside AS (
    SELECT
        p.*,
        EXISTS (
            SELECT 1
            FROM other AS o
            WHERE o.service_id = p.service_id
              AND o.site_id <> p.site_id
              AND o.reason GLOB 'sync.*Mutex.*Lock'
              AND o.slope / p.slope BETWEEN :min_ratio AND :max_ratio
              AND NOT (o.is_reader AND p.is_writer)
              AND NOT (o.is_writer AND p.is_reader)
              AND NOT EXISTS (
                SELECT 1
                FROM edge AS e
                WHERE e.is_same_type = 1
                  AND e.kind <> 'ring'
                  AND (
                    (e.site_id = p.site_id AND e.holder_id = o.site_id)
                    OR (e.site_id = o.site_id AND e.holder_id = p.site_id AND p.reason GLOB 'sync.*Lock')
                  )
              )
        ) AS has_lock,
        EXISTS (
            SELECT 1
            FROM other AS o
            WHERE o.service_id = p.service_id
              AND o.site_id <> p.site_id
              AND ((o.is_reader AND p.is_writer) OR (o.is_writer AND p.is_reader))
        ) AS is_shared
    FROM pile AS p
),
named AS (
    SELECT
        b.service_id,
        b.site_id,
        gp.name,
        gp.meaning,
        row_number() OVER (PARTITION BY b.site_id ORDER BY gp.place) AS place
    FROM beside AS b
    JOIN goroutine_pattern AS gp
        ON b.reason GLOB gp.reason
        AND coalesce(gp.has_literal = b.has_literal, 1)
        AND coalesce(gp.is_ring = b.has_lock, 1)
        AND coalesce(gp.has_lock = b.has_lock, 1)
        AND coalesce(gp.is_shared = b.is_shared, 1)
        AND coalesce(gp.repeats = b.repeats, 1)
        AND coalesce(gp.is_nested = b.is_nested, 1)
        AND coalesce(gp.has_holder = b.has_holder, 1)
),
-- Within a library.
called AS (
    SELECT
        p.service_id,
        p.site_id,
        via.name,
        via.meaning,
        row_number() OVER (PARTITION BY p.site_id ORDER BY via.place) AS place
    FROM pile AS p
    CROSS JOIN v_library_call AS via ON via.service_id = p.service_id AND via.site_id = p.site_id
    WHERE p.reason GLOB via.reason
)
SELECT
    n.service_id,
    'goroutines:' || n.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format(
        'looks like the fault known as "%s": %s',
        coalesce(c.name, n.name),
        coalesce(c.meaning, n.meaning)
    ) AS detail,
    json_object('captures', json('[]'), 'pattern', coalesce(c.name, n.name)) AS evidence,
    NULL AS same_as
FROM named AS n
LEFT JOIN called AS c ON c.site_id = n.site_id AND c.place = 1
WHERE n.place = 1
ORDER BY
    n.service_id,
    n.site_id;
