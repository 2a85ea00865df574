-- id:         heap.container
-- title:      What the growing memory is put into grows in leaps
-- layer:      L2
-- term:       container
-- needs:      heap.site_growth v_site_growth v_leaf_block v_stack_path v_stack_site
-- params:     max_p=0.01, min_bytes=524288, min_share=0.1, max_level=1
--
-- Why: what is put into a map or a slice grows steadily, the container itself in leaps: it stays as it is for
-- days and then doubles. Its own trend is a staircase that no test calls a trend. But where the sizes at a
-- line form the ladder of a map or of append, where it ends higher than it began, and where another line
-- of the same function gains memory, that line is where the container grows and where a person has to look.
--
-- Blind spot: a container of something else in the same function that happened to grow too.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.5.
WITH laddered AS (
    SELECT
        b.site_id,
        ladder_class(
            b.block_size, b.first_objects, b.last_objects, b.last_count, b.alloc_count
        ) AS ladder
    FROM v_leaf_block AS b
    GROUP BY
        b.site_id,
        b.leaf_id
),
container AS (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.growth,
        min(json_extract(l.ladder, '$.why')) AS why
    FROM v_site_growth AS sg
    JOIN laddered AS l USING (site_id)
    WHERE json_extract(l.ladder, '$.rule') IN ('append', 'bucket-map', 'table-map')
      AND sg.owner = 'own'
      AND sg.growth >= :min_bytes
      AND sg.p_plain <= :max_p
      AND sg.last_space >= sg.first_space + :min_bytes
    GROUP BY
        sg.service_id,
        sg.site_id
),
near AS (
    SELECT DISTINCT
        vs.site_id,
        p.function
    FROM v_site_growth AS sg
    CROSS JOIN v_stack_site AS vs ON vs.service_id = sg.service_id AND vs.site_id = sg.site_id
    CROSS JOIN v_stack_path AS p ON p.service_id = vs.service_id AND p.stack_id = vs.stack_id
    WHERE p.level <= :max_level
      AND p.function NOT IN ('main.main', 'main.init')
)
SELECT
    c.service_id,
    'site:' || c.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format('%s gains memory that is kept here: %s', min(a.function), c.why) AS detail,
    json_object('captures', json('[]'), 'growth', c.growth, 'contents_growth', sg.growth) AS evidence,
    'site:' || sg.site_id AS same_as
FROM container AS c
JOIN near AS a ON a.site_id = c.site_id
JOIN near AS b ON b.function = a.function
JOIN v_site_growth AS sg ON sg.site_id = b.site_id AND sg.service_id = c.service_id
WHERE sg.site_id <> c.site_id
  AND sg.slope_low > 0
  AND sg.p_plain <= :max_p
  AND c.growth >= :min_share * sg.growth
GROUP BY
    c.service_id,
    c.site_id,
    sg.site_id
ORDER BY
    c.service_id,
    c.site_id,
    sg.site_id;
