-- v_stuck: goroutines that will not go on by themselves, as far as dumps can tell without a trend; of lives that
-- belong to the present
--   service_id, lifetime_id
--   capture_id     the newest dump of the life
--   site_id        where they stand
--   wait_reason    as the dump prints it; of semacquire what the frame below it is for
--   class          wait_reason of the catalog
--   goroutines     how many have waited for longer than such a wait takes (wait_reason.stuck_minutes)
--   minutes        for how long at least
--   is_deadlock    1: the runtime ended the process because all its goroutines were asleep; then all that
--                  wait are counted
--
-- A dump prints a wait only when a collection has passed since it began. Where no goroutine of any dump has
-- one, as many as stood there in each of three dumps and more, never one more or less, are taken for the same; before
-- a lock also as many as the first showed, if there were never fewer, and nobody past the lock was at work.
-- A dump of Go 1.19 and older says semacquire for locks and WaitGroups alike; only the frame tells.
--
-- v_finalizer_root: functions that can only be called by the goroutine that runs finalizers when they are outermost in
-- a stack of a dump that nobody started. A dump hides that goroutine's frames of the runtime, and who started it. Of
-- the others that nobody started, goroutine 1 runs main or, before, initializes packages, and C calls in through
-- functions of a name of their own
--   site_id
--
-- v_finalizing: stacks in which goroutines of lives that belong to the present run finalizers: the runtime's frames
-- tell, or in a dump, which hides them, that nobody started the goroutine
--   service_id, stack_id
CREATE VIEW v_finalizer_root AS
SELECT si.site_id
FROM v_site AS si
WHERE si.owner <> 'runtime'
  AND si.function <> 'main.main'
  AND si.function NOT GLOB '*.init'
  AND si.function NOT GLOB '*.init.*'
  AND si.function NOT GLOB '_cgoexp*';

CREATE VIEW v_finalizing AS
WITH seen AS (
    SELECT DISTINCT
        l.service_id,
        g.stack_id,
        -- A dump hides who started this goroutine, and main; of all others it tells.
        c.variant = 'debug=2' AND g.creator_id IS NULL AND g.count = 1 AND g.is_cut = 0 AND EXISTS (
            SELECT 1
            FROM goroutine_group AS told
            WHERE told.capture_id = c.capture_id
              AND told.creator_id IS NOT NULL
        ) AS is_unstarted
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN goroutine_group AS g USING (capture_id)
)
SELECT DISTINCT
    se.service_id,
    se.stack_id
FROM seen AS se
WHERE EXISTS (
    SELECT 1
    FROM stack_frame AS sf
    WHERE sf.service_id = se.service_id
      AND sf.stack_id = se.stack_id
      AND sf.function IN ('runtime.runfinq', 'runtime.runFinalizers', 'runtime.runCleanups')
) OR (
    se.is_unstarted
    AND EXISTS (
        SELECT 1
        FROM v_stack_site AS vs
        JOIN v_finalizer_root AS fr ON fr.site_id = vs.root_id
        WHERE vs.service_id = se.service_id
          AND vs.stack_id = se.stack_id
    )
);

CREATE VIEW v_stuck AS
SELECT
    st.service_id,
    st.lifetime_id,
    st.capture_id,
    st.site_id,
    st.wait_reason,
    st.class,
    st.goroutines,
    st.minutes,
    st.is_deadlock
FROM stuck AS st;
