-- Our own findings about the service: how long before the kill they would have been there, judged by what was
-- captured until then. Those of the service are taken first: a view that is LEFT JOINed is made of all findings of the
-- fleet, for each kill.
WITH own AS MATERIALIZED (
    SELECT
        f.id,
        f.class,
        f.state,
        f.summary,
        f.first_seen_ns,
        f.growth_bytes_per_day
    FROM v_finding AS f
    WHERE f.service = (SELECT d.service FROM v_death AS d)
)
SELECT
    coalesce(f.id, fs.finding_id) AS id,
    CASE WHEN f.id IS NOT NULL THEN '../finding/' || f.id || '.html' END AS page,
    coalesce(f.summary, fs.summary) AS summary,
    f.class,
    f.state,
    CASE
        WHEN fs.finding_id IS NOT NULL THEN 'warned'
        WHEN f.first_seen_ns > d.end_ns THEN 'seen after the kill only'
        ELSE 'not before the kill'
    END AS words,
    d.time_ns - fs.from_ns AS "lead:duration",
    fs.from_ns AS "first:time"
FROM v_death AS d
JOIN (
    SELECT f.id
    FROM own AS f
    WHERE f.state <> 'fixed'
    UNION
    SELECT x.finding_id
    FROM v_death AS d
    JOIN death_foresight AS x ON x.service_id = d.service_id AND x.time_ns = d.time_ns
) AS known
LEFT JOIN own AS f ON f.id = known.id
LEFT JOIN death_foresight AS fs
    ON fs.service_id = d.service_id
    AND fs.time_ns = d.time_ns
    AND fs.finding_id = known.id
ORDER BY
    fs.from_ns IS NULL,
    fs.from_ns,
    f.growth_bytes_per_day DESC,
    known.id;
