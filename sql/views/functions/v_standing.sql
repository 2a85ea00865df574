-- v_standing: where the program's own goroutines stand in the newest complete dump of each life; of lives that
-- belong to the present. Panics and the dump of a deadlock are not complete, or evidence of their own
--   service_id, lifetime_id
--   capture_id     the dump
--   dumps          minutes in which the life was dumped: four forms of one moment are one
--   has_times      1: the dump knows how long some goroutine has waited
--   site_id        where they stand
--   wait_reason    as the dump prints it, or its innermost frames tell
--   is_main        1: the main goroutine
--   is_listener    1: it waits for a connection to accept
--   goroutines     how many
--   minutes        the longest wait of them; 0: under a minute, or the dump does not tell
--   orphans        those whose creator has ended and left nothing else at work; NULL: the dump does not tell
--   creators       at least so many different creators they had; NULL likewise
--   held_ns        time since an earlier dump, the first that has ids, that had one of the oldest at this place, by
--                  its id; NULL: none had. Only where the life was dumped in fewer than five minutes
--   held           how many of the oldest of then are still here; NULL with held_ns
--   gone           how many of the oldest of then are not; NULL with held_ns
--
-- v_waiting: the same without the main goroutine, of lives that few dumps tell of, with the class of such a wait and with what
-- else the program has going in the same dump
--   service_id, site_id, capture_id, wait_reason
--   goroutines, minutes, orphans, creators, held_ns, held, gone   as in v_standing
--   class          wait_reason of the catalog
--   at_work        places where others compute, sleep, read or write, listeners aside
--   movers         places where others stand who could answer: neither in a send, nor at a lock, a WaitGroup, a condition,
--                  nor for ever
--
-- v_lock_edge: a place at a lock, and the place of who seems to hold it, in one dump; a stack tells who is past a lock,
-- for the function that took it is further out on it, at a later line. Where more than 64 places might hold it nobody
-- is looked for, so that the work grows with the places and not with their pairs
--   service_id, capture_id
--   site_id        goroutines wait here for a lock
--   holder_id      whoever holds it waits here
--   holder_reason  for that
--   kind           past: one goroutine that is past the lock of the same function, the only one; type: the only
--                  one of its type that stands in a send or at a WaitGroup; ring: each of the two came through a
--                  method of the type whose lock the other waits for
--   is_same_type   1: both places are in methods of one type, so it may be one lock
--
-- v_watched: services of which some process was captured in three minutes or more, so that a series decides
--   service_id
CREATE VIEW v_standing AS
SELECT
    st.service_id,
    st.lifetime_id,
    st.capture_id,
    st.dumps,
    st.has_times,
    st.site_id,
    st.wait_reason,
    st.is_main,
    st.is_listener,
    st.goroutines,
    st.minutes,
    st.orphans,
    st.creators,
    st.held_ns,
    st.held,
    st.gone
FROM standing AS st;

CREATE VIEW v_waiting AS
SELECT
    t.service_id,
    t.site_id,
    t.capture_id,
    t.wait_reason,
    t.goroutines,
    t.minutes,
    t.orphans,
    t.creators,
    t.held_ns,
    t.held,
    t.gone,
    wr.class,
    t.at_work,
    t.movers
FROM (
    SELECT
        st.*,
        sum(st.is_listener = 0 AND st.wait_reason IN ('running', 'runnable', 'syscall', 'IO wait', 'sleep')) OVER (
            PARTITION BY st.capture_id
        ) AS at_work,
        sum(st.wait_reason NOT IN (
            'chan send', 'sync.WaitGroup.Wait', 'sync.Cond.Wait', 'sync.Mutex.Lock', 'sync.RWMutex.Lock',
            'sync.RWMutex.RLock', 'chan send (nil chan)', 'chan receive (nil chan)', 'select (no cases)'
        )) OVER (PARTITION BY st.capture_id) AS movers
    FROM v_standing AS st
    WHERE st.is_main = 0
      AND st.dumps < 5
) AS t
JOIN wait_reason AS wr ON wr.reason = t.wait_reason;

