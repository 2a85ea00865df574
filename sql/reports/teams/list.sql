-- Teams, as tables of owners name them, with what is open in their services; those with most trouble first.
SELECT
    o.team AS name,
    'team/' || file_name(o.team) || '.html' AS page,
    count(*) AS "services:count",
    CAST(total(f.findings) AS INTEGER) AS "open:count",
    CAST(total(f.fresh) AS INTEGER) AS "fresh:count",
    min(f.time_to_limit_ns) AS "limit_in:duration",
    CASE min(f.worst) WHEN 1 THEN 'error' WHEN 2 THEN 'warning' WHEN 3 THEN 'info' END AS severity
FROM v_owner AS o
JOIN service AS s ON s.name = o.service
LEFT JOIN (
    SELECT
        v.service,
        count(*) AS findings,
        total(v.state IN ('new', 'worse', 'regressed')) AS fresh,
        min(v.time_to_limit_ns) AS time_to_limit_ns,
        min(CASE v.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END) AS worst
    FROM v_finding AS v
    WHERE v.state <> 'fixed'
      AND v.suppressed_by IS NULL
    GROUP BY v.service
) AS f ON f.service = s.name
WHERE EXISTS (
    SELECT 1
    FROM capture AS c
    WHERE c.service_id = s.service_id
      AND c.is_foreign = 0
      AND c.is_observation = 1
)
GROUP BY o.team
ORDER BY
    min(f.worst) IS NULL,
    min(f.worst),
    total(f.findings) DESC,
    o.team;
