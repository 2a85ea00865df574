-- What would speak against the finding, looked at with numbers: a question, the answer, and 1 where the answer
-- does speak against it or is not known. Of memory that several places gain the one that gains most is asked: a map
-- stands still for days while what it keeps goes on.
WITH own AS (
    SELECT
        f.id,
        f.kind,
        CASE
            WHEN f.kind <> 'service' THEN NULL
            WHEN f.class = 'goroutine' THEN 'goroutines'
            WHEN f.class = 'object' AND f.growth_bytes_per_day IS NULL THEN 'open_fds'
            WHEN f.class = 'object' THEN 'live_heap'
        END AS course,
        f.lives,
        f.captures,
        f.watched_ns,
        p.function,
        p.file,
        p.line,
        CASE
            WHEN p.ordinal = 0 THEN ''
            ELSE printf(' (At %s:%d, where most of it is made.)', replace(p.file, rtrim(p.file, replace(p.file, '/', '')), ''), p.line)
        END AS where_most
    FROM v_finding_or_look AS f
    JOIN v_finding_place AS p ON p.id = f.id
    WHERE f.id = :finding_id
      AND p.ordinal = CASE f.kind
        WHEN 'heap' THEN (
            SELECT big.ordinal
            FROM v_finding_place AS big
            WHERE big.id = f.id
              AND big.kind = 'heap'
            ORDER BY
                coalesce(big.growth_bytes_per_day, 0) DESC,
                big.ordinal
            LIMIT 1
        )
        ELSE 0
    END
),
course AS (
    SELECT
        g.slope,
        g.late_slope,
        g.growth,
        g.drawdown,
        g.p_trend,
        g.lives,
        1 AS is_bytes
    FROM v_site_growth AS g
    JOIN own AS o ON o.kind = 'heap' AND o.function = g.function AND o.file = g.file AND o.line = coalesce(g.line, 0)
    WHERE g.service_id = :service_id
    UNION ALL
    SELECT
        g.slope,
        g.late_slope,
        g.growth,
        g.drawdown,
        g.p_trend,
        g.lives,
        0
    FROM v_cluster_growth AS g
    JOIN own AS o ON o.kind = 'goroutines' AND o.function = g.function AND o.file = g.file AND o.line = coalesce(g.line, 0)
    WHERE g.service_id = :service_id
    UNION ALL
    SELECT
        g.slope,
        g.late_slope,
        g.growth,
        g.drawdown,
        g.p_trend,
        g.lives,
        g.is_bytes
    FROM v_process_growth AS g
    JOIN own AS o ON o.course = g.name
    WHERE g.service_id = :service_id
),
showing AS (
    SELECT
        (SELECT count(*) FROM finding_instance AS fi WHERE fi.finding_id = :finding_id) AS shown,
        (
            SELECT count(DISTINCT l.instance_id)
            FROM temp.life AS l
            WHERE l.service_id = :service_id
        ) AS watched
)
SELECT
    1 AS place,
    'Could it be noise?' AS question,
    CASE
        WHEN c.p_trend IS NULL THEN 'Not known: too few captures to tell.'
        WHEN c.p_trend < 0.001 THEN 'Hardly: what only wobbles rises like this in less than 0.1 % of cases.'
        ELSE printf('What only wobbles rises like this in %.1f %% of cases.', 100 * c.p_trend)
    END || o.where_most AS answer,
    c.p_trend IS NULL OR c.p_trend > 0.05 AS "is_against:bool"
FROM course AS c
JOIN own AS o
UNION ALL
SELECT
    2,
    'Does it fall back by itself?',
    CASE
        WHEN c.drawdown <= 0 THEN 'It never fell.'
        WHEN c.is_bytes = 1 THEN 'The largest fall was ' || bytes_text(CAST(c.drawdown AS INTEGER)) || ', against '
            || bytes_text(CAST(c.growth AS INTEGER)) || ' gained.'
        ELSE 'The largest fall was ' || count_text(CAST(c.drawdown AS INTEGER)) || ', against '
            || count_text(CAST(c.growth AS INTEGER)) || ' gained.'
    END || o.where_most,
    c.drawdown > 0.5 * c.growth
FROM course AS c
JOIN own AS o
WHERE c.drawdown IS NOT NULL
UNION ALL
SELECT
    3,
    'Does it level off, as a cache that fills?',
    CASE
        WHEN c.late_slope IS NULL THEN 'Not known: the second half has too few captures.'
        ELSE printf('In the second half it grows at %.0f %% of the rate over all.', 100 * c.late_slope / c.slope)
    END || o.where_most,
    c.late_slope IS NULL OR c.late_slope < 0.5 * c.slope
FROM course AS c
JOIN own AS o
WHERE c.slope > 0
UNION ALL
SELECT
    4,
    'Do all instances show it?',
    s.shown || ' of ' || s.watched || CASE s.watched WHEN 1 THEN ' instance shows it.' ELSE ' instances show it.' END
        || CASE WHEN s.watched = 1 THEN ' There is none to compare with.' ELSE '' END,
    s.shown < s.watched OR s.watched = 1
FROM showing AS s
UNION ALL
SELECT
    5,
    'Does it come again after a restart?',
    CASE
        WHEN o.lives <= s.shown THEN 'Not known: no process was watched before and after a restart.'
        ELSE o.lives || ' lives of processes were judged on ' || s.shown
            || CASE s.shown WHEN 1 THEN ' instance' ELSE ' instances' END || ', the longest watched for '
            || duration_text(o.watched_ns) || '.'
    END,
    o.lives <= s.shown
FROM own AS o
JOIN showing AS s
ORDER BY place;
