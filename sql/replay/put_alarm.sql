-- A run of firings.
INSERT INTO replay_alarm (
    rule_id, service_id, t_ns, ordinal, instance_id, until_ns, firings, value, threshold, detail, captures
)
VALUES (
    :rule_id, :service_id, :t_ns, :ordinal, nullif(:instance_id, 0), :until_ns, :firings, :value, :threshold,
    :detail, CASE WHEN json_valid(:captures) THEN :captures ELSE '[]' END
);
