-- Where goroutines stand in a dump in which some wait for a lock; see v_lock_place in
-- sql/views/functions/v_standing.sql.
INSERT INTO lock_place (
    service_id, capture_id, site_id, wait_reason, goroutines, function, line, type, is_waiting, is_queue
)
SELECT
    st.service_id,
    st.capture_id,
    st.site_id,
    st.wait_reason,
    sum(st.goroutines) AS goroutines,
    si.function,
    si.line,
    CASE WHEN si.function GLOB '*).*' THEN substr(si.function, 1, instr(si.function, ').') + 1) END AS type,
    coalesce(wr.is_waiting, 0) AS is_waiting,
    st.wait_reason GLOB 'sync.*Lock' AS is_queue
FROM standing AS st
JOIN site AS si USING (site_id)
LEFT JOIN wait_reason AS wr ON wr.reason = st.wait_reason
WHERE st.capture_id IN (SELECT q.capture_id FROM standing AS q WHERE q.wait_reason GLOB 'sync.*Lock')
GROUP BY
    st.capture_id,
    st.site_id,
    st.wait_reason
ORDER BY
    st.capture_id,
    st.site_id,
    st.wait_reason;
