-- Who may be past a lock: one goroutine, seen through its callers or where it stands. In a function through which more
-- than 64 came nobody is.
INSERT INTO lock_passer (capture_id, function, line, site_id, wait_reason, type)
WITH passer AS (
    SELECT
        lp.capture_id,
        lc.function,
        lc.line,
        lp.site_id,
        lp.wait_reason,
        lp.type
    FROM lock_place AS lp
    CROSS JOIN lock_caller AS lc USING (capture_id, site_id)
    WHERE lp.is_waiting
      AND lp.goroutines = 1
    UNION
    SELECT
        lp.capture_id,
        lp.function,
        lp.line,
        lp.site_id,
        lp.wait_reason,
        lp.type
    FROM lock_place AS lp
    WHERE lp.is_waiting
      AND lp.goroutines = 1
      AND NOT lp.is_queue
)
SELECT
    t.capture_id,
    t.function,
    t.line,
    t.site_id,
    t.wait_reason,
    t.type
FROM (
    SELECT
        p.*,
        count(*) OVER (PARTITION BY p.capture_id, p.function) AS many
    FROM passer AS p
) AS t
WHERE t.many <= 64;
