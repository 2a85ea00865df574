-- Stacks of the attached ledger's services: those that are new, and what the numbers become.

INSERT OR IGNORE INTO merge_stack (service_id, depth, frames)
SELECT
    ms.new_id,
    st.depth,
    merge_frames(st.frames)
FROM src.stack AS st
JOIN merge_m_service AS ms ON ms.old_id = st.service_id
ORDER BY
    ms.new_id,
    st.stack_id;

INSERT INTO main.stack (service_id, stack_id, depth, frames)
SELECT
    t.service_id,
    t.stack_id,
    t.depth,
    t.frames
FROM merge_stack AS t
WHERE t.stack_id > (SELECT coalesce(max(st.stack_id), 0) FROM main.stack AS st);

INSERT INTO merge_m_stack (old_id, new_id)
SELECT
    st.stack_id,
    t.stack_id
FROM src.stack AS st
JOIN merge_m_service AS ms ON ms.old_id = st.service_id
JOIN merge_stack AS t ON t.service_id = ms.new_id AND t.frames = merge_frames(st.frames);
