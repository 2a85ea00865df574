-- The ledger in numbers: one row.
SELECT
    (SELECT count(*) FROM v_service) AS services,
    (SELECT count(*) FROM capture) AS captures,
    (SELECT count(*) FROM v_rejected_file) AS rejected,
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.is_left_out = 1 AND a.reason <> 'same-gc-cycle') AS left_out,
    (SELECT CAST(total(i.captures) AS INTEGER) FROM v_ignored AS i) AS ignored,
    (SELECT count(*) FROM service AS s WHERE s.is_dirty = 1) AS unjudged,
    (SELECT max(c.time_ns) FROM capture AS c WHERE c.is_observation = 1) AS newest_ns,
    (SELECT count(*) FROM capture AS c WHERE c.is_observation = 1 AND c.time_ns IS NULL) AS timeless,
    (SELECT count(DISTINCT a.capture_id) FROM audit AS a WHERE a.reason = 'forced-gc') AS forced_gc,
    (SELECT p.page_count FROM pragma_page_count AS p) * (SELECT p.page_size FROM pragma_page_size AS p) AS bytes,
    (SELECT p.freelist_count FROM pragma_freelist_count AS p) * (SELECT p.page_size FROM pragma_page_size AS p) AS free_bytes,
    (SELECT p.user_version FROM pragma_user_version AS p) AS schema,
    sqlite_version() AS sqlite;
