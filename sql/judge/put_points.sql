-- The course of a place: every k-th capture where a life has more than :most of them, and the last.
INSERT OR IGNORE INTO finding_point (finding_id, instance_id, lifetime, t_ns, value, is_judged)
SELECT
    :finding_id,
    l.instance_id,
    l.ordinal AS lifetime,
    t.t_ns,
    t.value,
    t.is_judged
FROM (
    SELECT
        p.lifetime_id,
        p.t_ns,
        p.value,
        p.is_judged,
        row_number() OVER (PARTITION BY p.lifetime_id ORDER BY p.t_ns) - 1 AS place,
        count(*) OVER (PARTITION BY p.lifetime_id) AS captures
    FROM (
        SELECT
            ss.lifetime_id,
            ss.t_ns,
            ss.inuse_space AS value,
            ss.is_judged
        FROM v_site_series AS ss
        WHERE :kind = 'heap'
          AND ss.site_id = :site_id
        UNION ALL
        SELECT
            gs.lifetime_id,
            gs.t_ns,
            gs.count AS value,
            gs.is_judged
        FROM v_goroutine_series AS gs
        WHERE :kind = 'goroutines'
          AND gs.site_id = :site_id
        UNION ALL
        SELECT
            ps.lifetime_id,
            ps.t_ns,
            CAST(ps.value AS INTEGER) AS value,
            ps.is_judged
        FROM v_process_series AS ps
        WHERE :kind = 'service'
          AND ps.service_id = :service_id
          AND 'service:' || ps.name = :topic
    ) AS p
) AS t
JOIN temp.life AS l USING (lifetime_id)
WHERE t.place % ((t.captures + :most - 1) / :most) = 0
   OR t.place = t.captures - 1;
