-- Places by epoch, as their frames name them, with the samples behind each: of memory the sampled objects
-- ever seen in one life, of goroutines always enough.
SELECT
    p.site_id,
    s.function,
    s.file,
    s.line,
    p.ordinal,
    p.build,
    sum(p.samples) AS samples
FROM (
    SELECT
        hp.site_id,
        e.ordinal,
        e.build,
        max(max(hp.alloc_count), max(hp.inuse_count)) AS samples
    FROM heap_point AS hp
    JOIN epoch AS e USING (lifetime_id)
    WHERE e.service_id = :service_id
    GROUP BY
        hp.site_id,
        hp.lifetime_id
    UNION ALL
    SELECT
        gp.site_id,
        e.ordinal,
        e.build,
        1000000 AS samples
    FROM goroutine_point AS gp
    JOIN epoch AS e USING (lifetime_id)
    WHERE e.service_id = :service_id
    GROUP BY
        gp.site_id,
        gp.lifetime_id
    HAVING max(gp.count) > 0
) AS p
JOIN site AS s USING (site_id)
WHERE p.samples > 0
GROUP BY
    p.site_id,
    p.ordinal
ORDER BY
    p.ordinal,
    s.line,
    s.function,
    p.site_id;
