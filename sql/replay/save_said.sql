-- What the rules said of a service as one text, for sql/replay/load_said.sql and for other programs. Times and days are
-- as in replay_said.
SELECT json_object(
    'service', (SELECT s.name FROM service AS s WHERE s.service_id = :service_id),
    'rules', json_group_array(json_object(
        'id', r.id,
        'rule_id', sd.rule_id,
        'looked', sd.looked,
        'fired', sd.fired,
        'held_back', sd.held_back,
        'alarms', sd.alarms,
        'watched_ns', sd.watched_ns,
        'first_ns', sd.first_ns,
        'last_ns', sd.last_ns,
        'is_failed', sd.is_failed,
        'is_quiet', sd.is_quiet,
        'reason', sd.reason,
        'days', json(sd.days),
        'leads_ns', json(sd.leads),
        'delays_ns', json(sd.delays)
    ))
) AS said
FROM (
    SELECT rs.*
    FROM replay_said AS rs
    WHERE rs.service_id = :service_id
    ORDER BY rs.rule_id
) AS sd
JOIN replay_rule AS r USING (rule_id);
