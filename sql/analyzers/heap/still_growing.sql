-- id:         heap.still_growing
-- title:      The growth does not slow down
-- layer:      L2
-- term:       streak
-- needs:      v_site_growth
-- params:     low=0.3, high=0.9
--
-- Why: a cache rises and then levels off; a leak goes on. The slope over the second half of what was
-- watched is set against the slope over all of it.
--
-- Blind spot: a cache that is still filling at the end.
--
-- Source: leaks.md 2.3 (Chromium's streak of rising intervals).
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    logistic_ramp(sg.late_slope / sg.slope, :low, :high) AS strength,
    format(
        'grew by %s in the second half, by %s over all',
        rate_text(sg.late_slope * 86400e9, sg.span_ns, 1),
        rate_text(sg.slope * 86400e9, sg.span_ns, 1)
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'late_bytes_per_day', sg.late_slope * 86400e9,
        'bytes_per_day', sg.slope * 86400e9
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
WHERE sg.slope > 0
  AND sg.late_slope > :low * sg.slope
ORDER BY
    sg.service_id,
    sg.site_id;
