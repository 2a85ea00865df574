-- Every file that was looked at, with what was found in it: one row for each capture, one for each
-- content that was rejected, one for each file that could not be read at all.
SELECT
    path,
    member_name,
    hash,
    kind,
    format,
    variant,
    service,
    instance,
    build,
    time_ns AS "time:time",
    time_source,
    time_zone_assumed,
    lifetime,
    status,
    reason,
    size AS "size:bytes",
    identity_rule,
    build_source,
    layout,
    audit,
    is_left_out,
    totals AS "totals:json"
FROM v_capture
WHERE (:service IS NULL OR service GLOB :service)
  AND (:since IS NULL OR time_ns >= :since OR time_ns IS NULL)
  AND (:until IS NULL OR time_ns < :until OR time_ns IS NULL)
ORDER BY
    root,
    path,
    member,
    part;
