-- What the page of all kills says first, and how many kills there are of what was never captured: one row.
WITH counted AS (
    SELECT
        (
            SELECT count(*)
            FROM v_incident AS v
            WHERE EXISTS (
                SELECT 1
                FROM capture AS c
                WHERE c.service_id = v.service_id
                  AND c.is_observation = 1
                  AND c.is_foreign = 0
            )
        ) AS known_kills,
        (SELECT count(*) FROM v_strange_kill) AS strange_kills
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
