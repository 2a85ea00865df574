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
-- v_waiting: the same of lives that few dumps tell of, with the class of such a wait and with what
-- else the program has going in the same dump
--   service_id, site_id, capture_id, wait_reason
--   goroutines, minutes, orphans, creators, held_ns, held, gone   as in v_standing
--   class          wait_reason of the catalog
--   is_main        1: the main goroutine, which is listed in a send or at a WaitGroup only
--   at_work        places where others compute, sleep, read or write, listeners and the main goroutine aside
--   movers         places where others, the main goroutine aside, stand who could answer: neither in a send, nor at a lock, a WaitGroup, a condition,
--                  nor for ever
--
-- v_lock_place: the same, of dumps in which some goroutine waits for a lock
--   place_id       a number of it
--   service_id, capture_id, site_id, wait_reason, goroutines   as in v_standing
--   function
--   type           of which function is a method, "pkg.(*T)."; NULL: of none
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
-- v_library_call: functions of libraries in which goroutines wait that were called from a place
--   service_id
--   site_id        the program's own line
--   place, reason, is_firm, name, meaning   library_call of the catalog
--
-- v_watched: services of which some process was captured in three minutes or more of an hour, or in five of less, so
-- that a series decides; three in a few minutes show no trend
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
    t.is_main,
    t.at_work,
    t.movers
FROM (
    SELECT
        st.*,
        sum(st.is_main = 0 AND st.is_listener = 0 AND st.wait_reason IN ('running', 'runnable', 'syscall', 'IO wait', 'sleep')) OVER (
            PARTITION BY st.capture_id
        ) AS at_work,
        sum(st.is_main = 0 AND st.wait_reason NOT IN (
            'chan send', 'sync.WaitGroup.Wait', 'sync.Cond.Wait', 'sync.Mutex.Lock', 'sync.RWMutex.Lock',
            'sync.RWMutex.RLock', 'chan send (nil chan)', 'chan receive (nil chan)', 'select (no cases)'
        )) OVER (PARTITION BY st.capture_id) AS movers
    FROM v_standing AS st
    WHERE st.dumps < 5
) AS t
JOIN wait_reason AS wr ON wr.reason = t.wait_reason
WHERE t.is_main = 0
   OR t.wait_reason IN ('chan send', 'sync.WaitGroup.Wait');

CREATE VIEW v_lock_place AS
SELECT
    lp.place_id,
    lp.service_id,
    lp.capture_id,
    lp.site_id,
    lp.wait_reason,
    lp.goroutines,
    lp.function,
    lp.type
FROM temp.lock_place AS lp;

CREATE VIEW v_lock_edge AS
SELECT
    le.service_id,
    le.capture_id,
    le.site_id,
    le.holder_id,
    le.holder_reason,
    le.kind,
    le.is_same_type
FROM temp.lock_edge AS le;

CREATE VIEW v_library_call AS
SELECT
    ss.service_id,
    ss.blocked_id AS site_id,
    via.place,
    via.reason,
    via.is_firm,
    via.name,
    via.meaning
FROM stack_site AS ss
JOIN site AS own ON own.site_id = ss.blocked_id
CROSS JOIN stack_frame AS sf ON sf.service_id = ss.service_id AND sf.stack_id = ss.stack_id
CROSS JOIN library_call AS via ON via.function = sf.function
WHERE EXISTS (SELECT 1 FROM goroutine_group AS g WHERE g.stack_id = ss.stack_id)
  AND sf.position < (
    SELECT min(mine.position)
    FROM stack_frame AS mine
    WHERE mine.service_id = ss.service_id
      AND mine.stack_id = ss.stack_id
      AND mine.function = own.function
  );

CREATE VIEW v_watched AS
SELECT
    l.service_id
FROM v_life AS l
CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
CROSS JOIN capture AS c USING (capture_id)
WHERE c.is_observation = 1
GROUP BY l.lifetime_id
HAVING count(DISTINCT c.time_ns / 60000000000) >= 5
    OR (count(DISTINCT c.time_ns / 60000000000) >= 3 AND max(c.time_ns) - min(c.time_ns) >= 3600000000000);
