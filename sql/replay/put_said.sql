-- Keeps what the rules said of the service that was replayed just now.
INSERT INTO replay_said (
    rule_id, service_id, looked, fired, held_back, alarms, watched_ns, first_ns, last_ns, is_failed, is_quiet, reason,
    days, leads, delays
)
SELECT
    rs.rule_id,
    rs.service_id,
    rs.looked,
    rs.fired,
    rs.held_back,
    (SELECT count(*) FROM replay_alarm AS a WHERE a.rule_id = rs.rule_id AND a.service_id = rs.service_id) AS alarms,
    rs.watched_ns,
    rs.first_ns,
    rs.last_ns,
    rs.is_failed,
    EXISTS (SELECT 1 FROM replay_quiet AS q WHERE q.service_id = rs.service_id) AS is_quiet,
    rs.reason,
    (
        SELECT json_group_array(n.day)
        FROM (
            SELECT rn.day
            FROM replay_night AS rn
            WHERE rn.rule_id = rs.rule_id
              AND rn.service_id = rs.service_id
            ORDER BY rn.day
        ) AS n
    ) AS days,
    coalesce(l.leads, '[]') AS leads,
    coalesce(p.delays, '[]') AS delays
FROM replay_service AS rs
LEFT JOIN (
    SELECT
        rl.rule_id,
        json_group_array(rl.lead_ns) AS leads
    FROM replay_lead AS rl
    WHERE rl.service_id = :service_id
    GROUP BY rl.rule_id
) AS l USING (rule_id)
LEFT JOIN (
    SELECT
        rp.rule_id,
        json_group_array(rp.delay_ns) AS delays
    FROM replay_problem AS rp
    WHERE rp.service_id = :service_id
    GROUP BY rp.rule_id
) AS p USING (rule_id)
WHERE rs.service_id = :service_id;
