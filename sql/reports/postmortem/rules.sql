-- What rules of others said before this kill, the earliest first; replayed just before (sql/replay/results.sql).
SELECT
    r.id,
    r.title,
    CASE
        WHEN le.lead_ns IS NOT NULL THEN 'warned'
        WHEN rs.looked = 0 THEN 'cannot be evaluated'
        ELSE 'silent'
    END AS state,
    le.lead_ns AS "lead:duration",
    d.time_ns - le.lead_ns AS "first:time",
    CASE
        WHEN le.lead_ns IS NOT NULL THEN (
            SELECT a.detail
            FROM replay_alarm AS a
            WHERE a.rule_id = rs.rule_id
              AND a.t_ns = d.time_ns - le.lead_ns
            ORDER BY a.ordinal
            LIMIT 1
        )
        ELSE rs.reason
    END AS detail
FROM v_death AS d
JOIN replay_service AS rs USING (service_id)
JOIN replay_rule AS r USING (rule_id)
LEFT JOIN replay_lead AS le ON le.rule_id = rs.rule_id AND le.service_id = rs.service_id AND le.time_ns = d.time_ns
GROUP BY rs.rule_id
ORDER BY
    le.lead_ns IS NULL,
    rs.looked = 0,
    le.lead_ns DESC,
    r.id;
