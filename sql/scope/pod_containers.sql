-- Which container of a pod stands for it: one that is no known sidecar, is called as the service, takes most memory
-- (of all pods, so that it is the same one everywhere), or comes first by its name; in that order.
INSERT INTO pod_container (instance_id, label_id)
WITH told AS MATERIALIZED (
    SELECT
        c.service_id,
        c.instance_id,
        r.label_id,
        max(CASE WHEN n.value = 'cgroup.memory.stat.anon' THEN r.value END) AS anon
    FROM scope_service AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN reading AS r USING (capture_id)
    JOIN word AS n ON n.word_id = r.name_id
    WHERE c.kind IN ('cgroup', 'pod')
      AND c.ignored_by IS NULL
      AND r.label_id <> 0
      AND n.value IN (
          'cgroup.memory.stat.anon',
          'cgroup.memory.current',
          'container_memory_working_set_bytes',
          'limit.memory'
      )
    GROUP BY
        c.instance_id,
        r.label_id
),
named AS (
    SELECT
        t.*,
        json_extract(w.value, '$.container') AS container
    FROM told AS t
    JOIN word AS w ON w.word_id = t.label_id
),
ranked AS (
    SELECT
        n.instance_id,
        n.label_id,
        row_number() OVER (
            PARTITION BY n.instance_id
            ORDER BY
                EXISTS (SELECT 1 FROM sidecar AS sc WHERE n.container GLOB sc.pattern),
                n.container <> sv.name,
                n.most DESC,
                n.container
        ) AS place
    FROM (
        SELECT
            x.*,
            max(x.anon) OVER (PARTITION BY x.service_id, x.container) AS most
        FROM named AS x
        WHERE x.container IS NOT NULL
    ) AS n
    JOIN service AS sv USING (service_id)
)
SELECT
    r.instance_id,
    r.label_id
FROM ranked AS r
WHERE r.place = 1;
