-- What this judgment says of a finding, beside what earlier ones said.
INSERT OR REPLACE INTO finding_history (
    finding_id, service_id, judged_ns, state, severity, score, growth_bytes_per_day, growth_per_day, last_bytes,
    last_count, time_to_limit_ns
)
SELECT
    f.finding_id,
    f.service_id,
    (SELECT max(l.last_ns) FROM lifetime AS l WHERE l.service_id = f.service_id) AS judged_ns,
    f.state,
    f.severity,
    f.score,
    f.growth_bytes_per_day,
    f.growth_per_day,
    f.last_bytes,
    f.last_count,
    f.time_to_limit_ns
FROM finding AS f
WHERE f.finding_id = :finding_id
  AND NOT EXISTS (SELECT 1 FROM v_look AS l WHERE l.id = f.finding_id)
  AND EXISTS (SELECT 1 FROM lifetime AS l WHERE l.service_id = f.service_id);
