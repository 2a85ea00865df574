-- Objects in the heap of the shown instance, as MemStats count them.
SELECT
    'Heap objects' AS series,
    1 AS place,
    l.ordinal AS life,
    c.time_ns AS t_ns,
    coalesce(m.heap_objects, m.mallocs - m.frees) AS value
FROM memstats AS m
JOIN capture AS c USING (capture_id)
JOIN lifetime_capture AS lc USING (capture_id)
JOIN lifetime AS l USING (lifetime_id)
WHERE c.instance_id = :instance_id
  AND c.time_ns IS NOT NULL
  AND coalesce(m.heap_objects, m.mallocs - m.frees) IS NOT NULL
ORDER BY c.time_ns;
