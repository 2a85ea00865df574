-- Functions that goroutines of such a dump came through before they stand where they wait.
INSERT OR IGNORE INTO lock_caller (capture_id, site_id, function, line, type)
SELECT
    c.capture_id,
    ss.blocked_id AS site_id,
    p.function,
    p.line,
    CASE WHEN p.function GLOB '*).*' THEN substr(p.function, 1, instr(p.function, ').') + 1) END AS type
FROM (SELECT DISTINCT lp.capture_id, lp.service_id FROM lock_place AS lp) AS c
CROSS JOIN goroutine_group AS g USING (capture_id)
CROSS JOIN stack_site AS ss ON ss.service_id = c.service_id AND ss.stack_id = g.stack_id
CROSS JOIN stack_path AS p ON p.service_id = c.service_id AND p.stack_id = g.stack_id
WHERE p.level > 0;
