-- The newest captures of a service, with what they were read from and what the audit says.
SELECT
    vc.time_ns AS "time:time",
    vc.kind,
    vc.variant,
    vc.instance,
    substr(vc.hash, 1, 12) AS hash,
    substr(vc.build, 1, 12) AS build,
    vc.size AS "size:bytes",
    vc.status,
    vc.full_path AS path,
    coalesce(vc.reason, vc.audit) AS reason,
    vc.is_left_out
FROM v_capture AS vc
JOIN service AS s ON s.name = vc.service
WHERE s.service_id = :service_id
ORDER BY
    vc.time_ns DESC,
    vc.full_path;
