-- What a replay found: TEMP, emptied for each replay, filled service by service.
CREATE TEMP TABLE IF NOT EXISTS replay_rule (
    rule_id  INTEGER PRIMARY KEY,
    id       TEXT NOT NULL,
    title    TEXT NOT NULL,
    unit     TEXT NOT NULL,
    state    TEXT NOT NULL
) STRICT;
DELETE FROM temp.replay_rule;

-- One rule over one service.
CREATE TEMP TABLE IF NOT EXISTS replay_service (
    rule_id    INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    looked     INTEGER NOT NULL,  -- captures, or intervals between them, that the rule could judge
    fired      INTEGER NOT NULL,
    held_back  INTEGER NOT NULL,  -- would have fired, but for the rule's cool-down
    nights     INTEGER NOT NULL,  -- UTC days on which it fired
    watched_ns INTEGER NOT NULL,  -- from the first to the last capture of the service
    from_ns    INTEGER,           -- first and last that it looked at
    until_ns   INTEGER,
    first_ns   INTEGER,           -- first and last at which it fired
    last_ns    INTEGER,
    is_failed  INTEGER NOT NULL,
    reason     TEXT NOT NULL,     -- why it could not be evaluated, or failed; else ''
    PRIMARY KEY (rule_id, service_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.replay_service;

CREATE INDEX IF NOT EXISTS temp.replay_service_by_service ON replay_service (service_id);

CREATE TEMP TABLE IF NOT EXISTS replay_night (
    rule_id    INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    day        INTEGER NOT NULL,  -- since 1970
    PRIMARY KEY (rule_id, service_id, day)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.replay_night;

-- An alarm: a run of captures of one instance at which a rule fires, with what it said at the first.
CREATE TEMP TABLE IF NOT EXISTS replay_alarm (
    rule_id     INTEGER NOT NULL,
    service_id  INTEGER NOT NULL,
    t_ns        INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    instance_id INTEGER,
    until_ns    INTEGER NOT NULL,
    firings     INTEGER NOT NULL,
    value       REAL,
    threshold   REAL,
    detail      TEXT NOT NULL,
    captures    TEXT NOT NULL,    -- JSON array of capture ids
    PRIMARY KEY (rule_id, service_id, t_ns, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.replay_alarm;

-- Kills of the services that were replayed. Put down once each, because what they are is worked out from all that
-- tells of kills, and every rule asks.
CREATE TEMP TABLE IF NOT EXISTS replay_incident (
    service_id  INTEGER NOT NULL,
    ordinal     INTEGER NOT NULL,
    time_ns     INTEGER NOT NULL,
    last_ns     INTEGER NOT NULL,  -- the kill of the same instance before it; 0: none
    instance_id INTEGER,
    PRIMARY KEY (service_id, ordinal)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.replay_incident;

-- Kills, by what alarm came before: within seven days, and after the kill before. The first counts.
CREATE TEMP VIEW IF NOT EXISTS replay_lead AS
SELECT
    rs.rule_id,
    rs.service_id,
    v.time_ns,
    (
        SELECT v.time_ns - min(a.t_ns)
        FROM replay_alarm AS a
        WHERE a.rule_id = rs.rule_id
          AND a.service_id = rs.service_id
          AND a.t_ns <= v.time_ns
          AND a.until_ns >= v.time_ns - 604800000000000
          AND a.t_ns > v.last_ns
          AND coalesce(a.instance_id = v.instance_id, 1)
    ) AS lead_ns
FROM replay_service AS rs
JOIN replay_incident AS v USING (service_id)
WHERE rs.looked > 0
  AND v.time_ns >= rs.from_ns
  AND v.time_ns <= rs.until_ns + 604800000000000;

-- Open findings, and how long after their first capture the rule said something while they lasted.
CREATE TEMP VIEW IF NOT EXISTS replay_problem AS
SELECT
    rs.rule_id,
    rs.service_id,
    f.finding_id,
    (
        SELECT max(0, min(a.t_ns) - f.first_seen_ns)
        FROM replay_alarm AS a
        WHERE a.rule_id = rs.rule_id
          AND a.service_id = rs.service_id
          AND a.t_ns <= f.last_seen_ns
          AND a.until_ns >= f.first_seen_ns
    ) AS delay_ns
FROM replay_service AS rs
JOIN finding AS f USING (service_id)
WHERE rs.looked > 0
  AND f.state <> 'fixed';

-- A replayed service without a finding and without a kill: an alarm there is a false one.
CREATE TEMP VIEW IF NOT EXISTS replay_quiet AS
SELECT s.service_id
FROM service AS s
WHERE NOT EXISTS (SELECT 1 FROM finding AS f WHERE f.service_id = s.service_id)
  AND NOT EXISTS (SELECT 1 FROM replay_incident AS i WHERE i.service_id = s.service_id);

-- What a rule said of a service, with what came of it. Alarms are false where the service is quiet.
CREATE TEMP VIEW IF NOT EXISTS replay_by_service AS
SELECT
    rs.*,
    (SELECT count(*) FROM replay_alarm AS a WHERE a.rule_id = rs.rule_id AND a.service_id = rs.service_id) AS alarms,
    EXISTS (SELECT 1 FROM replay_quiet AS q WHERE q.service_id = rs.service_id) AS is_quiet,
    le.incidents,
    le.announced,
    le.lead_ns,
    pr.problems,
    pr.noticed,
    pr.delay_ns
FROM replay_service AS rs
LEFT JOIN (
    SELECT
        l.rule_id,
        l.service_id,
        count(*) AS incidents,
        count(l.lead_ns) AS announced,
        CAST(median(l.lead_ns) AS INTEGER) AS lead_ns
    FROM replay_lead AS l
    GROUP BY
        l.rule_id,
        l.service_id
) AS le USING (rule_id, service_id)
LEFT JOIN (
    SELECT
        p.rule_id,
        p.service_id,
        count(*) AS problems,
        count(p.delay_ns) AS noticed,
        CAST(median(p.delay_ns) AS INTEGER) AS delay_ns
    FROM replay_problem AS p
    GROUP BY
        p.rule_id,
        p.service_id
) AS pr USING (rule_id, service_id);

-- Rows of replay_by_service, of services that were replayed now or earlier: what a rule said of many is added up from
-- these alone, so that a service need not be replayed again.
CREATE TEMP TABLE IF NOT EXISTS replay_said (
    rule_id    INTEGER NOT NULL,
    service_id INTEGER NOT NULL,
    looked     INTEGER NOT NULL,
    fired      INTEGER NOT NULL,
    held_back  INTEGER NOT NULL,
    alarms     INTEGER NOT NULL,
    watched_ns INTEGER NOT NULL,
    first_ns   INTEGER,
    last_ns    INTEGER,
    is_failed  INTEGER NOT NULL,
    is_quiet   INTEGER NOT NULL,
    reason     TEXT NOT NULL,
    days       TEXT NOT NULL,     -- JSON array: of replay_night
    leads      TEXT NOT NULL,     -- JSON array: lead_ns of each kill, or null
    delays     TEXT NOT NULL,     -- JSON array: delay_ns of each open finding, or null
    PRIMARY KEY (rule_id, service_id)
) STRICT, WITHOUT ROWID;
DELETE FROM temp.replay_said;

-- What a rule said of all services. quiet_weeks: how long the quiet ones were watched, added up; false_most: with no false alarm in that time there are, 95 times in 100, not more than three in it.
CREATE TEMP VIEW IF NOT EXISTS replay_by_rule AS
WITH lead AS (
    SELECT
        sd.rule_id,
        count(*) AS incidents,
        count(l.value) AS announced,
        CAST(median(l.value) AS INTEGER) AS lead_ns
    FROM replay_said AS sd
    JOIN json_each(sd.leads) AS l
    GROUP BY sd.rule_id
),
delay AS (
    SELECT
        sd.rule_id,
        count(*) AS problems,
        count(d.value) AS noticed,
        CAST(median(d.value) AS INTEGER) AS delay_ns
    FROM replay_said AS sd
    JOIN json_each(sd.delays) AS d
    GROUP BY sd.rule_id
),
night AS (
    SELECT
        sd.rule_id,
        count(DISTINCT d.value) AS nights
    FROM replay_said AS sd
    JOIN json_each(sd.days) AS d
    GROUP BY sd.rule_id
),
total AS (
    SELECT
        sd.rule_id,
        total(sd.looked) AS looked,
        total(sd.fired) AS fired,
        total(sd.held_back) AS held_back,
        total(sd.alarms) AS alarms,
        total(sd.looked > 0) AS services,
        total(sd.fired > 0) AS services_fired,
        min(sd.first_ns) AS first_ns,
        max(sd.last_ns) AS last_ns,
        total(sd.is_quiet AND sd.looked > 0) AS quiet_services,
        total(CASE WHEN sd.is_quiet AND sd.looked > 0 THEN sd.watched_ns / 604800e9 END) AS quiet_weeks,
        total(CASE WHEN sd.is_quiet THEN sd.alarms END) AS false_alarms,
        total(sd.is_failed) AS failed,
        min(CASE WHEN sd.is_failed THEN sd.reason END) AS failure,
        min(CASE WHEN NOT sd.is_failed THEN nullif(sd.reason, '') END) AS reason
    FROM replay_said AS sd
    GROUP BY sd.rule_id
)
SELECT
    r.*,
    t.looked,
    t.fired,
    t.held_back,
    t.alarms,
    t.services,
    t.services_fired,
    coalesce(n.nights, 0) AS nights,
    t.first_ns,
    t.last_ns,
    coalesce(l.incidents, 0) AS incidents,
    coalesce(l.announced, 0) AS announced,
    l.lead_ns,
    coalesce(d.problems, 0) AS problems,
    coalesce(d.noticed, 0) AS noticed,
    d.delay_ns,
    t.quiet_services,
    t.quiet_weeks,
    t.false_alarms,
    CASE WHEN t.quiet_weeks > 0 THEN t.false_alarms / t.quiet_weeks END AS false_a_week,
    CASE WHEN t.quiet_weeks > 0 AND t.false_alarms = 0 THEN 3 / t.quiet_weeks END AS false_most,
    -- Minutes say nothing of a week: what was watched for less is counted.
    CASE
        WHEN t.quiet_weeks > 0 AND t.quiet_weeks < 1
            THEN count_text(CAST(t.false_alarms AS INTEGER)) || ' in '
                || duration_text(CAST(round(t.quiet_weeks * 604800e9) AS INTEGER))
        WHEN t.quiet_weeks > 0 AND t.false_alarms >= 100 * t.quiet_weeks THEN count_text(
            CAST(round(t.false_alarms / t.quiet_weeks) AS INTEGER)
        )
        WHEN t.quiet_weeks > 0 AND t.false_alarms > 0 THEN format('%.2g', t.false_alarms / t.quiet_weeks)
        WHEN t.quiet_weeks > 0 THEN format('0 (at most %.2g)', 3 / t.quiet_weeks)
    END AS false_text,
    t.failed,
    CASE
        WHEN t.failed > 0 THEN t.failure
        WHEN t.looked = 0 THEN 'not evaluable: ' || t.reason
        ELSE ''
    END AS remark
FROM replay_rule AS r
JOIN total AS t USING (rule_id)
LEFT JOIN lead AS l USING (rule_id)
LEFT JOIN delay AS d USING (rule_id)
LEFT JOIN night AS n USING (rule_id);
