-- A UTC day on which a rule fired.
INSERT OR IGNORE INTO replay_night (rule_id, service_id, day)
VALUES (:rule_id, :service_id, :day);
