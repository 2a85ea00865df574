-- A pod is one instance of one service, whoever tells of it. Metrics of containers know a pod by its name alone and take
-- its deployment's for the service; where something was captured of the program itself under that pod's name, its
-- service is the pod's, whatever came first. Of several such services the one that the pod is named after goes first,
-- then the one whose name comes first.
CREATE TEMP TABLE IF NOT EXISTS pod_home (
    instance_id      INTEGER PRIMARY KEY,
    service_id       INTEGER NOT NULL,
    home_instance_id INTEGER NOT NULL,
    home_service_id  INTEGER NOT NULL
) STRICT;
DELETE FROM temp.pod_home;

INSERT INTO temp.pod_home (instance_id, service_id, home_instance_id, home_service_id)
WITH measured AS MATERIALIZED (
    SELECT
        i.instance_id,
        i.service_id,
        i.name
    FROM instance AS i
    WHERE i.name GLOB '*-*[0-9]*'
      AND EXISTS (
        SELECT 1
        FROM capture AS c
        WHERE c.instance_id = i.instance_id
          AND c.kind IN ('cgroup', 'pod')
          AND c.format IN ('prometheus', 'prometheus-api')
      )
),
home AS (
    SELECT
        m.instance_id,
        m.service_id,
        i.instance_id AS home_instance_id,
        i.service_id AS home_service_id,
        row_number() OVER (
            PARTITION BY m.instance_id
            ORDER BY
                substr(m.name, 1, length(s.name) + 1) <> s.name || '-',
                s.name
        ) AS place
    FROM measured AS m
    JOIN instance AS i ON i.name = m.name
    JOIN service AS s ON s.service_id = i.service_id
    WHERE s.name <> ''
      AND EXISTS (
        SELECT 1
        FROM capture AS c
        WHERE c.instance_id = i.instance_id
          AND (c.is_observation = 1 OR c.ignored_by IS NOT NULL)
          AND (c.kind <> 'cgroup' OR c.format NOT IN ('prometheus', 'prometheus-api'))
      )
)
SELECT
    h.instance_id,
    h.service_id,
    h.home_instance_id,
    h.home_service_id
FROM home AS h
WHERE h.place = 1
  AND h.home_instance_id <> h.instance_id;

UPDATE service
SET is_dirty = 1
WHERE service_id IN (
    SELECT p.service_id FROM temp.pod_home AS p
    UNION
    SELECT p.home_service_id FROM temp.pod_home AS p
);

UPDATE capture
SET
    service_id = p.home_service_id,
    instance_id = p.home_instance_id,
    identity_rule = 'label pod; service: what else was captured of that pod'
FROM temp.pod_home AS p
WHERE capture.instance_id = p.instance_id
  AND capture.kind IN ('cgroup', 'pod')
  AND capture.format IN ('prometheus', 'prometheus-api');
