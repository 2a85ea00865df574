-- What one rule said of one service.
INSERT OR REPLACE INTO replay_service (
    rule_id, service_id, looked, fired, held_back, nights, watched_ns, from_ns, until_ns, first_ns, last_ns, is_failed, reason
)
VALUES (
    :rule_id, :service_id, :looked, :fired, :held_back,
    (SELECT count(*) FROM replay_night AS n WHERE n.rule_id = :rule_id AND n.service_id = :service_id),
    coalesce((SELECT max(0, min(max(l.last_ns), :before_ns) - max(min(l.first_ns), :since_ns)) FROM life AS l), 0),
    :from_ns, :until_ns, :first_ns, :last_ns, :is_failed, :reason
);
