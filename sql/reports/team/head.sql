-- What a team's page says first: one row; as the first page and the team's mail count.
WITH open_finding AS (
    SELECT
        f.service,
        f.severity <> 'info' AND f.class NOT IN (SELECT nl.class FROM v_no_leak_class AS nl) AS is_leak
    FROM v_finding AS f
    JOIN v_owner AS o ON o.service = f.service
    WHERE o.team = :team
      AND f.state <> 'fixed'
      AND f.suppressed_by IS NULL
),
tally AS (
    SELECT
        count(*) AS findings,
        count(DISTINCT f.service) AS troubled,
        count(DISTINCT CASE WHEN f.is_leak THEN f.service END) AS leaking,
        (
            SELECT count(*)
            FROM v_owner AS o
            JOIN service AS s ON s.name = o.service
            WHERE o.team = :team
              AND EXISTS (
                SELECT 1
                FROM capture AS c
                WHERE c.service_id = s.service_id
                  AND c.is_foreign = 0
                  AND c.is_observation = 1
            )
        ) AS services
    FROM open_finding AS f
)
SELECT
    :team AS name,
    t.findings AS "findings:count",
    CASE t.leaking
        WHEN 0 THEN 'No leak found in the services of ' || :team
        WHEN 1 THEN (SELECT min(f.service) FROM open_finding AS f WHERE f.is_leak) || ' leaks'
        ELSE count_text(t.leaking) || ' of ' || count_text(t.services) || ' services of ' || :team || ' leak'
    END
    || CASE
        WHEN t.troubled = t.leaking THEN ''
        ELSE iif(t.leaking = 0, ', but ', ' and ') || count_text(t.troubled - t.leaking) || iif(t.leaking = 0, '', ' more')
            || iif(t.troubled - t.leaking = 1, ' needs', ' need') || ' attention'
    END AS title
FROM tally AS t;
