-- What the page of all kills says first, and how many kills there are of what was never captured: one row. What
-- several logs tell of one kill is one.
WITH seen AS (
    SELECT DISTINCT c.service_id
    FROM capture AS c
    WHERE c.is_observation = 1
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
        k.*,
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
),
counted AS (
    SELECT
        (SELECT count(*) FROM v_incident AS v JOIN seen AS s USING (service_id)) AS known_kills,
        (SELECT count(*) FROM stranger AS st WHERE st.place = 1) AS strange_kills
)
SELECT
    c.known_kills + c.strange_kills AS "kills:count",
    c.known_kills AS "known:count",
    c.strange_kills AS "strange:count",
    CASE
        WHEN c.known_kills + c.strange_kills = 0 THEN 'No process is known to have been killed for its memory'
        WHEN c.known_kills + c.strange_kills = 1 THEN 'One process was killed for its memory'
        ELSE count_text(c.known_kills + c.strange_kills) || ' processes were killed for their memory'
    END AS title,
    CASE
        WHEN c.strange_kills = 0 THEN ''
        WHEN c.known_kills = 0 AND c.strange_kills = 1 THEN 'Nothing was ever captured of it, so there is no verdict.'
        WHEN c.known_kills = 0 THEN 'Nothing was ever captured of them, so there is no verdict.'
        WHEN c.strange_kills = 1 THEN 'Of one of them nothing was ever captured, so it has no verdict.'
        ELSE 'Of ' || count_text(c.strange_kills) || ' of them nothing was ever captured, so they have no verdict.'
    END AS lead
FROM counted AS c;
