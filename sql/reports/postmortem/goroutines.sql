-- Goroutines at the last capture that has them, by where they stand, beside the first capture of the life and the
-- life to compare with at the same age.
WITH point AS MATERIALIZED (
    SELECT
        gc.ordinal,
        gc.capture_id,
        gc.t_ns,
        max(gc.t_ns) OVER () AS last_ns,
        min(gc.t_ns) OVER () AS first_ns
    FROM v_death AS d
    JOIN temp.goroutine_capture AS gc USING (lifetime_id)
    WHERE gc.t_ns <= d.end_ns
),
latest AS (
    SELECT p.ordinal, p.capture_id
    FROM point AS p
    WHERE p.t_ns = p.last_ns
    LIMIT 1
),
other AS (
    SELECT
        d.before_id,
        (
            SELECT CAST(first_value_by(gc.ordinal, abs(gc.t_ns - b.start_ns - (d.last_ns - d.start_ns))) AS INTEGER)
            FROM temp.goroutine_capture AS gc
            WHERE gc.lifetime_id = d.before_id
        ) AS ordinal
    FROM v_death AS d
    JOIN temp.life AS b ON b.lifetime_id = d.before_id
),
standing AS (
    SELECT
        gp.site_id,
        max(CASE WHEN gp.ordinal = la.ordinal THEN gp.count END) AS last,
        max(CASE WHEN gp.ordinal = fi.ordinal THEN gp.count END) AS first,
        max(gp.max_minutes) AS minutes,
        max(gp.leaked) AS leaked
    FROM v_death AS d
    JOIN latest AS la
    LEFT JOIN (SELECT p.ordinal FROM point AS p WHERE p.t_ns = p.first_ns AND p.first_ns < p.last_ns LIMIT 1) AS fi
    JOIN temp.goroutine_point AS gp ON gp.lifetime_id = d.lifetime_id
    WHERE gp.ordinal IN (la.ordinal, fi.ordinal)
    GROUP BY gp.site_id
)
SELECT
    si.function,
    si.file || coalesce(':' || nullif(si.line, 0), '') AS place,
    (
        SELECT group_concat(t.state, ', ')
        FROM (
            SELECT DISTINCT w.value AS state
            FROM latest AS la
            JOIN goroutine_group AS g ON g.capture_id = la.capture_id
            JOIN v_death AS d
            JOIN temp.stack_site AS ss ON ss.service_id = d.service_id AND ss.stack_id = g.stack_id
            JOIN word AS w ON w.word_id = g.state_id
            WHERE ss.blocked_id = s.site_id
            ORDER BY w.value
            LIMIT 3
        ) AS t
    ) AS state,
    s.last AS "last:count",
    s.first AS "first:count",
    CASE WHEN o.ordinal IS NOT NULL THEN coalesce(gp.count, 0) END AS "before:count",
    nullif(s.minutes, 0) * 60000000000 AS "wait:duration",
    -- Dumps tell whole minutes: what has none is younger than one.
    CASE WHEN s.minutes = 0 THEN 'under 1 min' END AS wait_words,
    CASE WHEN s.leaked > 0 THEN s.leaked END AS "leaked:count"
FROM standing AS s
JOIN temp.site AS si USING (site_id)
LEFT JOIN other AS o
LEFT JOIN temp.goroutine_point AS gp
    ON gp.lifetime_id = o.before_id
    AND gp.ordinal = o.ordinal
    AND gp.site_id = s.site_id
WHERE s.last > 0
ORDER BY
    s.last DESC,
    s.site_id;
