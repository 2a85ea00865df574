-- v_incident: kills and other forced ends, by the service that they befell: what an alarm should have come
-- before. A kill belongs to a service when its capture does, or when it names the service's pod, container or
-- process. What several sources tell within two minutes is one.
--   service_id, service
--   instance_id   NULL when it cannot be told which
--   time_ns
--   source        kernel, kubernetes, docker, systemd ...
--   text          the line or reason as written
--   capture_id

CREATE VIEW v_incident AS
WITH matched AS (
    SELECT
        s.service_id,
        s.name AS service,
        (
            SELECT min(i.instance_id)
            FROM instance AS i
            WHERE i.service_id = s.service_id
              AND i.name <> ''
              AND (
                  i.name = k.pod
                  OR i.instance_id = kc.instance_id
              )
        ) AS instance_id,
        k.time_ns,
        k.source,
        k.text,
        k.capture_id,
        k.ordinal
    FROM kill AS k
    JOIN capture AS kc USING (capture_id)
    JOIN service AS s
    WHERE k.time_ns IS NOT NULL
      AND s.name <> ''
      AND (
          s.service_id = kc.service_id
          OR k.container = s.name
          OR k.process = substr(s.name, 1, 15)
          OR substr(k.pod, 1, length(s.name) + 1) = s.name || '-'
          OR EXISTS (
              SELECT 1
              FROM instance AS i
              WHERE i.service_id = s.service_id
                AND i.name <> ''
                AND i.name = k.pod
          )
          OR EXISTS (
              SELECT 1
              FROM instance AS i
              JOIN capture AS c USING (instance_id)
              WHERE i.service_id = s.service_id
                AND c.program <> ''
                AND k.process = substr(
                    replace(c.program, rtrim(c.program, replace(c.program, '/', '')), ''), 1, 15
                )
          )
      )
),
spaced AS (
    SELECT
        m.*,
        m.time_ns - lag(m.time_ns) OVER (
            PARTITION BY m.service_id
            ORDER BY m.time_ns, m.capture_id, m.ordinal
        ) AS after_ns
    FROM matched AS m
)
SELECT
    sp.service_id,
    sp.service,
    sp.instance_id,
    sp.time_ns,
    sp.source,
    sp.text,
    sp.capture_id
FROM spaced AS sp
WHERE sp.after_ns IS NULL
   OR sp.after_ns > 120000000000;
