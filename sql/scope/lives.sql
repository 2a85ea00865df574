-- Lives with the time from which on they are judged. The first hour of a process is warm-up; of a
-- shorter observation its first quarter. A process that was already old when it was first seen has its
-- warm-up behind it. What lies more than 30 days before the service's newest capture is history: it is
-- kept and shown, but a judgment is about the present.
--
-- A gctrace log is one capture, at its last line, and tells of all the time before it: the ages of its
-- collections say when the process began and how long it was watched. Without a time in front of its lines
-- the file's own time stands for the last of them; beside other captures that is not trusted, for files
-- are copied.
INSERT INTO life (
    lifetime_id, service_id, instance_id, ordinal, build, start_ns, first_ns, last_ns, judged_from_ns
)
WITH log AS (
    SELECT
        lc.lifetime_id,
        max(g.end_ns) AS end_ns,
        c.time_ns,
        c.content_id,
        c.part,
        min(g.since_start_ns) AS age_ns,
        max(g.since_start_ns) AS length_ns
    FROM scope_service AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN lifetime_capture AS lc USING (capture_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
    WHERE c.kind = 'gctrace'
      AND g.since_start_ns >= 0
    GROUP BY
        lc.lifetime_id,
        c.capture_id
    HAVING max(g.end_ns) IS NOT NULL
        OR NOT EXISTS (
            SELECT 1
            FROM lifetime_capture AS other
            JOIN capture AS oc USING (capture_id)
            WHERE other.lifetime_id = lc.lifetime_id
              AND oc.kind <> 'gctrace'
        )
),
-- Of several processes in one file without times the file's own time is that of the last one's end.
ended AS (
    SELECT
        g.lifetime_id,
        g.age_ns,
        g.length_ns,
        coalesce(
            g.end_ns,
            g.time_ns - coalesce(
                sum(g.length_ns) OVER (
                    PARTITION BY g.content_id
                    ORDER BY g.part DESC
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ),
                0
            )
        ) AS end_ns
    FROM log AS g
),
trace AS (
    SELECT
        e.lifetime_id,
        min(e.end_ns - e.length_ns) AS start_ns,
        min(e.end_ns - e.length_ns + e.age_ns) AS first_ns,
        max(e.end_ns) AS last_ns
    FROM ended AS e
    GROUP BY e.lifetime_id
),
seen AS (
    SELECT
        l.lifetime_id,
        l.service_id,
        l.instance_id,
        l.ordinal,
        l.build,
        coalesce(l.start_ns, t.start_ns) AS start_ns,
        min(l.first_ns, coalesce(t.first_ns, l.first_ns)) AS first_ns,
        CASE WHEN l.first_ns = l.last_ns THEN coalesce(t.last_ns, l.last_ns) ELSE l.last_ns END AS last_ns
    FROM scope_service AS s
    CROSS JOIN lifetime AS l USING (service_id)
    LEFT JOIN trace AS t USING (lifetime_id)
)
SELECT
    l.lifetime_id,
    l.service_id,
    l.instance_id,
    l.ordinal,
    l.build,
    coalesce(l.start_ns, l.first_ns) AS start_ns,
    l.first_ns,
    l.last_ns,
    max(
        l.first_ns,
        coalesce(l.start_ns, l.first_ns) + min(3600000000000, (l.last_ns - l.first_ns) / 4),
        max(l.last_ns) OVER (PARTITION BY l.service_id) - 2592000000000000
    ) AS judged_from_ns
FROM seen AS l
ORDER BY l.lifetime_id;
