-- The live heap at the last collection before each capture; without MemStats the total of heap profiles.
SELECT
    CASE WHEN lp.source = 'profile' THEN 'In use in heap profiles' ELSE 'Live heap' END AS series,
    lp.life,
    lp.t_ns,
    lp.value
FROM (
    SELECT
        ls.source,
        l.ordinal AS life,
        ls.t_ns,
        ls.live AS value
    FROM v_live_series AS ls
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
      AND ls.source <> 'HeapAlloc'
    UNION ALL
    SELECT
        'profile' AS source,
        l.ordinal AS life,
        hc.t_ns,
        t.value
    FROM temp.heap_capture AS hc
    JOIN temp.life AS l USING (lifetime_id)
    JOIN total AS t USING (capture_id)
    WHERE l.instance_id = :instance_id
      AND t.type = 'inuse_space'
      AND NOT EXISTS (
        SELECT 1
        FROM v_live_series AS ls
        JOIN temp.life AS l2 USING (lifetime_id)
        WHERE l2.instance_id = :instance_id
          AND ls.source <> 'HeapAlloc'
      )
) AS lp
ORDER BY lp.t_ns;
