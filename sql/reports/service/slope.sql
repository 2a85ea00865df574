-- Places in the heap at the first and the last heap profile that counts, of the newest life of the shown instance that
-- has two of them: the twelve that moved most.
WITH newest AS (
    SELECT l.lifetime_id
    FROM temp.life AS l
    JOIN v_site_series AS ss USING (lifetime_id)
    WHERE l.instance_id = :instance_id
      AND ss.is_judged = 1
    GROUP BY l.lifetime_id
    HAVING max(ss.t_ns) > min(ss.t_ns)
    ORDER BY l.ordinal DESC
    LIMIT 1
),
ends AS (
    SELECT
        min(ss.t_ns) AS first_ns,
        max(ss.t_ns) AS last_ns
    FROM v_site_series AS ss
    JOIN newest USING (lifetime_id)
    WHERE ss.is_judged = 1
),
place AS (
    SELECT
        ss.site_id,
        e.first_ns,
        e.last_ns,
        max(CASE WHEN ss.t_ns = e.first_ns THEN ss.inuse_space END) AS first,
        max(CASE WHEN ss.t_ns = e.last_ns THEN ss.inuse_space END) AS last
    FROM v_site_series AS ss
    JOIN newest USING (lifetime_id)
    JOIN ends AS e ON ss.t_ns IN (e.first_ns, e.last_ns)
    WHERE e.last_ns > e.first_ns
    GROUP BY ss.site_id
)
SELECT
    replace(si.function, rtrim(si.function, replace(si.function, '/', '')), '')
        || coalesce(':' || nullif(si.line, 0), '') AS name,
    coalesce(p.first, 0) AS first,
    coalesce(p.last, 0) AS last,
    substr(rfc3339(p.first_ns), 1, 10) || ' ' || substr(rfc3339(p.first_ns), 12, 5) || ' UTC' AS first_name,
    substr(rfc3339(p.last_ns), 1, 10) || ' ' || substr(rfc3339(p.last_ns), 12, 5) || ' UTC' AS last_name,
    CASE
        WHEN total(coalesce(p.last, 0) > coalesce(p.first, 0)) OVER () = 0 THEN 'No place holds more than after the warm-up'
        ELSE CAST(total(coalesce(p.last, 0) > coalesce(p.first, 0)) OVER () AS INTEGER) || ' of ' || count(*) OVER () || ' places hold more at the end'
    END AS title,
    CASE WHEN count(*) OVER () > 12 THEN 'In use at the twelve places that moved most' ELSE 'In use at each place' END
        || ', in the newest life shown; what fell is dashed. Estimates from sampled profiles.' AS note
FROM place AS p
JOIN v_site AS si USING (site_id)
WHERE coalesce(p.first, 0) + coalesce(p.last, 0) > 0
ORDER BY
    abs(coalesce(p.last, 0) - coalesce(p.first, 0)) DESC,
    p.site_id
LIMIT 12;
