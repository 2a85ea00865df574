-- v_strange_kill: kills of processes of which nothing was ever captured, each once however many logs tell of it; what
-- the configuration ignores was captured
--   capture_id, ordinal   its row of v_kill that says most

CREATE VIEW v_strange_kill AS
WITH seen AS (
    SELECT DISTINCT c.service_id
    FROM capture AS c
    WHERE (c.is_observation = 1 OR c.ignored_by IS NOT NULL)
      AND c.is_foreign = 0
),
known AS (
    SELECT DISTINCT
        v.capture_id,
        v.ordinal
    FROM v_kill_sign AS v
    JOIN seen AS s USING (service_id)
),
stranger AS (
    SELECT
        k.capture_id,
        k.ordinal,
        row_number() OVER (
            PARTITION BY
                k.process,
                k.pod,
                k.container,
                k.pid,
                k.time_ns / 2000000000
            ORDER BY
                k.source <> 'kernel',
                k.capture_id,
                k.ordinal
        ) AS place
    FROM kill AS k
    LEFT JOIN known AS n USING (capture_id, ordinal)
    WHERE n.capture_id IS NULL
)
SELECT
    st.capture_id,
    st.ordinal
FROM stranger AS st
WHERE st.place = 1;
