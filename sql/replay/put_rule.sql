-- A rule that is replayed.
INSERT INTO replay_rule (rule_id, id, title, unit, state)
VALUES (:rule_id, :id, :title, :unit, :state);
