-- The collector's goal of a service's shown instance, for a small picture: what captures say, not an estimate.
SELECT
    'NextGC' AS series,
    1 AS place,
    l.ordinal AS life,
    c.time_ns AS t_ns,
    m.next_gc AS value
FROM memstats AS m
JOIN capture AS c USING (capture_id)
JOIN lifetime_capture AS lc USING (capture_id)
JOIN lifetime AS l USING (lifetime_id)
WHERE c.instance_id = :instance_id
  AND c.time_ns IS NOT NULL
  AND m.next_gc < 4611686018427387904
ORDER BY c.time_ns;
