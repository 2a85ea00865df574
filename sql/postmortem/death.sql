-- The kill and the life that it ended.
--
-- Which life: that of the instance that the kill names; else the one whose /proc status has the victim's pid; else
-- the one that fell silent then. Clocks of a kernel and of a collector differ, so a life may have captures up to
-- ten minutes behind its kill, provided that something else of the service was captured later still: else nobody
-- knows that it fell silent. A life with captures behind that was not killed; the victim was another process of
-- its cgroup. One that started later is at most the next.
INSERT INTO death (
    service_id, service, time_ns, until_ns, sources, text, capture_id, scope, process, host, cgroup, pod, container,
    pid, total_vm, rss, usage, told_limit, exit_code, restarts, has_tasks, instance_id, instance, chosen_by,
    lifetime_id, build, start_ns, first_ns, last_ns, pace_ns, is_survivor, skew_ns, limit_bytes, limit_source,
    before_id
)
WITH incident AS (
    SELECT
        v.*,
        coalesce(v.until_ns, v.time_ns) AS died_ns
    FROM v_incident AS v
    WHERE v.service_id = :service_id
      AND v.time_ns = :time_ns
      AND v.instance_id IS :instance_id
    LIMIT 1
),
told AS (
    SELECT
        s.rank,
        k.*
    FROM death_sign AS s
    JOIN kill AS k ON k.capture_id = s.capture_id AND k.ordinal = s.ordinal
    WHERE s.ordinal > 0
       OR s.source NOT IN ('memory.events', 'kube-state-metrics')
),
-- One row: of each number the sign that says most.
said AS (
    SELECT
        coalesce((SELECT t.scope FROM told AS t WHERE t.scope <> '' ORDER BY t.rank LIMIT 1), '') AS scope,
        coalesce((SELECT t.process FROM told AS t WHERE t.process <> '' ORDER BY t.rank LIMIT 1), '') AS process,
        coalesce((SELECT t.host FROM told AS t WHERE t.host <> '' ORDER BY t.rank LIMIT 1), '') AS host,
        coalesce((SELECT t.cgroup FROM told AS t WHERE t.cgroup <> '' ORDER BY t.rank LIMIT 1), '') AS cgroup,
        coalesce((SELECT t.pod FROM told AS t WHERE t.pod <> '' ORDER BY t.rank LIMIT 1), '') AS pod,
        coalesce((SELECT t.container FROM told AS t WHERE t.container <> '' ORDER BY t.rank LIMIT 1), '') AS container,
        (SELECT t.pid FROM told AS t WHERE t.pid IS NOT NULL ORDER BY t.rank LIMIT 1) AS pid,
        (SELECT t.total_vm FROM told AS t WHERE t.total_vm IS NOT NULL ORDER BY t.rank LIMIT 1) AS total_vm,
        (
            SELECT t.anon_rss + coalesce(t.file_rss, 0) + coalesce(t.shmem_rss, 0)
            FROM told AS t
            WHERE t.anon_rss IS NOT NULL
            ORDER BY t.rank
            LIMIT 1
        ) AS rss,
        (SELECT t.usage FROM told AS t WHERE t.usage IS NOT NULL ORDER BY t.rank LIMIT 1) AS usage,
        (
            SELECT t.limit_bytes
            FROM told AS t
            WHERE t.limit_bytes > 0
              AND t.limit_bytes < 4611686018427387904
            ORDER BY t.rank
            LIMIT 1
        ) AS told_limit,
        (SELECT t.exit_code FROM told AS t WHERE t.exit_code IS NOT NULL ORDER BY t.rank LIMIT 1) AS exit_code,
        (SELECT t.restarts FROM told AS t WHERE t.restarts IS NOT NULL ORDER BY t.rank LIMIT 1) AS restarts,
        (
            SELECT min(t.rank)
            FROM told AS t
            JOIN task AS ta ON ta.capture_id = t.capture_id
        ) IS NOT NULL AS has_tasks
),
-- A cgroup outlives its processes: who reads its files after a kill has not seen the dead one. Of a pod that only
-- metrics of containers know they are all there is.
round AS (
    SELECT
        lc.lifetime_id,
        CASE
            WHEN max(c.kind <> 'cgroup') THEN max(CASE WHEN c.kind <> 'cgroup' OR c.time_ns <= v.died_ns THEN c.time_ns END)
        END AS last_ns,
        (max(c.time_ns) - min(c.time_ns)) / max(1, count(DISTINCT c.time_ns / 5000000000) - 1) AS pace_ns
    FROM incident AS v
    CROSS JOIN temp.life AS l
    CROSS JOIN lifetime_capture AS lc ON lc.lifetime_id = l.lifetime_id
    CROSS JOIN capture AS c ON c.capture_id = lc.capture_id
    WHERE c.time_ns IS NOT NULL
    GROUP BY lc.lifetime_id
),
seen AS (
    SELECT
        l.lifetime_id,
        l.instance_id,
        l.build,
        l.start_ns,
        l.first_ns,
        coalesce(min(r.last_ns, l.last_ns), l.last_ns) AS last_ns,
        r.pace_ns
    FROM temp.life AS l
    JOIN round AS r USING (lifetime_id)
),
candidate AS (
    SELECT
        l.lifetime_id,
        l.instance_id,
        l.build,
        l.start_ns,
        l.first_ns,
        l.last_ns,
        max(l.pace_ns, 1000000000) AS pace_ns,
        l.last_ns - v.died_ns AS behind_ns,
        coalesce(
            (
                SELECT max(rd.value = sa.pid)
                FROM lifetime_capture AS lc
                JOIN reading AS rd USING (capture_id)
                JOIN word AS n ON n.word_id = rd.name_id
                WHERE lc.lifetime_id = l.lifetime_id
                  AND n.value = 'process.pid'
            ),
            0
        ) AS has_pid,
        l.last_ns <= v.died_ns + min(l.pace_ns, 60000000000)
        OR (
            l.last_ns <= v.died_ns + 600000000000
            AND l.last_ns < (SELECT max(o.last_ns) FROM temp.life AS o) - l.pace_ns
        ) AS is_ended
    FROM incident AS v
    JOIN said AS sa
    JOIN seen AS l
    WHERE l.start_ns <= v.died_ns
      AND (
          v.instance_id IS NULL
          OR l.instance_id = v.instance_id
      )
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            ORDER BY
                c.has_pid DESC,
                c.is_ended DESC,
                abs(c.behind_ns),
                c.lifetime_id
        ) AS rank,
        (SELECT count(DISTINCT o.instance_id) FROM candidate AS o) AS instances,
        -- Other lives that ended about then, too.
        (
            SELECT count(*)
            FROM candidate AS o
            WHERE o.lifetime_id <> c.lifetime_id
              AND o.is_ended
              AND abs(o.behind_ns) <= abs(c.behind_ns) + c.pace_ns
        ) AS rivals
    FROM candidate AS c
)
SELECT
    v.service_id,
    v.service,
    v.time_ns,
    v.until_ns,
    v.sources,
    v.text,
    v.capture_id,
    sa.scope,
    sa.process,
    sa.host,
    sa.cgroup,
    sa.pod,
    sa.container,
    sa.pid,
    sa.total_vm,
    sa.rss,
    sa.usage,
    sa.told_limit,
    sa.exit_code,
    sa.restarts,
    sa.has_tasks,
    coalesce(l.instance_id, v.instance_id) AS instance_id,
    coalesce(i.name, '') AS instance,
    CASE
        WHEN l.lifetime_id IS NULL THEN ''
        WHEN v.instance_id IS NOT NULL THEN 'told'
        WHEN l.has_pid THEN 'pid'
        WHEN l.instances = 1 THEN 'only'
        WHEN l.rivals = 0 AND l.is_ended THEN 'silent'
        ELSE 'nearest'
    END AS chosen_by,
    l.lifetime_id,
    coalesce(l.build, '') AS build,
    l.start_ns,
    l.first_ns,
    l.last_ns,
    l.pace_ns,
    coalesce(NOT l.is_ended AND NOT l.has_pid, 0) AS is_survivor,
    CASE WHEN l.is_ended OR l.has_pid THEN max(0, l.behind_ns) ELSE 0 END AS skew_ns,
    NULL AS limit_bytes,
    NULL AS limit_source,
    NULL AS before_id
FROM incident AS v
JOIN said AS sa
LEFT JOIN ranked AS l ON l.rank = 1
LEFT JOIN instance AS i ON i.instance_id = coalesce(l.instance_id, v.instance_id);
