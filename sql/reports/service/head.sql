-- What a service's page says first: one row.
WITH found AS (
    SELECT
        count(*) FILTER (WHERE sd.finding_id IS NULL) AS findings,
        count(*) FILTER (
            WHERE sd.finding_id IS NULL
              AND f.severity <> 'info'
              AND f.class NOT IN (SELECT nl.class FROM v_no_leak_class AS nl)
        ) AS leaks,
        count(sd.finding_id) AS suppressed,
        min(CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END)
            FILTER (WHERE sd.finding_id IS NULL) AS worst,
        sum(f.growth_bytes_per_day) FILTER (WHERE sd.finding_id IS NULL) AS growth,
        max(f.watched_ns) FILTER (WHERE sd.finding_id IS NULL) AS watched_ns
    FROM finding AS f
    LEFT JOIN suppressed AS sd ON sd.finding_id = f.finding_id AND sd.is_in_use = 1
    WHERE f.service_id = :service_id
      AND f.state <> 'fixed'
      AND NOT EXISTS (SELECT 1 FROM v_look AS l WHERE l.id = f.finding_id)
),
judged AS (
    SELECT
        total(st.status = 'done') AS layers,
        total(st.status = 'failed') AS failed,
        min(CASE WHEN st.status = 'done' AND st.reason <> '' THEN st.reason END) AS notice
    FROM stage AS st
    WHERE st.service_id = :service_id
      AND st.layer IN ('L1', 'L2', 'L3')
)
SELECT
    s.name,
    CASE
        WHEN f.leaks > 1 THEN s.name || ' leaks in ' || count_text(f.leaks) || ' places'
        WHEN f.leaks = 1 THEN s.name || ' leaks'
        WHEN f.findings > 0 THEN s.name || ' needs attention, but no leak was found'
        WHEN j.failed > 0 THEN s.name || ' could not be judged'
        WHEN f.suppressed > 0 THEN 'No leak found in ' || s.name || ' that is not suppressed'
        WHEN j.notice IS NOT NULL THEN s.name || ' grows, which need not be a leak'
        WHEN j.layers > 0 AND k.looks = 0 THEN 'No leak found in ' || s.name
        ELSE 'Not enough evidence to judge ' || s.name
    END AS title,
    CASE f.worst WHEN 1 THEN 'error' WHEN 2 THEN 'warning' WHEN 3 THEN 'info' END AS severity,
    CASE WHEN f.findings > 0 AND f.growth > 0 THEN 'Each process gains about ' || CASE
        WHEN f.watched_ns < 86400000000000 THEN bytes_text(f.growth / 24) || ' an hour'
        ELSE bytes_text(f.growth) || ' a day'
    END || ' in the places below.'
        WHEN f.findings = 0 AND j.notice IS NOT NULL
            THEN upper(substr(j.notice, 1, 1)) || substr(j.notice, 2) || '.'
        WHEN f.findings = 0 AND k.memory IS NOT NULL
            THEN upper(substr(k.memory, 1, 1)) || substr(k.memory, 2) || '.'
        WHEN f.findings = 0 AND k.looks > 0 THEN 'Below is where its own goroutines wait, as one moment shows it.'
        WHEN f.findings = 0 THEN (
            SELECT upper(substr(p.words, 1, 1)) || substr(p.words, 2) || '.'
            FROM v_power AS p
            WHERE p.service_id = s.service_id
        )
    END AS lead,
    (SELECT count(*) FROM capture AS c WHERE c.service_id = s.service_id AND c.ignored_by IS NULL) AS "captures:count",
    (SELECT count(DISTINCT c.instance_id) FROM capture AS c WHERE c.service_id = s.service_id AND c.is_observation = 1) AS "instances:count",
    (SELECT min(c.time_ns) FROM capture AS c WHERE c.service_id = s.service_id AND c.is_observation = 1) AS "since:time",
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.service_id = s.service_id AND c.is_observation = 1) AS "until:time",
    (
        SELECT group_concat(t.go_version, ', ')
        FROM (
            SELECT DISTINCT c.go_version
            FROM capture AS c
            WHERE c.service_id = s.service_id
              AND c.go_version <> ''
            ORDER BY c.go_version
        ) AS t
    ) AS go_versions
FROM service AS s
JOIN found AS f
JOIN judged AS j
JOIN (
    SELECT
        count(*) AS looks,
        max(CASE f.kind WHEN 'heap' THEN (
            SELECT e.detail
            FROM evidence AS e
            WHERE e.finding_id = f.finding_id
              AND e.term = 'look'
        ) END) AS memory
    FROM finding AS f
    WHERE f.service_id = :service_id
      AND f.state <> 'fixed'
      AND EXISTS (SELECT 1 FROM v_look AS l WHERE l.id = f.finding_id)
) AS k
WHERE s.service_id = :service_id;
