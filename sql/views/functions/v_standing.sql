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
    st.goroutines
FROM standing AS st;
