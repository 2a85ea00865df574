-- What the last judgment changed: one row for each state that findings are in. What is suppressed has a
-- section of its own.
SELECT
    f.state,
    count(*) AS "findings:count",
    CASE f.state
        WHEN 'new' THEN 1
        WHEN 'worse' THEN 2
        WHEN 'regressed' THEN 3
        WHEN 'same' THEN 4
        WHEN 'improving' THEN 5
        ELSE 6
    END AS place
FROM v_finding AS f
WHERE f.suppressed_by IS NULL
GROUP BY f.state
ORDER BY place;
