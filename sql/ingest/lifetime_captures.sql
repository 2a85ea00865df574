-- Captures of dirty services with what tells one process from another, instance by instance in order of
-- time; file times of one second are in the order of numbers in their names. Totals are those of heap
-- profiles; counters those of MemStats. A build that a name tells is not the one that a content tells, and
-- only profiles name the program's own file.
--
-- Metrics of containers tell when the youngest of a pod's own containers began, how often they were restarted, and how
-- often something in them was killed. Where nothing but such metrics is known of a pod, what kube-state-metrics say of it
-- is of its lives, too; beside others they would only widen them.
WITH own AS (
    SELECT
        c.capture_id,
        max(CASE WHEN n.value = 'container_start_time_seconds' AND r.value > 0 THEN r.value END) AS start_s,
        sum(CASE WHEN n.value = 'kubernetes.restarts' THEN r.value END) AS restarts,
        sum(CASE WHEN n.value = 'cgroup.memory.events.oom_kill' THEN r.value END) AS kills
    FROM service AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN reading AS r USING (capture_id)
    JOIN word AS n ON n.word_id = r.name_id
    LEFT JOIN word AS l ON l.word_id = r.label_id
    WHERE s.is_dirty = 1
      AND c.kind IN ('cgroup', 'pod')
      AND c.format IN ('prometheus', 'prometheus-api')
      AND n.value IN ('container_start_time_seconds', 'kubernetes.restarts', 'cgroup.memory.events.oom_kill')
      AND NOT EXISTS (
        SELECT 1
        FROM sidecar AS sc
        WHERE json_extract(l.value, '$.container') GLOB sc.pattern
      )
    GROUP BY c.capture_id
)
SELECT
    c.service_id,
    c.instance_id,
    c.capture_id,
    c.kind || '/' || c.format || '/' || coalesce(c.variant, '') AS class,
    coalesce(c.time_ns, 0) AS time_ns,
    iif(c.build_source = 'content', c.build, '') AS build,
    iif(c.build_source = 'content', '', c.build) AS label,
    iif(c.format = 'pprof', c.program, '') AS program,
    c.is_delta OR c.is_foreign AS is_apart,
    (
        SELECT t.value
        FROM total AS t
        WHERE t.capture_id = c.capture_id
          AND t.type = 'alloc_space'
    ) AS alloc_space,
    (
        SELECT t.value
        FROM total AS t
        WHERE t.capture_id = c.capture_id
          AND t.type = 'alloc_objects'
    ) AS alloc_objects,
    m.num_gc,
    m.total_alloc,
    m.mallocs,
    m.last_gc,
    m.ring_first,
    m.ring_first_ns,
    m.ring,
    (
        SELECT max(g.since_start_ns)
        FROM gc_cycle AS g
        WHERE g.capture_id = c.capture_id
        HAVING min(g.number) = 1
    ) AS trace_ns,
    (
        SELECT group_concat(
            g.number || '@' || coalesce(g.since_start_ns, '') || '/' || coalesce(g.pause_ns, '') || '/'
                || coalesce(g.assist_ns, '') || '/' || coalesce(g.heap_start, '') || '/' || coalesce(g.heap_live, ''),
            ' '
        )
        FROM gc_cycle AS g
        WHERE g.capture_id = c.capture_id
          AND g.number <= 3
        HAVING min(g.number) = 1
    ) AS trace_head,
    (
        SELECT CAST(r.value * 1000000000 AS INTEGER)
        FROM reading AS r
        WHERE r.capture_id = c.capture_id
          AND r.name_id = (SELECT w.word_id FROM word AS w WHERE w.value = 'process.start_time')
          AND r.value > 0
        ORDER BY r.ordinal
        LIMIT 1
    ) AS start_ns,
    (
        SELECT CAST(r.value * 1000000000 AS INTEGER)
        FROM reading AS r
        WHERE r.capture_id = c.capture_id
          AND r.name_id = (SELECT w.word_id FROM word AS w WHERE w.value = 'process.cpu')
          AND r.label_id = 0
        ORDER BY r.ordinal
        LIMIT 1
    ) AS cpu_ns,
    (
        SELECT CAST(r.value * 1000000000 AS INTEGER)
        FROM reading AS r
        WHERE r.capture_id = c.capture_id
          AND r.name_id = (SELECT w.word_id FROM word AS w WHERE w.value = 'process.stat.starttime')
          AND r.label_id = 0
        ORDER BY r.ordinal
        LIMIT 1
    ) AS boot_ns,
    (
        SELECT CAST(r.value AS INTEGER)
        FROM reading AS r
        WHERE r.capture_id = c.capture_id
          AND r.name_id = (SELECT w.word_id FROM word AS w WHERE w.value = 'process.pid')
          AND r.label_id = 0
        ORDER BY r.ordinal
        LIMIT 1
    ) AS pid,
    CAST(own.start_s * 1000000000 AS INTEGER) AS container_start_ns,
    CAST(own.restarts AS INTEGER) AS restarts,
    CAST(own.kills AS INTEGER) AS kills
FROM capture AS c
JOIN service AS s USING (service_id)
LEFT JOIN memstats AS m USING (capture_id)
LEFT JOIN own USING (capture_id)
JOIN content AS ct USING (content_id)
WHERE s.is_dirty = 1
  AND (
    c.is_observation = 1
    OR (
        c.kind = 'pod'
        AND c.format IN ('prometheus', 'prometheus-api')
        AND EXISTS (
            SELECT 1
            FROM capture AS o
            WHERE o.instance_id = c.instance_id
              AND o.is_observation = 1
        )
        AND NOT EXISTS (
            SELECT 1
            FROM capture AS o
            WHERE o.instance_id = c.instance_id
              AND o.is_observation = 1
              AND (o.kind <> 'cgroup' OR o.format NOT IN ('prometheus', 'prometheus-api'))
        )
    )
  )
ORDER BY
    c.instance_id,
    iif(c.time_source = 'mtime', c.time_ns / 1000000000 * 1000000000, c.time_ns),
    iif(c.time_source = 'mtime', c.sequence, 0),
    c.time_ns,
    c.sequence,
    c.kind,
    ct.hash,
    c.part;
