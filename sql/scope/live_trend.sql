-- How the live heap of each service moved: MemStats where there are any, else the totals of heap profiles.
-- Cohorts as in site_trend.
INSERT INTO live_trend (
    service_id, cohort, lives, captures, span_ns, first_live, last_live, slope, slope_low, slope_high,
    p_trend, tau
)
WITH profile_total AS (
    SELECT
        hc.lifetime_id,
        hc.t_ns,
        t.value AS live
    FROM heap_capture AS hc
    JOIN total AS t USING (capture_id)
    WHERE hc.is_judged = 1
      AND t.type = 'inuse_space'
),
point AS (
    SELECT
        l.service_id,
        lp.lifetime_id,
        lp.t_ns,
        lp.live
    FROM live_point AS lp
    JOIN life AS l USING (lifetime_id)
    WHERE lp.is_judged = 1
      AND lp.source = 'NextGC'
    UNION ALL
    SELECT
        l.service_id,
        pt.lifetime_id,
        pt.t_ns,
        pt.live
    FROM profile_total AS pt
    JOIN life AS l USING (lifetime_id)
    WHERE NOT EXISTS (
        SELECT 1
        FROM live_point AS lp
        WHERE lp.lifetime_id = pt.lifetime_id
          AND lp.source = 'NextGC'
    )
),
in_life AS (
    SELECT
        p.service_id,
        p.lifetime_id,
        count(*) AS captures,
        max(p.t_ns) - min(p.t_ns) AS span_ns,
        first_value_by(p.live, p.t_ns) AS first_live,
        last_value(p.live, p.t_ns) AS last_live
    FROM point AS p
    GROUP BY
        p.service_id,
        p.lifetime_id
    HAVING count(*) >= 3
),
over_lives AS (
    SELECT
        il.service_id,
        co.cohort,
        count(*) AS lives,
        sum(il.captures) AS captures,
        max(il.span_ns) AS span_ns,
        avg(il.first_live) AS first_live,
        avg(il.last_live) AS last_live
    FROM in_life AS il
    JOIN cohort AS co USING (lifetime_id)
    GROUP BY
        il.service_id,
        co.cohort
)
SELECT
    ol.service_id,
    ol.cohort,
    ol.lives,
    ol.captures,
    ol.span_ns,
    ol.first_live,
    ol.last_live,
    theil_sen(p.t_ns, p.live, p.lifetime_id) AS slope,
    theil_sen_low(p.t_ns, p.live, p.lifetime_id) AS slope_low,
    theil_sen_high(p.t_ns, p.live, p.lifetime_id) AS slope_high,
    kendall_p_corrected(p.t_ns, p.live, p.lifetime_id) AS p_trend,
    kendall_tau(p.t_ns, p.live, p.lifetime_id) AS tau
FROM over_lives AS ol
JOIN cohort AS co USING (cohort)
JOIN point AS p ON p.service_id = ol.service_id AND p.lifetime_id = co.lifetime_id
GROUP BY
    ol.service_id,
    ol.cohort;
