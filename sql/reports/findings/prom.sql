-- Numbers for a collector of metrics, by family; labels that are NULL are not there.
WITH open_finding AS (
    SELECT
        f.service,
        f.severity,
        f.state,
        f.growth_bytes_per_day,
        f.growth_per_day,
        f.kind,
        f.time_to_limit_ns
    FROM v_finding AS f
    WHERE f.state <> 'fixed'
      AND f.suppressed_by IS NULL
),
status AS (
    SELECT
        c.status,
        count(*) AS captures
    FROM v_capture AS c
    GROUP BY c.status
),
sample AS (
    SELECT 'captures' AS family, NULL AS service, NULL AS severity, NULL AS state, s.status, NULL AS reason,
        s.captures AS value
    FROM status AS s
    UNION ALL
    SELECT 'captures_left_out', NULL, NULL, NULL, NULL, a.reason, count(*)
    FROM audit AS a
    WHERE a.is_left_out = 1
    GROUP BY a.reason
    UNION ALL
    SELECT 'findings', o.service, o.severity, o.state, NULL, NULL, count(*)
    FROM open_finding AS o
    GROUP BY o.service, o.severity, o.state
    UNION ALL
    SELECT 'service_findings_suppressed', s.service, NULL, NULL, NULL, NULL, s.suppressed
    FROM v_service AS s
    UNION ALL
    SELECT 'service_growth_bytes_per_second', o.service, NULL, NULL, NULL, NULL, max(o.growth_bytes_per_day) / 86400
    FROM open_finding AS o
    WHERE o.growth_bytes_per_day IS NOT NULL
    GROUP BY o.service
    UNION ALL
    SELECT 'service_growth_goroutines_per_second', o.service, NULL, NULL, NULL, NULL, max(o.growth_per_day) / 86400
    FROM open_finding AS o
    WHERE o.kind = 'goroutines'
      AND o.growth_per_day IS NOT NULL
    GROUP BY o.service
    UNION ALL
    SELECT 'service_judged', s.service, NULL, NULL, NULL, NULL,
        s.verdict NOT IN ('not judged', 'not enough evidence')
    FROM v_service AS s
    UNION ALL
    SELECT 'service_last_capture_timestamp_seconds', s.service, NULL, NULL, NULL, NULL, s.last_ns / 1e9
    FROM v_service AS s
    WHERE s.last_ns IS NOT NULL
    UNION ALL
    SELECT 'service_score', s.service, NULL, NULL, NULL, NULL, s.score
    FROM v_service AS s
    UNION ALL
    SELECT 'service_time_to_limit_seconds', o.service, NULL, NULL, NULL, NULL, min(o.time_to_limit_ns) / 1e9
    FROM open_finding AS o
    WHERE o.time_to_limit_ns IS NOT NULL
    GROUP BY o.service
)
SELECT
    sm.family,
    sm.service,
    sm.severity,
    sm.state,
    sm.status,
    sm.reason,
    CAST(sm.value AS REAL) AS value
FROM sample AS sm
WHERE :service IS NULL
   OR sm.service IS NULL
   OR sm.service GLOB :service
ORDER BY
    sm.family,
    sm.service,
    sm.severity,
    sm.state,
    sm.status,
    sm.reason;
