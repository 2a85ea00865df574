-- id:         heap.with_live_heap
-- title:      The whole live heap grows too
-- layer:      L2
-- term:       live-heap
-- needs:      memory.live_heap v_site_growth v_live_beside v_live_series v_trend_life
-- params:     max_p=0.01
--
-- Why: when a place gains memory and the process does not, something else gave it back. When both grow,
-- the growth of the place is the growth of the process. The live heap must be MemStats' own: the total of the
-- heap profiles that show the place is the same witness once more, and no second one.
--
-- Blind spot: none of its own; see memory.live_heap.
--
-- Source: leaks.md 3.1, feature 10.
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    clamp01(sg.slope / lg.slope) AS strength,
    format(
        'makes up %.0f %% of the growth of the live heap (%s)',
        100.0 * clamp01(sg.slope / lg.slope),
        rate_text(lg.slope * 86400e9, lg.span_ns, 1)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'responsibility', clamp01(sg.slope / lg.slope)
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN v_live_beside AS lg USING (service_id, cohort)
WHERE lg.p_trend <= :max_p
  AND lg.slope_low > 0
  AND sg.slope > 0
  AND EXISTS (
    SELECT 1
    FROM v_live_series AS ls
    JOIN v_trend_life AS co ON co.cohort = sg.cohort AND co.lifetime_id = ls.lifetime_id
    WHERE ls.service_id = sg.service_id
      AND ls.source <> 'HeapAlloc'
  )
ORDER BY
    sg.service_id,
    sg.site_id;
