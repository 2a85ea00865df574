-- A stack unpacks to as many frames as it says, each of which is there, with its function.
WITH unpacked AS (
    SELECT
        st.stack_id,
        st.depth,
        count(p.position) AS positions,
        count(p.position) - count(fn.function_id) AS missing
    FROM stack AS st
    LEFT JOIN stack_frames(st.frames) AS p ON 1
    LEFT JOIN frame AS fr ON fr.frame_id = p.frame_id
    LEFT JOIN function AS fn ON fn.function_id = fr.function_id
    GROUP BY
        st.service_id,
        st.stack_id
)
SELECT
    'stack ' || u.stack_id || CASE
        WHEN u.positions <> u.depth THEN ' has ' || u.positions || ' of ' || u.depth || ' frames'
        ELSE ' has ' || u.missing || ' frames without a function'
    END AS problem
FROM unpacked AS u
WHERE u.positions <> u.depth
   OR u.missing > 0
ORDER BY 1;
