-- v_stuck: goroutines that will not go on by themselves, as far as dumps can tell without a trend; of lives that
-- belong to the present
--   service_id, lifetime_id
--   capture_id     the newest dump of the life
--   site_id        where they stand
--   wait_reason    as the dump prints it; of semacquire what the frame below it is for
--   goroutines     how many have waited for longer than such a wait takes (wait_reason.stuck_minutes)
--   minutes        for how long at least
--   is_deadlock    1: the runtime ended the process because all its goroutines were asleep; then all that
--                  wait are counted
--
-- A dump prints a wait only when a collection has passed since it began. Where no goroutine of any dump has
-- one, as many as stood there in each of three dumps and more, never one more or less, are taken for the same.
-- A dump of Go 1.19 and older says semacquire for locks and WaitGroups alike; only the frame tells.
--
-- v_finalizer_root: functions that can only be called by the goroutine that runs finalizers when they are outermost in
-- a stack of a dump that nobody started. A dump hides that goroutine's frames of the runtime, and who started it. Of
-- the others that nobody started, goroutine 1 runs main or, before, initializes packages, and C calls in through
-- functions of a name of their own
--   site_id
CREATE VIEW v_finalizer_root AS
SELECT si.site_id
FROM v_site AS si
WHERE si.owner <> 'runtime'
  AND si.function <> 'main.main'
  AND si.function NOT GLOB '*.init'
  AND si.function NOT GLOB '*.init.*'
  AND si.function NOT GLOB '_cgoexp*';

CREATE VIEW v_stuck AS
SELECT
    st.service_id,
    st.lifetime_id,
    st.capture_id,
    st.site_id,
    st.wait_reason,
    st.goroutines,
    st.minutes,
    st.is_deadlock
FROM stuck AS st;
