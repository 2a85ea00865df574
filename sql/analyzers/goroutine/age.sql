-- id:         goroutine.age
-- title:      Some have waited as long as they were watched
-- layer:      L3
-- term:       age
-- needs:      v_cluster_growth
-- params:     low=0.2, high=0.8
-- only-with:  goroutine_group
--
-- Why: a goroutine that waits is normal, one that has waited since the beginning is not, unless it was
-- made to. Dumps print how long each goroutine has been blocked; the longest wait is set against the time
-- that was watched.
--
-- Blind spot: background goroutines that wait for ever by design; they do not become more. The runtime
-- counts waiting only from one collection to the next, so short times are rounded down.
--
-- Source: formats.md 3.1; leaks.md 2.1 (goleak's retry, turned into an age).
SELECT
    cg.service_id,
    'goroutines:' || cg.site_id AS subject,
    NULL AS class,
    logistic_ramp(cg.max_minutes * 60e9 / cg.span_ns, :low, :high) AS strength,
    format(
        'the oldest has waited for %s; it was watched for %s',
        duration_text(cg.max_minutes * 60000000000),
        duration_text(cg.span_ns)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'max_minutes', cg.max_minutes,
        'span_ns', cg.span_ns
    ) AS evidence,
    NULL AS same_as
FROM v_cluster_growth AS cg
WHERE cg.max_minutes * 60e9 > :low * cg.span_ns
ORDER BY
    cg.service_id,
    cg.site_id;
