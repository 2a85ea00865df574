-- id:         memory.heap_growth
-- title:      The live heap grows, and no single line explains it
-- layer:      L1
-- term:       growth
-- gate:       rest
-- needs:      v_unplaced_growth v_main_gain
-- params:     min_part=0.15
--
-- Why: what is alive after a collection grows steadily and does not level off, so memory is kept, even where
-- no line can be called for it: no heap profile was taken, or growth is spread over many lines of which each
-- has too few samples. What v_unplaced_growth asks of the trend is stricter than what one line must show; and
-- where a rising load or another GOGC explains the growth as well, memory.unclear says so instead.
--
-- Its class is what the place that is named votes for; objects, where nothing tells or no place is named.
--
-- Blind spot: a cache that is larger than what was watched looks the same, and a load whose rise does not show
-- in what is allocated. The line that is named gained most of all lines, which need not be the fault.
--
-- Source: leaks.md 2.4 (the live heap is the number that a leak must raise); layers: product, L1 and L2.
SELECT
    ug.service_id,
    'service:live_heap' || coalesce('@' || CASE WHEN mg.owner <> 'runtime' AND mg.growth >= :min_part * ug.growth THEN mg.site_id END, '') AS subject,
    NULL AS class,
    clamp01(0.4 - log10(max(ug.p_trend, 1e-12)) / 10.0) AS strength,
    format(
        'the live heap grew from %s to %s (%s) and does not level off; %s',
        bytes_text(CAST(ug.first_value AS INTEGER)),
        bytes_text(CAST(ug.last_value AS INTEGER)),
        rate_text(ug.slope * 86400e9, ug.span_ns, 1),
        CASE
            WHEN mg.places IS NOT NULL
                THEN 'no single line is sure to be the cause; most was gained at ' || mg.places
            WHEN EXISTS (SELECT 1 FROM v_site_growth AS sg WHERE sg.service_id = ug.service_id)
                THEN 'its heap profiles show no line that gained much'
            ELSE 'there are no heap profiles, or too few, to tell the line'
        END
    ) AS detail,
    ug.evidence,
    NULL AS same_as
FROM v_unplaced_growth AS ug
LEFT JOIN v_main_gain AS mg USING (service_id)
WHERE ug.name = 'live_heap'
  AND ug.doubt IS NULL
ORDER BY ug.service_id;
