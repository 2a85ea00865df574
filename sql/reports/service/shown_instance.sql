-- The instance whose pictures stand on the page: where the live heap is largest at the end; of those
-- without MemStats the one with most heap profiles, else the one whose container had most memory, as metrics tell it.
SELECT
    i.instance_id,
    i.name
FROM instance AS i
WHERE i.service_id = :service_id
  AND NOT EXISTS (
    SELECT 1
    FROM capture AS g
    WHERE g.service_id = i.service_id
      AND g.instance_id = i.instance_id
      AND g.ignored_by IS NOT NULL
)
ORDER BY
    coalesce((
        SELECT last_value(m.next_gc, c.time_ns)
        FROM memstats AS m
        JOIN capture AS c USING (capture_id)
        WHERE c.instance_id = i.instance_id
          AND c.time_ns IS NOT NULL
          AND m.next_gc < 4611686018427387904
    ), 0) DESC,
    (
        SELECT count(*)
        FROM capture AS c
        WHERE c.instance_id = i.instance_id
          AND c.kind = 'heap'
    ) DESC,
    coalesce((
        SELECT max(r.value)
        FROM capture AS c
        JOIN reading AS r USING (capture_id)
        JOIN word AS w ON w.word_id = r.name_id
        WHERE c.instance_id = i.instance_id
          AND c.kind = 'cgroup'
          AND w.value = 'cgroup.memory.stat.anon'
    ), 0) DESC,
    i.name
LIMIT 1;
