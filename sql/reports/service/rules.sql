-- What other rules would have said of a service: those that fired, by how early; then the silent ones; then those
-- that lack something. Replayed just before (sql/replay/results.sql).
SELECT
    r.id,
    r.title,
    bs.looked AS "looked:count",
    bs.fired AS "fired:count",
    bs.nights AS "nights:count",
    bs.first_ns AS "first:time",
    bs.last_ns AS "last:time",
    bs.lead_ns AS "lead:duration",
    bs.delay_ns AS "delay:duration",
    (
        SELECT a.detail
        FROM replay_alarm AS a
        WHERE a.rule_id = bs.rule_id
          AND a.service_id = bs.service_id
        ORDER BY
            a.t_ns,
            a.ordinal
        LIMIT 1
    ) AS detail,
    bs.reason
FROM replay_by_service AS bs
JOIN replay_rule AS r USING (rule_id)
WHERE bs.service_id = :service_id
ORDER BY
    bs.fired = 0,
    bs.looked = 0,
    bs.first_ns,
    r.id;
