-- What else ran there: the kernel's table of tasks, the largest first. A log with several kills does not say which
-- table belongs to which, so only that of a single one is shown.
SELECT
    t.name,
    t.pid,
    t.rss AS "rss:bytes",
    t.swap AS "swap:bytes",
    t.oom_score_adj,
    t.pid = d.pid AS "is_victim:bool"
FROM v_death AS d
JOIN v_task AS t USING (capture_id)
WHERE (SELECT count(*) FROM kill AS k WHERE k.capture_id = d.capture_id) = 1
ORDER BY
    t.rss DESC,
    t.pid;
