-- Every service that Go captures came from; those with findings first.
SELECT
    s.service_id,
    s.name,
    'service/' || file_name(s.name) || '.html' AS page,
    vs.verdict,
    vs.severity,
    vs.findings AS "findings:count",
    vs.suppressed AS "suppressed:count",
    vs.captures AS "captures:count",
    vs.instances AS "instances:count",
    vs.last_ns AS "last:time",
    o.team AS owner,
    CASE WHEN o.team IS NOT NULL THEN 'team/' || file_name(o.team) || '.html' END AS owner_page,
    vs.reason
FROM v_service AS vs
JOIN service AS s ON s.name = vs.service
LEFT JOIN v_owner AS o ON o.service = s.name
WHERE :team IS NULL
   OR o.team = :team
   OR (:team = '' AND o.team IS NULL)
ORDER BY
    vs.severity IS NULL,
    CASE vs.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
    vs.verdict = 'no leak found',
    vs.verdict IN ('not judged', 'not enough evidence'),
    s.name;
