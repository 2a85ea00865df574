-- Instances whose captures are evidence for a finding.
SELECT DISTINCT c.instance_id
FROM evidence_capture AS ec
JOIN capture AS c USING (capture_id)
WHERE ec.finding_id = :finding_id
ORDER BY c.instance_id;
