-- Services that must be judged: those with new facts, and those that other analyzers or settings judged.
SELECT
    s.service_id,
    s.name
FROM service AS s
WHERE s.is_dirty = 1
   OR s.judged_by IS NOT :version
   OR :all_services = 1
ORDER BY s.name;
