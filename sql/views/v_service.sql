-- v_service: services that captures of running programs came from, and what was concluded of each.
--
--   service
--   verdict      leaks, needs attention (it has findings, and none of
--                them is both about a leak and more than a hint), suppressed (all that it has is
--                put aside), growing (something grows that need not be a leak), no leak found, not judged (an
--                analyzer failed), not enough evidence
--   reason       what grows, or what a verdict of 'not enough evidence' lacks; NULL otherwise
--   severity     worst of its open findings that are not suppressed; NULL without one
--   score        highest of them; 0 without one
--   findings     open ones that are not suppressed
--   suppressed   open ones that are
--   captures     all of them that are not ignored
--   instances    that were seen running
--   first_ns, last_ns   first and last capture of it running; NULL when no time is known
--
-- v_no_leak_class: classes of findings that tell of a setting or a strain, and not of memory that is lost
--   class

CREATE VIEW v_no_leak_class AS
SELECT 'gogc-drift' AS class
UNION ALL SELECT 'gc-pressure'
UNION ALL SELECT 'forced-gc'
UNION ALL SELECT 'limit'
UNION ALL SELECT 'contention';

CREATE VIEW v_service AS
WITH seen AS (
    SELECT
        c.service_id,
        count(*) AS captures,
        count(DISTINCT CASE WHEN c.is_observation = 1 THEN c.instance_id END) AS instances,
        min(CASE WHEN c.is_observation = 1 THEN c.time_ns END) AS first_ns,
        max(CASE WHEN c.is_observation = 1 THEN c.time_ns END) AS last_ns
    FROM capture AS c
    WHERE c.is_foreign = 0
      AND c.ignored_by IS NULL
    GROUP BY c.service_id
    HAVING max(c.is_observation) = 1
),
found AS (
    SELECT
        f.service_id,
        count(*) FILTER (WHERE sd.finding_id IS NULL) AS findings,
        count(*) FILTER (WHERE sd.finding_id IS NULL AND nl.class IS NULL AND f.severity <> 'info') AS leaks,
        count(sd.finding_id) AS suppressed,
        min(CASE f.severity WHEN 'error' THEN 1 WHEN 'warning' THEN 2 ELSE 3 END)
            FILTER (WHERE sd.finding_id IS NULL) AS worst,
        max(f.score) FILTER (WHERE sd.finding_id IS NULL) AS score
    FROM finding AS f
    LEFT JOIN suppressed AS sd ON sd.finding_id = f.finding_id AND sd.is_in_use = 1
    LEFT JOIN v_no_leak_class AS nl ON nl.class = f.class
    WHERE f.state <> 'fixed'
      AND f.finding_id NOT IN (SELECT l.id FROM v_look AS l)
    GROUP BY f.service_id
),
-- What is no finding, but where to look.
look AS (
    SELECT
        f.service_id,
        min(format(
            '%s%s%s',
            f.function,
            CASE WHEN f.file = '' THEN '' ELSE format(' at %s:%d', f.file, f.line) END,
            coalesce(' (' || nullif(f.wait_reason, '') || ')', ' (memory in use)')
        )) AS place
    FROM finding AS f
    WHERE f.finding_id IN (SELECT l.id FROM v_look AS l)
      AND f.state <> 'fixed'
    GROUP BY f.service_id
),
judged AS (
    SELECT
        st.service_id,
        sum(st.status = 'done') AS layers,
        sum(st.status = 'failed') AS failed,
        min(CASE WHEN st.status = 'no-data' THEN st.reason END) AS reason,
        min(CASE WHEN st.status = 'done' AND st.reason <> '' THEN st.reason END) AS notice
    FROM stage AS st
    WHERE st.layer IN ('L1', 'L2', 'L3')
    GROUP BY st.service_id
)
SELECT
    s.name AS service,
    CASE
        WHEN f.leaks > 0 THEN 'leaks'
        WHEN f.findings > 0 THEN 'needs attention'
        WHEN j.failed > 0 THEN 'not judged'
        WHEN f.suppressed > 0 THEN 'suppressed'
        WHEN j.notice IS NOT NULL THEN 'growing'
        WHEN j.layers > 0 AND lo.service_id IS NULL THEN 'no leak found'
        ELSE 'not enough evidence'
    END AS verdict,
    CASE
        WHEN f.findings IS NOT NULL OR j.failed > 0 THEN NULL
        WHEN lo.service_id IS NOT NULL AND j.notice IS NULL THEN coalesce(j.reason || '; ', '') || 'where to look first: ' || lo.place
        WHEN coalesce(j.layers, 0) = 0 THEN j.reason
        ELSE j.notice
    END AS reason,
    CASE f.worst WHEN 1 THEN 'error' WHEN 2 THEN 'warning' WHEN 3 THEN 'info' END AS severity,
    coalesce(f.score, 0) AS score,
    coalesce(f.findings, 0) AS findings,
    coalesce(f.suppressed, 0) AS suppressed,
    sn.captures,
    sn.instances,
    sn.first_ns,
    sn.last_ns
FROM seen AS sn
JOIN service AS s USING (service_id)
LEFT JOIN found AS f USING (service_id)
LEFT JOIN judged AS j USING (service_id)
LEFT JOIN look AS lo USING (service_id);
