-- Every service that Go captures came from; those with findings first.
WITH seen AS (
    SELECT
        c.service_id,
        count(*) AS captures,
        count(DISTINCT CASE WHEN c.is_observation = 1 THEN c.instance_id END) AS instances,
        max(CASE WHEN c.is_observation = 1 THEN c.time_ns END) AS last_ns
    FROM capture AS c
    WHERE c.is_foreign = 0
    GROUP BY c.service_id
    HAVING max(c.is_observation) = 1
),
found AS (
    SELECT
        f.service_id,
        count(*) FILTER (WHERE sd.finding_id IS NULL) AS findings,
        count(sd.finding_id) AS suppressed,
        min(CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END)
            FILTER (WHERE sd.finding_id IS NULL) AS worst
    FROM finding AS f
    LEFT JOIN suppressed AS sd ON sd.finding_id = f.finding_id AND sd.is_in_use = 1
    WHERE f.state <> 'fixed'
    GROUP BY f.service_id
),
judged AS (
    SELECT
        st.service_id,
        sum(st.status = 'done') AS layers,
        sum(st.status = 'failed') AS failed,
        min(CASE WHEN st.status = 'no-data' THEN st.reason END) AS reason
    FROM stage AS st
    WHERE st.layer IN ('L1', 'L2', 'L3')
    GROUP BY st.service_id
)
SELECT
    s.service_id,
    s.name,
    'service/' || file_name(s.name) || '.html' AS page,
    CASE
        WHEN f.findings > 0 THEN 'leaks'
        WHEN j.failed > 0 THEN 'not judged'
        WHEN f.suppressed > 0 THEN 'suppressed'
        WHEN j.layers > 0 THEN 'no leak found'
        ELSE 'not enough evidence'
    END AS verdict,
    CASE f.worst WHEN 1 THEN 'error' WHEN 2 THEN 'warning' WHEN 3 THEN 'info' END AS severity,
    coalesce(f.findings, 0) AS "findings:count",
    coalesce(f.suppressed, 0) AS "suppressed:count",
    seen.captures AS "captures:count",
    seen.instances AS "instances:count",
    seen.last_ns AS "last:time",
    o.team AS owner,
    CASE WHEN o.team IS NOT NULL THEN 'team/' || file_name(o.team) || '.html' END AS owner_page,
    CASE WHEN f.findings IS NULL AND coalesce(j.layers, 0) = 0 THEN j.reason END AS reason
FROM seen
JOIN service AS s USING (service_id)
LEFT JOIN found AS f USING (service_id)
LEFT JOIN judged AS j USING (service_id)
LEFT JOIN v_owner AS o ON o.service = s.name
WHERE :team IS NULL
   OR o.team = :team
   OR (:team = '' AND o.team IS NULL)
ORDER BY
    f.worst IS NULL,
    f.worst,
    coalesce(j.layers, 0) = 0,
    s.name;
