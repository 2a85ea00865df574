-- Of the trends of single instances at most one is kept for each place: the least likely one, and only where no more
-- than half of the instances grow, by five sampled objects or ten goroutines and more, and it is less likely than what
-- all of them show together, or those of the newest build. That one of so many looked like that is allowed for: its
-- chances are multiplied by their number.
INSERT INTO temp.lone (kind, site_id, cohort, tries)
WITH asked AS MATERIALIZED (
    SELECT
        'heap' AS kind,
        g.site_id,
        g.service_id,
        g.cohort,
        g.slope,
        g.slope_low,
        g.p_plain,
        g.slope * g.span_ns >= 5 * g.sample_space AS is_enough
    FROM temp.site_trend AS g
    UNION ALL
    SELECT
        'goroutine' AS kind,
        g.site_id,
        g.service_id,
        g.cohort,
        g.slope,
        g.slope_low,
        g.p_plain,
        g.slope * g.span_ns >= 10 AS is_enough
    FROM temp.cluster_trend AS g
)
SELECT
    t.kind,
    t.site_id,
    t.cohort,
    t.tries
FROM (
    SELECT
        a.kind,
        a.site_id,
        a.cohort,
        n.instances AS tries,
        row_number() OVER (
            PARTITION BY a.kind, a.site_id
            ORDER BY
                a.p_plain,
                a.slope DESC,
                -- Names, for numbers follow the order in which captures came.
                i.name
        ) AS place
    FROM (
        SELECT
            r.*,
            sum(r.cohort LIKE 'instance %' AND r.slope_low > 0 AND r.is_enough AND r.p_plain <= 0.05)
                OVER (PARTITION BY r.kind, r.site_id) AS growing
        FROM asked AS r
    ) AS a
    JOIN (
        SELECT
            l.service_id,
            count(DISTINCT l.instance_id) AS instances
        FROM temp.life AS l
        GROUP BY l.service_id
    ) AS n USING (service_id)
    JOIN instance AS i ON i.instance_id = CAST(substr(a.cohort, 10) AS INTEGER)
    WHERE a.cohort LIKE 'instance %'
      AND a.slope_low > 0
      AND a.is_enough
      AND a.p_plain * n.instances <= 0.05
      AND 2 * a.growing <= n.instances
      AND NOT EXISTS (
        SELECT 1
        FROM asked AS o
        WHERE o.kind = a.kind
          AND o.site_id = a.site_id
          AND o.cohort IN ('all', 'build')
          AND o.p_plain < a.p_plain * n.instances
      )
) AS t
WHERE t.place = 1;

DELETE FROM temp.site_trend
WHERE cohort LIKE 'instance %'
  AND (site_id, cohort) NOT IN (SELECT o.site_id, o.cohort FROM temp.lone AS o WHERE o.kind = 'heap');

UPDATE temp.site_trend
SET
    p_trend = min(1.0, p_trend * o.tries),
    p_plain = min(1.0, p_plain * o.tries)
FROM temp.lone AS o
WHERE o.kind = 'heap'
  AND o.site_id = site_trend.site_id
  AND o.cohort = site_trend.cohort;

DELETE FROM temp.cluster_trend
WHERE cohort LIKE 'instance %'
  AND (site_id, cohort) NOT IN (SELECT o.site_id, o.cohort FROM temp.lone AS o WHERE o.kind = 'goroutine');

UPDATE temp.cluster_trend
SET
    p_trend = min(1.0, p_trend * o.tries),
    p_plain = min(1.0, p_plain * o.tries)
FROM temp.lone AS o
WHERE o.kind = 'goroutine'
  AND o.site_id = cluster_trend.site_id
  AND o.cohort = cluster_trend.cohort;
