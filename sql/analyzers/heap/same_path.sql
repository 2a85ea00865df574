-- id:         heap.same_path
-- title:      Grows in step on the same path
-- layer:      L2
-- term:       context
-- needs:      heap.site_growth v_site_growth v_site_kin
-- params:     max_ratio=3.0, max_level=2, most=8
--
-- Why: one mistake often shows at several lines: the entry, its strings, the map that holds them. Lines
-- that gain objects at the same pace in one operation are one leak: lines of one function, of a function and what it
-- calls, or of two that a third calls directly, from different lines. Each is joined to the eight that grow most.
--
-- Blind spot: two leaks in one function that grow at the same pace are taken for one. Of more than 32 growing lines of a
-- function those that grow less are not compared with each other.
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
step AS (
    SELECT
        small.service_id,
        small.site_id,
        large.site_id AS large_id,
        k.function,
        small.objects_slope / large.objects_slope AS ratio,
        row_number() OVER (PARTITION BY small.site_id ORDER BY large.growth DESC, large.site_id) AS place
    FROM growing AS large
    JOIN v_site_kin AS k ON k.service_id = large.service_id AND k.site_id = large.site_id
    JOIN growing AS small ON small.service_id = large.service_id AND small.site_id = k.other_id
    WHERE k.level <= :max_level
      AND (small.growth < large.growth OR (small.growth = large.growth AND small.site_id > large.site_id))
      AND small.objects_slope / large.objects_slope BETWEEN 1.0 / :max_ratio AND :max_ratio
)
SELECT
    s.service_id,
    'site:' || s.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format('gains objects in step with another line of %s', s.function) AS detail,
    json_object(
        'captures', json('[]'),
        'objects_ratio', s.ratio
    ) AS evidence,
    'site:' || s.large_id AS same_as
FROM step AS s
WHERE s.place <= :most
ORDER BY
    s.service_id,
    s.site_id,
    s.large_id;
