-- The captures list with the columns that fit a screen.
SELECT
    status,
    coalesce(kind, '') || coalesce(' (' || variant || ')', '') AS kind,
    service,
    instance,
    time_ns AS "time:time",
    full_path AS path,
    coalesce(reason, audit) AS reason
FROM v_capture
WHERE (:service IS NULL OR service GLOB :service)
  AND (:since IS NULL OR time_ns >= :since OR time_ns IS NULL)
  AND (:until IS NULL OR time_ns < :until OR time_ns IS NULL)
ORDER BY
    root,
    path,
    member,
    part;
