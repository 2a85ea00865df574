-- All kills of the service. Put down once, because what they are is worked out from all that tells of kills.
INSERT INTO death_kill (time_ns, source, instance_id)
SELECT
    v.time_ns,
    v.source,
    v.instance_id
FROM v_incident AS v
WHERE v.service_id = :service_id;
