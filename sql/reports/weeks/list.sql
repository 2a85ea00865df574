-- The archive: one row for each ISO week, newest first, with what came on each day of it and what was found.
SELECT
    w.week AS name,
    'week/' || w.week || '.html' AS page,
    w.from_ns AS "from:time",
    w.captures AS "captures:count",
    w.services AS "services:count",
    (
        SELECT count(*)
        FROM v_finding AS f
        WHERE f.first_seen_ns >= w.from_ns
          AND f.first_seen_ns < w.to_ns
    ) AS "found:count",
    sum(CASE WHEN d.weekday = 1 THEN d.captures END) AS "mon:count",
    sum(CASE WHEN d.weekday = 2 THEN d.captures END) AS "tue:count",
    sum(CASE WHEN d.weekday = 3 THEN d.captures END) AS "wed:count",
    sum(CASE WHEN d.weekday = 4 THEN d.captures END) AS "thu:count",
    sum(CASE WHEN d.weekday = 5 THEN d.captures END) AS "fri:count",
    sum(CASE WHEN d.weekday = 6 THEN d.captures END) AS "sat:count",
    sum(CASE WHEN d.weekday = 7 THEN d.captures END) AS "sun:count"
FROM v_week AS w
JOIN v_day AS d USING (week)
GROUP BY w.week
ORDER BY w.week DESC;
