-- Services that must be judged: those with new facts, and those that other analyzers or settings judged.
SELECT
    s.service_id,
    s.name,
    EXISTS (
        SELECT 1
        FROM instance AS i
        CROSS JOIN capture AS c USING (instance_id)
        WHERE i.service_id = s.service_id
          AND c.is_observation = 1
          AND c.is_foreign = 0
    ) AS is_observed
FROM service AS s
WHERE s.is_dirty = 1
   OR s.judged_by IS NOT :version
   OR :all_services = 1
ORDER BY s.name;
