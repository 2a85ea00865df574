-- The share of all processor time that the collector took, of the shown instance: between two captures, and
-- the mean since the start of the process that the runtime itself tells (GCCPUFraction). What was between is
-- that mean times the age, differenced; where the start of the process is not known otherwise, a gctrace log
-- whose collections are found again in the ring of pauses tells it. CROSS JOIN keeps the order of the tables:
-- otherwise all lives of the ledger are gone through for each page.
WITH life AS (
    SELECT
        l.lifetime_id,
        l.ordinal
    FROM lifetime AS l
    WHERE l.instance_id = :instance_id
),
logged AS (
    SELECT
        life.lifetime_id,
        g.number,
        g.since_start_ns
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_cycle AS g USING (capture_id)
),
ring AS (
    SELECT
        life.lifetime_id,
        p.number,
        min(p.end_ns) AS end_ns
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN gc_pause AS p USING (capture_id)
    WHERE EXISTS (SELECT 1 FROM logged)
    GROUP BY
        life.lifetime_id,
        p.number
),
start AS (
    SELECT
        g.lifetime_id,
        CAST(median(r.end_ns - g.since_start_ns - 1700000000000000000) AS INTEGER) + 1700000000000000000 AS start_ns
    FROM logged AS g
    JOIN ring AS r ON r.lifetime_id = g.lifetime_id AND r.number = g.number
    GROUP BY g.lifetime_id
),
mean AS (
    SELECT
        life.lifetime_id,
        life.ordinal AS life,
        c.time_ns AS t_ns,
        m.gc_cpu_ppb * 1e-9 AS share,
        m.gc_cpu_ppb * 1e-9 * (c.time_ns - s.start_ns) AS gc_ns
    FROM life
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN memstats AS m USING (capture_id)
    LEFT JOIN start AS s ON s.lifetime_id = life.lifetime_id
    WHERE c.time_ns IS NOT NULL
      AND m.gc_cpu_ppb IS NOT NULL
),
traced AS (
    SELECT
        m.life,
        m.t_ns,
        (m.gc_ns - lag(m.gc_ns) OVER by_time) / nullif(m.t_ns - lag(m.t_ns) OVER by_time, 0) AS share
    FROM mean AS m
    WINDOW by_time AS (PARTITION BY m.lifetime_id ORDER BY m.t_ns)
),
apart AS (
    SELECT
        life.ordinal AS life,
        gi.t_ns,
        gi.cpu_share AS share
    FROM life
    JOIN v_gc_interval AS gi USING (lifetime_id)
    JOIN memstats AS m USING (capture_id)
    -- where no start is known the view gives the mean, which is the other series
    WHERE gi.cpu_share <> m.gc_cpu_ppb * 1e-9
)
SELECT
    t.series,
    t.place,
    t.life,
    t.t_ns,
    100 * t.share AS value
FROM (
    SELECT 'between captures' AS series, 1 AS place, b.life, b.t_ns, b.share FROM apart AS b
    UNION ALL
    SELECT 'between captures', 1, d.life, d.t_ns, max(0, d.share)
    FROM traced AS d
    WHERE d.share IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM apart AS b WHERE b.life = d.life AND b.t_ns = d.t_ns)
    UNION ALL
    SELECT 'since the start', 2, m.life, m.t_ns, m.share FROM mean AS m
) AS t
ORDER BY
    t.place,
    t.t_ns;
