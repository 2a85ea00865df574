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
