-- What was read, for the head of a document: one row.
SELECT
    (SELECT count(*) FROM file) AS "files:count",
    (SELECT count(*) FROM v_rejected_file) AS "rejected_files:count",
    (SELECT count(*) FROM capture) AS "captures:count",
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.is_left_out = 1 AND a.reason <> 'same-gc-cycle') AS "left_out:count",
    -- Where nothing was collected in between, a second capture is no fault and no loss.
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.reason = 'same-gc-cycle') AS "repeats:count",
    (SELECT min(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "first_capture:time",
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "last_capture:time",
    (SELECT count(*) FROM v_service) AS "services:count",
    (SELECT count(*) FROM v_service AS s WHERE s.verdict = 'leaks') AS "leaking:count",
    (SELECT count(*) FROM v_service AS s WHERE s.verdict IN ('not judged', 'not enough evidence')) AS "unjudged:count";
