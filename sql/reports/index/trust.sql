-- Can the data be trusted? One row for each thing that is or may be wrong, worst first; "is_good" rows say
-- that there was nothing of the kind.
WITH file_state AS (
    SELECT
        (SELECT count(*) FROM file) AS files,
        (SELECT count(*) FROM v_rejected_file) AS rejected
),
capture_state AS (
    SELECT
        count(*) AS captures,
        total(c.is_partial) AS partial,
        total(c.time_ns IS NULL AND c.is_observation = 1) AS timeless
    FROM capture AS c
),
newest AS (
    SELECT
        c.instance_id,
        max(c.time_ns) AS last_ns
    FROM capture AS c
    WHERE c.time_ns IS NOT NULL
      AND c.is_observation = 1
    GROUP BY c.instance_id
),
-- Where nothing was collected in between, a second capture is no fault and no loss.
left_out AS (
    SELECT count(DISTINCT a.capture_id) AS captures
    FROM audit AS a
    WHERE a.is_left_out = 1
      AND a.reason <> 'same-gc-cycle'
),
ending AS (
    SELECT max(n.last_ns) AS last_ns FROM newest AS n
)
SELECT
    'rejected' AS id,
    fs.rejected AS "number:count",
    'of ' || count_text(fs.files) || CASE fs.files WHEN 1 THEN ' file' ELSE ' files' END || CASE fs.rejected WHEN 1 THEN ' holds' ELSE ' hold' END
        || ' something that is no capture, or damaged' AS text,
    fs.rejected = 0 AS "is_good:bool"
FROM file_state AS fs
UNION ALL
SELECT
    'partial',
    CAST(cs.partial AS INTEGER),
    'of ' || count_text(cs.captures) || CASE cs.captures WHEN 1 THEN ' capture' ELSE ' captures' END
        || CASE cs.partial WHEN 1 THEN ' was' ELSE ' were' END || ' read in part',
    cs.partial = 0
FROM capture_state AS cs
UNION ALL
SELECT
    'left-out',
    lo.captures,
    CASE lo.captures WHEN 1 THEN 'capture was' ELSE 'captures were' END || ' left out of judgments',
    lo.captures = 0
FROM left_out AS lo
UNION ALL
SELECT
    'timeless',
    CAST(cs.timeless AS INTEGER),
    CASE cs.timeless WHEN 1 THEN 'capture has' ELSE 'captures have' END || ' no known time',
    cs.timeless = 0
FROM capture_state AS cs
UNION ALL
SELECT
    'failed',
    count(DISTINCT s.service_id),
    CASE count(DISTINCT s.service_id) WHEN 1 THEN 'service' ELSE 'services' END || ' could not be judged: an analyzer failed',
    count(*) = 0
FROM stage AS s
WHERE s.status = 'failed'
UNION ALL
SELECT
    'waiting',
    count(*),
    CASE count(*) WHEN 1 THEN 'service has' ELSE 'services have' END
        || ' captures that were not judged yet: run ''leakledger analyze''',
    count(*) = 0
FROM service AS s
WHERE s.is_dirty = 1
  AND EXISTS (SELECT 1 FROM capture AS c WHERE c.service_id = s.service_id AND c.is_foreign = 0 AND c.is_observation = 1)
  AND NOT EXISTS (SELECT 1 FROM stage AS st WHERE st.service_id = s.service_id AND st.status = 'failed')
UNION ALL
SELECT
    'silent',
    count(*),
    CASE count(*) WHEN 1 THEN 'instance sent its' ELSE 'instances sent their' END
        || ' last capture more than a day before the newest of the fleet',
    count(*) = 0
FROM newest AS n
JOIN ending AS e ON n.last_ns < e.last_ns - 86400000000000;
