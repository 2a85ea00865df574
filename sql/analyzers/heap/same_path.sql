-- id:         heap.same_path
-- title:      Grows in step on the same path
-- layer:      L2
-- term:       context
-- needs:      heap.site_growth v_site_growth v_stack_path v_stack_site
-- params:     max_ratio=3.0, max_level=2
--
-- Why: one mistake often shows at several lines: the entry, its strings, the map that holds them. Lines
-- that gain objects at the same pace, close to each other on the same path through the code, are one leak.
--
-- Blind spot: two leaks in one function that grow at the same pace are taken for one.
--
-- Source: leaks.md 2.3 (MAT's hint when two suspects share a path).
WITH growing AS (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.objects_slope,
        sg.growth
    FROM v_site_growth AS sg
    WHERE sg.slope_low > 0
      AND sg.p_plain <= 0.001
      AND sg.objects_slope > 0
      AND sg.owner <> 'runtime'
),
near AS (
    SELECT DISTINCT
        g.service_id,
        g.site_id,
        p.function,
        p.level
    FROM growing AS g
    CROSS JOIN v_stack_site AS vs USING (service_id, site_id)
    CROSS JOIN v_stack_path AS p USING (service_id, stack_id)
    WHERE p.level <= :max_level
      AND p.function NOT IN ('main.main', 'main.init')
)
SELECT
    small.service_id,
    'site:' || small.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format('gains objects in step with another line of %s', min(a.function)) AS detail,
    json_object(
        'captures', json('[]'),
        'objects_ratio', small.objects_slope / large.objects_slope
    ) AS evidence,
    'site:' || large.site_id AS same_as
FROM growing AS large
JOIN growing AS small USING (service_id)
JOIN near AS a ON a.site_id = large.site_id
JOIN near AS b ON b.site_id = small.site_id AND b.function = a.function
WHERE (small.growth < large.growth OR (small.growth = large.growth AND small.site_id > large.site_id))
  AND small.objects_slope / large.objects_slope BETWEEN 1.0 / :max_ratio AND :max_ratio
GROUP BY
    small.service_id,
    small.site_id,
    large.site_id
ORDER BY
    small.service_id,
    small.site_id,
    large.site_id;
