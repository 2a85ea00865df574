-- id:         heap.effect
-- title:      The growth is large against the heap
-- layer:      L2
-- term:       effect
-- needs:      v_site_growth v_live_beside
-- params:     low=0.02, high=0.5
--
-- Why: a trend can be certain and still not matter. What one place gained is set against the live heap of
-- its process at the end.
--
-- Blind spot: a small leak on a large heap scores low for as long as it is small.
--
-- Source: leaks.md 2.3 (MemLab and MAT ask for a share of the heap), 5.4.
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    logistic_ramp(sg.growth / lg.last_live, :low, :high) AS strength,
    format(
        'the fitted line gains %s over the time watched, %.0f %% of the live heap of %s',
        bytes_text(CAST(sg.growth AS INTEGER)),
        100.0 * sg.growth / lg.last_live,
        bytes_text(CAST(lg.last_live AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'growth', sg.growth,
        'live_heap', lg.last_live
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN v_live_beside AS lg USING (service_id, cohort)
WHERE lg.last_live > 0
  AND sg.growth > :low * lg.last_live
ORDER BY
    sg.service_id,
    sg.site_id;
