-- Keeps what the rules said of the service that was replayed just now.
INSERT INTO replay_said (
    rule_id, service_id, looked, fired, held_back, alarms, watched_ns, first_ns, last_ns, is_failed, is_quiet, reason,
    days, leads, delays
)
SELECT
    bs.rule_id,
    bs.service_id,
    bs.looked,
    bs.fired,
    bs.held_back,
    bs.alarms,
    bs.watched_ns,
    bs.first_ns,
    bs.last_ns,
    bs.is_failed,
    bs.is_quiet,
    bs.reason,
    (
        SELECT json_group_array(n.day)
        FROM (
            SELECT rn.day
            FROM replay_night AS rn
            WHERE rn.rule_id = bs.rule_id
              AND rn.service_id = bs.service_id
            ORDER BY rn.day
        ) AS n
    ) AS days,
    coalesce(l.leads, '[]') AS leads,
    coalesce(p.delays, '[]') AS delays
FROM replay_by_service AS bs
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
WHERE bs.service_id = :service_id;
