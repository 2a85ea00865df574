-- What was read, in numbers: one row.
SELECT
    (SELECT count(*) FROM file) AS "files:count",
    (SELECT count(*) FROM capture) AS "captures:count",
    (SELECT count(*) FROM v_rejected_file) AS "rejected:count",
    (SELECT count(*) FROM capture AS c WHERE c.is_partial = 1) AS "partial:count",
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.is_left_out = 1 AND a.reason <> 'same-gc-cycle') AS "left_out:count",
    -- Where nothing was collected in between, a second capture is no fault and no loss.
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.reason = 'same-gc-cycle') AS "repeats:count",
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS "until:time";
