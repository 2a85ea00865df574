-- What the table of call sites compares, as words: profiles with their times.
WITH point AS (
    SELECT
        min(hc.t_ns) AS first_ns,
        max(hc.t_ns) AS last_ns,
        count(*) AS profiles
    FROM v_death AS d
    JOIN temp.heap_capture AS hc USING (lifetime_id)
    WHERE hc.t_ns <= d.end_ns
)
SELECT
    p.profiles AS "profiles:count",
    p.first_ns AS "first:time",
    p.last_ns AS "last:time",
    p.last_ns - p.first_ns AS "apart:duration",
    i.name AS before_instance,
    nullif(b.build, '') AS before_build,
    b.start_ns AS "before_start:time",
    b.last_ns - b.start_ns AS "before_age:duration",
    d.last_ns - d.start_ns AS "age:duration",
    CASE
        WHEN b.lifetime_id IS NULL THEN NULL
        WHEN dl.is_killed = 1 THEN 'it was killed, too'
        WHEN dl.is_growing = 1 THEN 'it grew, too'
        WHEN dl.is_growing = 0 AND dl.slope > 0 AND dl.slope_low <= 0 THEN 'it did not grow for certain'
        WHEN dl.is_growing = 0 AND dl.slope_low > 0 THEN 'it grew by less than a fifth'
        WHEN dl.is_growing = 0 THEN 'it did not grow'
        ELSE 'it was captured too seldom to say whether it grew'
    END AS before_words
FROM v_death AS d
JOIN point AS p
LEFT JOIN temp.life AS b ON b.lifetime_id = d.before_id
LEFT JOIN instance AS i ON i.instance_id = b.instance_id
LEFT JOIN death_life AS dl ON dl.lifetime_id = b.lifetime_id;
