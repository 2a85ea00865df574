-- What each place allocated; see v_churn in sql/views/functions/v_process.sql. Half a dozen analyzers ask.
--
-- Points lie by site and life: the grouping below follows that order, and what was allocated at both
-- ends is looked up, so that points are read through once and nothing is sorted but one row a site and life.
INSERT INTO churn (service_id, site_id, bytes, share, place, is_main)
WITH span AS MATERIALIZED (
    SELECT
        p.site_id,
        p.lifetime_id,
        min(p.ordinal) AS first_ordinal,
        max(p.ordinal) AS last_ordinal
    FROM heap_point AS p
    CROSS JOIN heap_capture AS hc USING (lifetime_id, ordinal)
    WHERE hc.is_judged = 1
    GROUP BY
        p.site_id,
        p.lifetime_id
),
edge AS MATERIALIZED (
    SELECT
        sp.lifetime_id,
        min(sp.first_ordinal) AS first_ordinal,
        max(sp.last_ordinal) AS last_ordinal
    FROM span AS sp
    GROUP BY sp.lifetime_id
    HAVING max(sp.last_ordinal) > min(sp.first_ordinal)
),
made AS (
    SELECT
        l.service_id,
        sp.site_id,
        sum(coalesce(after.alloc_space, 0) - coalesce(before.alloc_space, 0)) AS bytes
    FROM span AS sp
    JOIN edge AS e USING (lifetime_id)
    JOIN life AS l USING (lifetime_id)
    LEFT JOIN heap_point AS before
        ON before.site_id = sp.site_id
        AND before.lifetime_id = sp.lifetime_id
        AND before.ordinal = e.first_ordinal
    LEFT JOIN heap_point AS after
        ON after.site_id = sp.site_id
        AND after.lifetime_id = sp.lifetime_id
        AND after.ordinal = e.last_ordinal
    GROUP BY
        l.service_id,
        sp.site_id
),
ranked AS (
    SELECT
        m.service_id,
        m.site_id,
        m.bytes,
        m.bytes * 1.0 / sum(m.bytes) OVER (PARTITION BY m.service_id) AS share,
        row_number() OVER (PARTITION BY m.service_id ORDER BY m.bytes DESC, m.site_id) AS place
    FROM made AS m
    WHERE m.bytes > 0
)
SELECT
    r.service_id,
    r.site_id,
    r.bytes,
    r.share,
    r.place,
    r.place = 1 AND r.share >= 0.3 AND si.owner <> 'runtime' AS is_main
FROM ranked AS r
JOIN site AS si USING (site_id)
ORDER BY
    r.service_id,
    r.place;
