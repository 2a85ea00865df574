-- Readings of each life that analyzers use. One with labels is a part of something, and not taken, but where it is of
-- the container that stands for its pod (pod_containers.sql): that goes before the sum over all containers.
INSERT INTO life_reading (lifetime_id, name, t_ns, capture_id, is_judged, value)
SELECT
    l.lifetime_id,
    n.value AS name,
    coalesce(r.time_ns, c.time_ns) AS t_ns,
    max(c.capture_id) AS capture_id,
    coalesce(r.time_ns, c.time_ns) >= l.judged_from_ns AS is_judged,
    CASE WHEN max(r.label_id) > 0 THEN max(r.value) FILTER (WHERE r.label_id > 0) ELSE max(r.value) END AS value
FROM life AS l
CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
CROSS JOIN capture AS c USING (capture_id)
CROSS JOIN reading AS r USING (capture_id)
JOIN word AS n ON n.word_id = r.name_id
JOIN process_reading AS pr ON pr.name = n.value
LEFT JOIN pod_container AS pc ON pc.instance_id = c.instance_id
WHERE (r.label_id = 0 OR r.label_id = pc.label_id)
  AND coalesce(r.time_ns, c.time_ns) IS NOT NULL
  AND NOT EXISTS (
    SELECT 1
    FROM audit AS a
    WHERE a.capture_id = c.capture_id
      AND a.is_left_out = 1
      AND a.reason <> 'same-gc-cycle'
  )
GROUP BY
    l.lifetime_id,
    n.value,
    coalesce(r.time_ns, c.time_ns);
