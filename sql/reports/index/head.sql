-- What the fleet's page says first: one row.
WITH open_finding AS (
    SELECT
        f.id,
        f.service,
        f.severity <> 'info' AND f.class NOT IN (SELECT nl.class FROM v_no_leak_class AS nl) AS is_leak,
        f.function,
        f.file,
        f.line,
        f.remedy,
        f.growth_bytes_per_day,
        f.growth_bytes_low,
        f.growth_bytes_high,
        f.growth_per_day,
        f.kind,
        f.watched_ns,
        f.time_to_limit_ns,
        f.time_to_limit_low_ns,
        f.time_to_limit_high_ns,
        f.limit_at_ns,
        f.time_to_limit_reason,
        f.limit_bytes,
        f.limit_source,
        f.is_hidden,
        CASE WHEN f.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts,
        row_number() OVER (
            -- as in findings.sql
            ORDER BY
                f.time_to_limit_ns IS NULL,
                f.time_to_limit_ns,
                CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END,
                f.growth_bytes_per_day DESC,
                f.growth_per_day DESC,
                f.id
        ) AS place
    FROM v_finding AS f
    WHERE f.state <> 'fixed'
      AND f.suppressed_by IS NULL
),
-- What v_service calls so where nothing is found, without a look at every capture.
growing AS (
    SELECT s.name AS service
    FROM stage AS st
    JOIN service AS s USING (service_id)
    WHERE st.layer = 'L1'
      AND st.status = 'done'
      AND st.reason <> ''
),
-- What is no finding, but where to look first: such a service is not judged.
look AS MATERIALIZED (
    SELECT
        l.id,
        f.service_id
    FROM v_look AS l
    JOIN finding AS f ON f.finding_id = l.id
    WHERE f.state <> 'fixed'
),
tally AS (
    SELECT
        (SELECT count(*) FROM service AS s WHERE EXISTS (
            SELECT 1 FROM capture AS c WHERE c.service_id = s.service_id AND c.is_foreign = 0 AND c.is_observation = 1
        )) AS services,
        (SELECT count(*) FROM open_finding) AS findings,
        (SELECT count(*) FROM v_finding AS f WHERE f.state <> 'fixed' AND f.suppressed_by IS NOT NULL) AS suppressed,
        (SELECT count(DISTINCT o.service) FROM open_finding AS o WHERE o.is_leak) AS leaking,
        (SELECT count(DISTINCT o.service) FROM open_finding AS o) AS troubled,
        (SELECT count(*) FROM growing AS g) AS growing,
        (SELECT count(*) FROM service AS s WHERE s.judged_by IS NULL AND EXISTS (
            SELECT 1 FROM capture AS c WHERE c.service_id = s.service_id AND c.is_foreign = 0 AND c.is_observation = 1
        )) AS waiting,
        -- As v_strange_kill tells them apart; asked only where nothing was captured of any process.
        (SELECT count(*) FROM (
            SELECT DISTINCT
                k.process,
                k.pod,
                k.container,
                k.pid,
                k.time_ns / 2000000000
            FROM kill AS k
        )) AS killed,
        (SELECT count(*) FROM (
            SELECT s.service_id
            FROM service AS s
            JOIN stage AS st USING (service_id)
            WHERE st.layer IN ('L1', 'L2', 'L3')
              AND EXISTS (
                SELECT 1 FROM capture AS c WHERE c.service_id = s.service_id AND c.is_foreign = 0 AND c.is_observation = 1
            )
              AND NOT EXISTS (
                SELECT 1
                FROM finding AS f
                WHERE f.service_id = s.service_id
                  AND f.state <> 'fixed'
                  AND f.finding_id NOT IN (SELECT l.id FROM look AS l)
            )
            GROUP BY s.service_id
            HAVING sum(st.status = 'failed') = 0
               AND (
                   sum(st.status = 'done') = 0
                   OR sum(st.status = 'done' AND st.reason <> '') = 0
                   AND s.service_id IN (SELECT l.service_id FROM look AS l)
               )
        )) AS unjudged
)
SELECT
    t.services AS "services:count",
    t.findings AS "findings:count",
    t.suppressed AS "suppressed:count",
    t.leaking AS "leaking:count",
    t.unjudged AS "unjudged:count",
    t.waiting AS "waiting:count",
    CASE
        WHEN t.services = 0 AND t.killed = 1 THEN 'One process was killed, and nothing was captured of it'
        WHEN t.services = 0 AND t.killed > 1
            THEN count_text(t.killed) || ' processes were killed, and nothing was captured of them'
        WHEN t.services = 0 THEN 'No captures of Go programs yet'
        WHEN t.findings = 0 AND t.waiting = t.services THEN 'Nothing has been judged yet'
        WHEN t.findings = 0 AND t.unjudged = t.services THEN 'Not enough evidence to judge any service'
        WHEN t.findings = 0 AND t.suppressed > 0 THEN 'No leak found that is not suppressed'
        WHEN t.findings = 0 AND t.growing = 1
            THEN 'No leak found, but ' || (SELECT g.service FROM growing AS g) || ' grows'
        WHEN t.findings = 0 AND t.growing > 1 THEN 'No leak found, but ' || count_text(t.growing) || ' services grow'
        WHEN t.findings = 0 THEN 'No leak found'
        WHEN t.leaking = 0 AND t.troubled = 1 THEN 'No leak found, but ' || o.service || ' needs attention'
        WHEN t.leaking = 0 THEN 'No leak found, but ' || count_text(t.troubled) || ' services need attention'
        WHEN t.leaking = 1 THEN (SELECT min(x.service) FROM open_finding AS x WHERE x.is_leak) || ' leaks'
        ELSE count_text(t.leaking) || ' of ' || count_text(t.services) || ' services leak'
    END AS title,
    CASE
        WHEN t.services > 0 AND t.findings = 0 AND t.waiting = t.services
            THEN 'Run ''leakledger analyze'' on this ledger: it tells what leaks, and where.'
        WHEN t.findings = 0 AND t.unjudged < t.services THEN
            count_text(t.services - t.unjudged) || ' of ' || count_text(t.services)
            || CASE t.services WHEN 1 THEN ' service' ELSE ' services' END || ' had enough captures to be judged.'
        WHEN t.findings > 0 AND o.growth_bytes_per_day > 0 THEN
            o.service || ' hurts first: it gains about ' || CASE
                WHEN o.watched_ns < 86400000000000 THEN bytes_text(o.growth_bytes_per_day / 24) || ' an hour'
                ELSE bytes_text(o.growth_bytes_per_day) || ' a day'
            END || ' in each process.'
        WHEN t.findings > 0 THEN o.service || ' hurts first.'
    END AS lead,
    'finding/' || o.id || '.html' AS page,
    o.service,
    replace(o.function, rtrim(o.function, replace(o.function, '/', '')), '') AS function,
    replace(o.file, rtrim(o.file, replace(o.file, '/', '')), '') || coalesce(':' || nullif(o.line, 0), '') AS place,
    substr(o.remedy, 1, instr(o.remedy || '. ', '. ')) AS remedy,
    CASE o.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    CAST(round(o.growth_bytes_per_day / o.parts) AS INTEGER) AS "growth:bytes",
    CAST(round(o.growth_bytes_low / o.parts) AS INTEGER) AS "growth_low:bytes",
    CAST(round(o.growth_bytes_high / o.parts) AS INTEGER) AS "growth_high:bytes",
    CASE WHEN o.kind = 'goroutines' THEN CAST(round(o.growth_per_day / o.parts) AS INTEGER) END AS "goroutines:count",
    o.time_to_limit_ns AS "limit_in:duration",
    o.time_to_limit_low_ns AS "limit_in_low:duration",
    o.time_to_limit_high_ns AS "limit_in_high:duration",
    o.limit_at_ns AS "limit_at:time",
    o.limit_bytes AS "limit:bytes",
    o.limit_source = 'Go' AS "is_soft:bool",
    o.is_hidden AS "is_hidden:bool",
    substr(o.time_to_limit_reason, 1, instr(o.time_to_limit_reason || ';', ';') - 1) AS limit_reason,
    (SELECT count(*) FROM v_finding AS f WHERE f.state <> 'fixed' AND f.suppressed_by IS NULL AND f.time_to_limit_ns IS NOT NULL) AS "timed:count",
    (SELECT min(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "since:time",
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "until:time"
FROM tally AS t
LEFT JOIN open_finding AS o ON o.place = 1;
