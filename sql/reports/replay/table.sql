-- Rules that were replayed, for a screen: one row for each.
SELECT
    r.id AS rule,
    CAST(r.looked AS INTEGER) AS "looked at:count",
    CAST(r.fired AS INTEGER) AS "fired:count",
    r.nights AS "nights:count",
    format('%d of %d', r.services_fired, r.services) AS services,
    CASE WHEN r.incidents > 0 THEN format('%d of %d', r.announced, r.incidents) END AS kills,
    r.lead_ns AS "lead:duration",
    CASE WHEN r.problems > 0 THEN format('%d of %d', r.noticed, r.problems) END AS "known problems",
    r.delay_ns AS "seen after:duration",
    r.false_text AS "false a service-week",
    r.remark
FROM replay_by_rule AS r
ORDER BY r.id;
