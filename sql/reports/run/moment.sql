-- Which state of the ledger a connection sees: equal for two of them when nobody wrote in between.
SELECT
    coalesce((SELECT max(r.run_id) FROM run AS r), 0)
        || ' ' || (SELECT count(r.finished_ns) FROM run AS r)
        || ' ' || coalesce((SELECT max(c.capture_id) FROM capture AS c), 0)
        || ' ' || coalesce((SELECT group_concat(hex(s.judged_by) || s.is_dirty) FROM service AS s), '') AS moment;
