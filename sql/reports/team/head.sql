-- What a team's page says first: one row.
WITH open_finding AS (
    SELECT f.service
    FROM v_finding AS f
    JOIN v_owner AS o ON o.service = f.service
    WHERE o.team = :team
      AND f.state <> 'fixed'
      AND f.suppressed_by IS NULL
)
SELECT
    :team AS name,
    (SELECT count(*) FROM open_finding) AS "findings:count",
    CASE (SELECT count(DISTINCT f.service) FROM open_finding AS f)
        WHEN 0 THEN 'No leak found in the services of ' || :team
        WHEN 1 THEN (SELECT f.service FROM open_finding AS f LIMIT 1) || ' leaks'
        ELSE (SELECT count(DISTINCT f.service) FROM open_finding AS f) || ' services of ' || :team || ' leak'
    END AS title;
