-- What grew: call sites of the dead process, its first heap profile against its last, the life to compare with at
-- the same age, and the last ten minutes, hour and day. A time for which no profile is there within a third of it
-- has no column (NULL).
WITH point AS MATERIALIZED (
    SELECT
        hc.ordinal,
        hc.t_ns,
        max(hc.t_ns) OVER () AS last_ns,
        min(hc.t_ns) OVER () AS first_ns
    FROM v_death AS d
    JOIN temp.heap_capture AS hc USING (lifetime_id)
    WHERE hc.t_ns <= d.end_ns
),
moment AS (
    SELECT 'last' AS name, p.ordinal
    FROM point AS p
    WHERE p.t_ns = p.last_ns
    UNION ALL
    SELECT 'first', p.ordinal
    FROM point AS p
    WHERE p.t_ns = p.first_ns
      AND p.first_ns < p.last_ns
    UNION ALL
    SELECT
        b.name,
        (
            SELECT CAST(first_value_by(p.ordinal, abs(p.last_ns - p.t_ns - b.back_ns)) AS INTEGER)
            FROM point AS p
            WHERE p.last_ns - p.t_ns BETWEEN b.back_ns * 2 / 3 AND b.back_ns * 4 / 3
              AND p.t_ns < p.last_ns
        ) AS ordinal
    FROM (
        SELECT '10m' AS name, 600000000000 AS back_ns
        UNION ALL SELECT '1h', 3600000000000
        UNION ALL SELECT '1d', 86400000000000
    ) AS b
),
other AS (
    SELECT
        d.before_id,
        (
            SELECT CAST(first_value_by(hc.ordinal, abs(hc.t_ns - b.start_ns - (d.last_ns - d.start_ns))) AS INTEGER)
            FROM temp.heap_capture AS hc
            WHERE hc.lifetime_id = d.before_id
        ) AS ordinal
    FROM v_death AS d
    JOIN temp.life AS b ON b.lifetime_id = d.before_id
),
site_now AS (
    SELECT
        hp.site_id,
        max(CASE WHEN m.name = 'last' THEN hp.inuse_space END) AS last,
        max(CASE WHEN m.name = 'first' THEN hp.inuse_space END) AS first,
        max(CASE WHEN m.name = '10m' THEN hp.inuse_space END) AS ago_10m,
        max(CASE WHEN m.name = '1h' THEN hp.inuse_space END) AS ago_1h,
        max(CASE WHEN m.name = '1d' THEN hp.inuse_space END) AS ago_1d
    FROM v_death AS d
    JOIN moment AS m ON m.ordinal IS NOT NULL
    JOIN temp.heap_point AS hp ON hp.lifetime_id = d.lifetime_id AND hp.ordinal = m.ordinal
    GROUP BY hp.site_id
),
compared AS (
    SELECT
        n.*,
        CASE WHEN o.ordinal IS NOT NULL THEN coalesce(hp.inuse_space, 0) END AS before
    FROM site_now AS n
    LEFT JOIN other AS o
    LEFT JOIN temp.heap_point AS hp
        ON hp.lifetime_id = o.before_id
        AND hp.ordinal = o.ordinal
        AND hp.site_id = n.site_id
)
SELECT
    si.function,
    si.file || coalesce(':' || nullif(si.line, 0), '') AS place,
    si.owner,
    c.first AS "first:bytes",
    c.last AS "last:bytes",
    c.last - c.first AS "gain:bytes",
    c.before AS "before:bytes",
    c.last - c.before AS "more:bytes",
    c.last - c.ago_10m AS "gain_10m:bytes",
    c.last - c.ago_1h AS "gain_1h:bytes",
    c.last - c.ago_1d AS "gain_1d:bytes"
FROM compared AS c
JOIN temp.site AS si USING (site_id)
WHERE coalesce(c.last, 0) > 0
   OR c.first > 0
ORDER BY
    max(coalesce(c.last - c.first, c.last), coalesce(c.last - c.before, 0)) DESC,
    c.last DESC,
    c.site_id;
