-- What rules of others said in the life that ended, the earliest first; replayed just before
-- (sql/replay/results.sql). What they said of other lives was not about this kill.
WITH said AS (
    SELECT
        rs.rule_id,
        rs.looked,
        rs.reason,
        min(a.t_ns) AS first_ns,
        a.detail  -- that of the first: SQLite takes bare columns from the row of the min()
    FROM v_death AS d
    JOIN replay_service AS rs ON rs.service_id = d.service_id
    LEFT JOIN replay_alarm AS a
        ON a.rule_id = rs.rule_id
        AND a.service_id = rs.service_id
        AND a.t_ns BETWEEN d.start_ns AND d.end_ns
        AND coalesce(a.instance_id = d.instance_id, 1)
    GROUP BY rs.rule_id
)
SELECT
    r.id,
    r.title,
    CASE
        WHEN s.first_ns IS NOT NULL THEN 'warned'
        WHEN s.looked = 0 THEN 'cannot be evaluated'
        ELSE 'silent'
    END AS state,
    max(0, d.time_ns - s.first_ns) AS "lead:duration",
    s.first_ns AS "first:time",
    coalesce(s.detail, s.reason) AS detail
FROM v_death AS d
JOIN said AS s
JOIN replay_rule AS r ON r.rule_id = s.rule_id
ORDER BY
    s.first_ns IS NULL,
    s.looked = 0,
    s.first_ns,
    r.id;
