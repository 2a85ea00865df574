-- id:         goroutine.holds_heap
-- title:      Memory that the piled-up goroutines hold
-- layer:      L3
-- term:       joined
-- needs:      goroutine.cluster_growth heap.site_growth v_cluster_growth v_site_growth v_stack_path v_stack_site
-- params:     min_ratio=0.5, max_ratio=64
-- only-with:  goroutine_group
--
-- Why: a goroutine that never ends keeps all that it refers to: its buffers, its request, its channel. When
-- objects at a place and goroutines at another grow in step, and the code that allocates is on the path
-- of the goroutines or of the statement that starts them, the memory is the goroutines' and not a leak of
-- its own. What each goroutine keeps is at least one object for each: half of one allows for sampling, less
-- is something else that grows with the load.
--
-- Blind spot: two unrelated leaks in the same function that grow at the same pace are taken for one.
--
-- Source: leaks.md 3.1, features 2 and 8.
WITH goroutine_function AS (
    SELECT DISTINCT
        vs.blocked_id AS site_id,
        p.function
    FROM v_stack_site AS vs
    JOIN v_stack_path AS p USING (service_id, stack_id)
    JOIN goroutine_group AS g USING (stack_id)
    UNION
    SELECT
        vs.blocked_id AS site_id,
        frame_name(fn.name) AS function
    FROM goroutine_group AS g
    JOIN capture AS c USING (capture_id)
    JOIN v_stack_site AS vs ON vs.service_id = c.service_id AND vs.stack_id = g.stack_id
    JOIN frame AS fr ON fr.frame_id = g.creator_id
    JOIN function AS fn USING (function_id)
),
site_function AS (
    SELECT DISTINCT
        vs.site_id,
        p.function
    FROM v_site_growth AS sg
    CROSS JOIN v_stack_site AS vs USING (service_id, site_id)
    CROSS JOIN v_stack_path AS p USING (service_id, stack_id)
    WHERE sg.objects_slope > 0
      AND p.level <= 3
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    clamp01(1.0 - abs(ln(sg.objects_slope / cg.slope)) / ln(:max_ratio)) AS strength,
    format(
        '%.1f objects in use at %s:%d for each goroutine that stays',
        sg.objects_slope / cg.slope,
        sg.file,
        sg.line
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'objects_per_goroutine', sg.objects_slope / cg.slope,
        'bytes_per_goroutine', sg.slope / cg.slope
    ) AS evidence,
    'goroutines:' || cg.site_id AS same_as
FROM v_cluster_growth AS cg
JOIN v_site_growth AS sg USING (service_id)
WHERE cg.slope_low > 0
  AND cg.p_plain <= 0.001
  AND cg.growth >= 10
  AND sg.objects_slope > 0
  AND sg.objects_slope / cg.slope BETWEEN :min_ratio AND :max_ratio
  AND EXISTS (
    SELECT 1
    FROM site_function AS sf
    JOIN goroutine_function AS gf USING (function)
    WHERE sf.site_id = sg.site_id
      AND gf.site_id = cg.site_id
      AND sf.function NOT IN ('main.main', 'main.init')
  )
ORDER BY
    sg.service_id,
    sg.site_id,
    cg.site_id;
