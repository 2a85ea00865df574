-- Captures of dirty services with what tells one process from another, instance by instance in order of
-- time. Totals are those of heap profiles; counters those of MemStats.
SELECT
    c.service_id,
    c.instance_id,
    c.capture_id,
    c.kind,
    coalesce(c.time_ns, 0) AS time_ns,
    c.build,
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
    ) AS trace_ns
FROM capture AS c
JOIN service AS s USING (service_id)
LEFT JOIN memstats AS m USING (capture_id)
JOIN content AS ct USING (content_id)
WHERE s.is_dirty = 1
  AND c.is_observation = 1
ORDER BY
    c.instance_id,
    c.time_ns,
    c.sequence,
    c.kind,
    ct.hash,
    c.part;
