-- id:         goroutine.same_number
-- title:      Goroutines that come and stay together
-- layer:      L3
-- term:       context
-- needs:      goroutine.cluster_growth v_cluster_growth v_goroutine_series v_site
-- params:     min_captures=5, min_growth=10, min_equal=0.9, max_difference=0.02
--
-- Why: one connection that nobody closes keeps the goroutine that reads from it and the one that writes to it. Where
-- goroutines wait at two places, in methods of one type or functions of one function, and their numbers are the
-- same in nearly every capture while both grow, that is one mistake and not two.
--
-- Blind spot: two leaks of one type that each request brings once are taken for one; both places are named.
--
-- Source: leaks.md 3.1, feature 8 (net/http keeps readLoop and writeLoop for each connection).
WITH growing AS MATERIALIZED (
    SELECT
        cg.site_id,
        cg.service_id,
        si.function,
        rtrim(si.function, replace(si.function, '.', '')) AS owner,
        si.line
    FROM v_cluster_growth AS cg
    JOIN v_site AS si USING (site_id)
    WHERE cg.slope_low > 0
      AND cg.growth >= :min_growth
),
number AS MATERIALIZED (
    SELECT
        gs.site_id,
        gs.capture_id,
        gs.count
    FROM growing AS g
    CROSS JOIN v_goroutine_series AS gs ON gs.site_id = g.site_id
    WHERE gs.is_judged = 1
),
pair AS (
    SELECT
        a.service_id,
        a.site_id,
        b.site_id AS other_id,
        b.function AS other,
        b.line AS other_line,
        count(*) AS captures,
        sum(abs(x.count - y.count) <= max(1, :max_difference * x.count)) AS equal
    FROM growing AS a
    JOIN growing AS b
        ON b.service_id = a.service_id
        AND b.owner = a.owner
        AND b.site_id < a.site_id
    JOIN number AS x ON x.site_id = a.site_id
    JOIN number AS y ON y.site_id = b.site_id AND y.capture_id = x.capture_id
    GROUP BY
        a.site_id,
        b.site_id
)
SELECT
    p.service_id,
    'goroutines:' || p.site_id AS subject,
    NULL AS class,
    p.equal * 1.0 / p.captures AS strength,
    format(
        'as many as at %s:%d in %d of %d captures',
        replace(p.other, rtrim(p.other, replace(p.other, '/', '')), ''),
        p.other_line,
        p.equal,
        p.captures
    ) AS detail,
    json_object('captures', json('[]'), 'equal', p.equal, 'of', p.captures) AS evidence,
    'goroutines:' || p.other_id AS same_as
FROM pair AS p
WHERE p.captures >= :min_captures
  AND p.equal >= :min_equal * p.captures
ORDER BY
    p.service_id,
    p.site_id,
    p.other_id;
