-- The kills of the service that is replayed.
INSERT INTO replay_incident (service_id, ordinal, time_ns, last_ns, instance_id)
SELECT
    i.service_id,
    row_number() OVER (
        ORDER BY
            i.time_ns,
            i.instance_id
    ) AS ordinal,
    i.time_ns,
    coalesce(lag(i.time_ns) OVER (
        PARTITION BY i.instance_id
        ORDER BY i.time_ns
    ), 0) AS last_ns,
    i.instance_id
FROM v_incident AS i
WHERE i.service_id = :service_id
  AND i.time_ns IS NOT NULL;
