-- What was read: one row.
SELECT
    (SELECT count(*) FROM file) AS "files:count",
    (SELECT count(*) FROM capture) AS "captures:count",
    (SELECT count(DISTINCT c.service_id) FROM capture AS c WHERE c.is_observation = 1 AND c.is_foreign = 0) AS "services:count",
    (SELECT count(DISTINCT c.instance_id) FROM capture AS c WHERE c.is_observation = 1 AND c.is_foreign = 0) AS "instances:count",
    (SELECT count(DISTINCT i.service_id) FROM v_ignored AS i) AS "ignored_services:count",
    (SELECT CAST(total(i.instances) AS INTEGER) FROM v_ignored AS i) AS "ignored:count",
    (SELECT CAST(total(i.captures) AS INTEGER) FROM v_ignored AS i) AS "ignored_captures:count",
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.reason = 'same-gc-cycle') AS "repeats:count";
