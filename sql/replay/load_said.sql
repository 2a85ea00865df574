-- Adds what sql/replay/save_said.sql wrote; of what is damaged nothing.
INSERT OR IGNORE INTO replay_said (
    rule_id, service_id, looked, fired, held_back, alarms, watched_ns, first_ns, last_ns, is_failed, is_quiet, reason,
    days, leads, delays
)
SELECT
    r.rule_id,
    (SELECT s.service_id FROM service AS s WHERE s.name = json_extract(:said, '$.service')) AS service_id,
    CAST(j.value ->> 'looked' AS INTEGER) AS looked,
    CAST(j.value ->> 'fired' AS INTEGER) AS fired,
    CAST(j.value ->> 'held_back' AS INTEGER) AS held_back,
    CAST(j.value ->> 'alarms' AS INTEGER) AS alarms,
    CAST(j.value ->> 'watched_ns' AS INTEGER) AS watched_ns,
    CAST(j.value ->> 'first_ns' AS INTEGER) AS first_ns,
    CAST(j.value ->> 'last_ns' AS INTEGER) AS last_ns,
    CAST(j.value ->> 'is_failed' AS INTEGER) AS is_failed,
    CAST(j.value ->> 'is_quiet' AS INTEGER) AS is_quiet,
    CAST(j.value ->> 'reason' AS TEXT) AS reason,
    j.value -> 'days' AS days,
    j.value -> 'leads_ns' AS leads,
    j.value -> 'delays_ns' AS delays
FROM json_each(CASE WHEN json_valid(:said) THEN :said ELSE '{}' END, '$.rules') AS j
JOIN replay_rule AS r ON r.id = j.value ->> 'id';
