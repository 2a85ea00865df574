-- Goroutines of an instance by what they wait for, at each capture: the seven states with most of them, and
-- one row for all others. A capture without a state has none of it.
WITH counted AS (
    SELECT
        w.value AS state,
        l.ordinal AS life,
        c.capture_id,
        c.time_ns AS t_ns,
        sum(g.count) AS goroutines
    FROM goroutine_group AS g
    JOIN capture AS c USING (capture_id)
    JOIN word AS w ON w.word_id = g.state_id
    JOIN lifetime_capture AS lc USING (capture_id)
    JOIN lifetime AS l USING (lifetime_id)
    WHERE c.instance_id = :instance_id
      AND c.time_ns IS NOT NULL
      AND coalesce(c.variant, '') NOT IN ('panic', 'fatal error', 'deadlock', 'test deadlock', 'stack', 'goleak')
    GROUP BY
        w.value,
        c.capture_id
),
ranked AS (
    SELECT
        c.state,
        row_number() OVER (ORDER BY max(c.goroutines) DESC, c.state) AS place
    FROM counted AS c
    GROUP BY c.state
),
moment AS (
    SELECT
        c.capture_id,
        c.life,
        c.t_ns
    FROM counted AS c
    GROUP BY c.capture_id
)
SELECT
    CASE WHEN r.place <= 7 THEN r.state ELSE 'other states' END AS series,
    min(r.place, 8) AS place,
    m.life,
    m.t_ns,
    sum(coalesce(c.goroutines, 0)) AS value
FROM ranked AS r
JOIN moment AS m
LEFT JOIN counted AS c ON c.state = r.state AND c.capture_id = m.capture_id
GROUP BY
    min(r.place, 8),
    m.capture_id
ORDER BY
    min(r.place, 8),
    m.t_ns,
    m.capture_id;
