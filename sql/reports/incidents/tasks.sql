-- What else ran when a process was killed of which nothing was captured: the ten largest tasks of the kernel's table. A
-- log with several kills does not say which table belongs to which, so only those of single ones are listed.
WITH single AS (
    SELECT
        k.capture_id,
        min(k.ordinal) AS ordinal,
        min(k.pid) AS pid
    FROM kill AS k
    GROUP BY k.capture_id
    HAVING count(*) = 1
),
ranked AS (
    SELECT
        t.*,
        s.ordinal AS kill_ordinal,
        s.pid AS killed_pid,
        row_number() OVER (PARTITION BY t.capture_id ORDER BY t.rss DESC, t.pid) AS place
    FROM single AS s
    JOIN v_task AS t USING (capture_id)
)
SELECT
    r.capture_id || '-' || r.kill_ordinal AS kill,
    r.name,
    r.pid,
    r.rss AS "rss:bytes",
    nullif(r.swap, 0) AS "swap:bytes",
    r.oom_score_adj,
    r.pid = r.killed_pid AS "is_victim:bool"
FROM ranked AS r
WHERE r.place <= 10
ORDER BY
    r.capture_id,
    r.place;
