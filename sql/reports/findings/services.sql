-- Services of a document.
SELECT
    s.service,
    s.verdict,
    s.reason,
    s.severity,
    s.findings,
    s.suppressed,
    s.captures,
    s.instances,
    s.first_ns AS "first_capture:time",
    s.last_ns AS "last_capture:time"
FROM v_service AS s
WHERE (:service IS NULL OR s.service GLOB :service)
ORDER BY s.service;