CREATE VIEW v_lock_edge AS
WITH place AS MATERIALIZED (
    SELECT
        st.service_id,
        st.capture_id,
        st.site_id,
        st.wait_reason,
        st.goroutines,
        st.wait_reason GLOB 'sync.*Lock' AS is_queue,
        si.function,
        si.line,
        CASE WHEN si.function GLOB '*).*' THEN substr(si.function, 1, instr(si.function, ').') + 1) END AS type
    FROM v_standing AS st
    JOIN v_site AS si USING (site_id)
    JOIN wait_reason AS wr ON wr.reason = st.wait_reason
    WHERE st.is_main = 0
      AND wr.is_waiting = 1
      AND st.capture_id IN (SELECT q.capture_id FROM v_standing AS q WHERE q.wait_reason GLOB 'sync.*Lock')
),
through AS MATERIALIZED (
    SELECT DISTINCT
        c.capture_id,
        vs.blocked_id AS site_id,
        p.function,
        p.line,
        CASE WHEN p.function GLOB '*).*' THEN substr(p.function, 1, instr(p.function, ').') + 1) END AS type
    FROM (SELECT DISTINCT pl.capture_id, pl.service_id FROM place AS pl) AS c
    CROSS JOIN goroutine_group AS g USING (capture_id)
    CROSS JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    CROSS JOIN v_stack_path AS p ON p.service_id = c.service_id AND p.stack_id = g.stack_id
    WHERE p.level > 0
),
-- Who may be past a lock: one goroutine, seen through its callers or where it stands.
passed AS MATERIALIZED (
    SELECT
        h.capture_id,
        h.site_id,
        h.wait_reason,
        h.type,
        t.line,
        CASE WHEN count(*) OVER (PARTITION BY h.capture_id, t.function) <= 64 THEN t.function END AS function
    FROM through AS t
    JOIN place AS h ON h.capture_id = t.capture_id AND h.site_id = t.site_id
    WHERE h.goroutines = 1
),
holder AS MATERIALIZED (
    SELECT
        h.capture_id,
        h.site_id,
        h.wait_reason,
        h.line,
        CASE WHEN count(*) OVER (PARTITION BY h.capture_id, h.function) <= 64 THEN h.function END AS function,
        CASE WHEN count(*) OVER (PARTITION BY h.capture_id, h.type) <= 64 THEN h.type END AS type
    FROM place AS h
    WHERE h.is_queue = 0
      AND h.goroutines = 1
),
owner AS MATERIALIZED (
    SELECT h.*
    FROM holder AS h
    WHERE h.type IS NOT NULL
      AND h.wait_reason IN ('chan send', 'sync.WaitGroup.Wait')
),
queue AS MATERIALIZED (
    SELECT
        q.*,
        CASE WHEN count(*) OVER (PARTITION BY q.capture_id, q.type) <= 64 THEN q.type END AS ring_type
    FROM place AS q
    WHERE q.is_queue = 1
),
found AS (
    SELECT
        q.service_id,
        q.capture_id,
        q.site_id,
        h.site_id AS holder_id,
        h.wait_reason AS holder_reason,
        'past' AS kind,
        coalesce(h.type = q.type, 0) AS is_same_type
    FROM queue AS q
    CROSS JOIN passed AS h ON h.capture_id = q.capture_id AND h.function = q.function AND h.line > q.line
    WHERE h.site_id <> q.site_id
    UNION
    SELECT
        q.service_id,
        q.capture_id,
        q.site_id,
        h.site_id,
        h.wait_reason,
        'past',
        q.type IS NOT NULL
    FROM queue AS q
    CROSS JOIN holder AS h ON h.capture_id = q.capture_id AND h.function = q.function AND h.line > q.line
    UNION
    SELECT
        q.service_id,
        q.capture_id,
        q.site_id,
        h.site_id,
        h.wait_reason,
        'type',
        1
    FROM queue AS q
    CROSS JOIN owner AS h ON h.capture_id = q.capture_id AND h.type = q.type
    WHERE h.function IS NOT q.function
       OR h.line <= q.line
)
SELECT
    f.service_id,
    f.capture_id,
    f.site_id,
    max(f.holder_id) AS holder_id,
    max(f.holder_reason) AS holder_reason,
    f.kind,
    max(f.is_same_type) AS is_same_type
FROM found AS f
GROUP BY
    f.capture_id,
    f.site_id,
    f.kind
HAVING count(DISTINCT f.holder_id) = 1
UNION ALL
SELECT
    a.service_id,
    a.capture_id,
    a.site_id,
    b.site_id,
    b.wait_reason,
    'ring',
    0
FROM (
    SELECT DISTINCT
        t.capture_id,
        t.site_id,
        t.type
    FROM through AS t
    WHERE t.type IS NOT NULL
) AS way
CROSS JOIN queue AS a ON a.capture_id = way.capture_id AND a.site_id = way.site_id AND a.type <> way.type
CROSS JOIN queue AS b ON b.capture_id = way.capture_id AND b.ring_type = way.type
WHERE EXISTS (
    SELECT 1
    FROM through AS t
    WHERE t.capture_id = b.capture_id
      AND t.site_id = b.site_id
      AND t.type = a.type
  );

CREATE VIEW v_watched AS
SELECT
    l.service_id
FROM v_life AS l
CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
CROSS JOIN capture AS c USING (capture_id)
WHERE c.is_observation = 1
GROUP BY l.lifetime_id
HAVING count(DISTINCT c.time_ns / 60000000000) >= 3;
