-- Rules that were replayed, for machines: one row for each.
SELECT
    r.id AS rule,
    r.title,
    r.state,
    CAST(r.looked AS INTEGER) AS "looked:count",
    CAST(r.fired AS INTEGER) AS "fired:count",
    CAST(r.held_back AS INTEGER) AS "held_back:count",
    CAST(r.alarms AS INTEGER) AS "alarms:count",
    r.nights AS "nights:count",
    CAST(r.services AS INTEGER) AS "services:count",
    CAST(r.services_fired AS INTEGER) AS "services_fired:count",
    r.first_ns AS "first_fired:time",
    r.last_ns AS "last_fired:time",
    r.incidents AS "incidents:count",
    r.announced AS "incidents_announced:count",
    r.lead_ns / 1000000000 AS lead_s,
    r.problems AS "known_problems:count",
    r.noticed AS "known_problems_noticed:count",
    r.delay_ns / 1000000000 AS noticed_after_s,
    CAST(r.quiet_services AS INTEGER) AS "quiet_services:count",
    r.quiet_weeks AS quiet_service_weeks,
    CAST(r.false_alarms AS INTEGER) AS "false_alarms:count",
    r.false_a_week AS false_alarms_per_service_week,
    r.false_most AS false_alarms_per_service_week_at_most,
    r.looked > 0 AS "evaluable:bool",
    r.remark
FROM replay_by_rule AS r
ORDER BY r.id;
