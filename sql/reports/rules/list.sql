-- Rules that could be evaluated, for the page of all: first those that came before kills, the earliest first; then
-- those that noticed most findings; of the same those with fewer false alarms first.
SELECT
    r.id,
    r.title,
    r.state,
    CAST(r.fired AS INTEGER) AS "fired:count",
    CAST(r.looked AS INTEGER) AS "looked:count",
    r.nights AS "nights:count",
    CAST(r.services_fired AS INTEGER) AS "services_fired:count",
    CAST(r.services AS INTEGER) AS "services:count",
    r.announced AS "announced:count",
    r.incidents AS "incidents:count",
    r.lead_ns AS "lead:duration",
    r.noticed AS "noticed:count",
    r.problems AS "problems:count",
    r.delay_ns AS "delay:duration",
    r.false_text,
    CASE WHEN r.failed > 0 THEN r.remark END AS failure
FROM replay_by_rule AS r
WHERE r.looked > 0
ORDER BY
    r.announced DESC,
    r.lead_ns DESC,
    r.noticed DESC,
    r.false_a_week,
    r.id;
