-- Every alarm of the rules that were replayed: a run of captures of one instance at which a rule fires.
SELECT
    r.id AS rule,
    s.name AS service,
    i.name AS instance,
    a.t_ns AS "from:time",
    a.until_ns AS "until:time",
    a.firings AS "fired:count",
    a.value AS "value:real",
    a.threshold AS "threshold:real",
    r.unit,
    a.detail,
    a.captures AS "captures:json"
FROM replay_alarm AS a
JOIN replay_rule AS r USING (rule_id)
JOIN service AS s USING (service_id)
LEFT JOIN instance AS i USING (instance_id)
ORDER BY
    r.id,
    s.name,
    a.t_ns,
    a.ordinal;
