-- What the page of a week says first: one row.
SELECT
    w.week AS name,
    w.from_ns AS "from:time",
    w.to_ns - 86400000000000 AS "to:time",
    w.captures AS "captures:count",
    w.services AS "services:count",
    w.instances AS "instances:count",
    w.before,
    w.after,
    CASE n.findings
        WHEN 0 THEN 'Nothing new in week ' || w.week
        WHEN 1 THEN 'One new finding in week ' || w.week
        ELSE count_text(n.findings) || ' new findings in week ' || w.week
    END AS title
FROM (
    SELECT
        t.*,
        lag(t.week) OVER (ORDER BY t.from_ns) AS before,
        lead(t.week) OVER (ORDER BY t.from_ns) AS after
    FROM v_week AS t
) AS w
JOIN (
    SELECT count(*) AS findings
    FROM finding AS f
    WHERE f.first_seen_ns >= :week_ns
      AND f.first_seen_ns < :week_ns + 604800000000000
      AND f.finding_id NOT IN (SELECT l.id FROM v_look AS l)
) AS n
WHERE w.from_ns = :week_ns;
