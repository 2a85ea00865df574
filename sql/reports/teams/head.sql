-- What the page of teams says first: one row.
WITH seen AS (
    SELECT
        s.name,
        o.team
    FROM service AS s
    LEFT JOIN v_owner AS o ON o.service = s.name
    WHERE EXISTS (
        SELECT 1
        FROM capture AS c
        WHERE c.service_id = s.service_id
          AND c.is_foreign = 0
          AND c.is_observation = 1
    )
)
SELECT
    count(DISTINCT s.team) AS "teams:count",
    count(s.team) AS "owned:count",
    count(*) - count(s.team) AS "unowned:count",
    CASE
        WHEN count(s.team) = 0 THEN 'No service has an owner yet'
        WHEN count(s.team) = count(*) THEN 'Every service has an owner'
        ELSE count_text(count(*) - count(s.team)) || ' of ' || count_text(count(*)) || ' services have no owner'
    END AS title
FROM seen AS s;
