-- What happened around the kill: captures and collections of the dead process, starts of processes of the service
-- (a deploy where the build is a new one), releases and other kills. Times of collections are those of the rings
-- of pauses, each once.
WITH edge AS (
    SELECT
        d.*,
        d.first_ns - (d.end_ns - d.first_ns) / 10 AS from_ns
    FROM v_death AS d
)
SELECT
    t.row,
    t.kind,
    t.t_ns,
    t.label
FROM (
    SELECT 1 AS place, 'captures' AS row, 'note' AS kind, c.time_ns AS t_ns, '' AS label
    FROM edge AS e
    JOIN lifetime_capture AS lc ON lc.lifetime_id = e.lifetime_id
    JOIN capture AS c ON c.capture_id = lc.capture_id
    WHERE c.time_ns IS NOT NULL
    UNION
    SELECT 2, 'collections', 'note', g.end_ns, ''
    FROM edge AS e
    JOIN lifetime_capture AS lc ON lc.lifetime_id = e.lifetime_id
    JOIN gc_pause AS g ON g.capture_id = lc.capture_id
    WHERE g.end_ns >= e.from_ns
    UNION
    SELECT
        3,
        'starts',
        CASE
            WHEN l.build <> '' AND NOT EXISTS (
                SELECT 1
                FROM temp.life AS o
                WHERE o.build = l.build
                  AND o.start_ns < l.start_ns
            ) THEN 'deploy'
            ELSE 'restart'
        END,
        l.start_ns,
        substr(l.build, 1, 12)
    FROM edge AS e
    JOIN temp.life AS l ON l.start_ns BETWEEN e.from_ns AND e.end_ns
    UNION
    SELECT 4, 'releases', 'deploy', de.time_ns, de.name
    FROM edge AS e
    JOIN declared AS de ON de.what = 'release' AND de.service = e.service
    WHERE de.time_ns BETWEEN e.from_ns AND e.end_ns
    UNION
    SELECT 5, 'kills', 'kill', k.time_ns, k.source
    FROM edge AS e
    JOIN death_kill AS k ON k.time_ns BETWEEN e.from_ns AND e.end_ns
) AS t
ORDER BY
    t.place,
    t.t_ns,
    t.label;
