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
