-- id:         memory.heap_growth
-- title:      The live heap grows, and no single line explains it
-- layer:      L1
-- term:       growth
-- gate:       rest
-- needs:      v_unplaced_growth v_site_growth
-- params:     min_net=3, min_part=0.15
--
-- Why: what is alive after a collection grows steadily and does not level off, so memory is kept, even where
-- no line can be called for it: no heap profile was taken, or growth is spread over many lines of which each
-- has too few samples. What v_unplaced_growth asks of the trend is stricter than what one line must show; and
-- where a rising load or another GOGC explains the growth as well, memory.unclear says so instead.
--
-- Blind spot: a cache that is larger than what was watched looks the same, and a load whose rise does not show
-- in what is allocated. The line that is named gained most of all lines, which need not be the fault.
--
-- Source: leaks.md 2.4 (the live heap is the number that a leak must raise); layers: product, L1 and L2.
WITH part AS (
    SELECT
        sg.service_id,
        sg.site_id,
        format(
            '%s (%s:%d)',
            replace(sg.function, rtrim(sg.function, replace(sg.function, '/', '')), ''),
            replace(sg.file, rtrim(sg.file, replace(sg.file, '/', '')), ''),
            sg.line
        ) AS place,
        sg.growth,
        sg.owner,
        row_number() OVER (PARTITION BY sg.service_id ORDER BY sg.growth DESC, sg.site_id) AS rank
    FROM v_site_growth AS sg
    WHERE sg.slope > 0
      AND sg.births - sg.deaths >= :min_net
),
parts AS (
    SELECT
        p.service_id,
        group_concat(p.place, ', ') AS places
    FROM (
        SELECT
            part.service_id,
            part.place
        FROM part
        WHERE part.rank <= 3
        ORDER BY
            part.service_id,
            part.rank
    ) AS p
    GROUP BY p.service_id
)
SELECT
    ug.service_id,
    'service:live_heap' || coalesce('@' || p.site_id, '') AS subject,
    'object' AS class,
    clamp01(0.4 - log10(max(ug.p_trend, 1e-12)) / 10.0) AS strength,
    format(
        'the live heap grew from %s to %s (%s) and does not level off; %s',
        bytes_text(CAST(ug.first_value AS INTEGER)),
        bytes_text(CAST(ug.last_value AS INTEGER)),
        per_day_text(ug.slope * 86400e9),
        CASE
            WHEN ps.places IS NOT NULL
                THEN 'no single line is sure to be the cause; most was gained at ' || ps.places
            WHEN EXISTS (SELECT 1 FROM v_site_growth AS sg WHERE sg.service_id = ug.service_id)
                THEN 'its heap profiles show no line that gained much'
            ELSE 'there are no heap profiles, or too few, to tell the line'
        END
    ) AS detail,
    ug.evidence,
    NULL AS same_as
FROM v_unplaced_growth AS ug
LEFT JOIN part AS p
    ON p.service_id = ug.service_id
    AND p.rank = 1
    AND p.owner <> 'runtime'
    AND p.growth >= :min_part * ug.growth
LEFT JOIN parts AS ps ON ps.service_id = ug.service_id
WHERE ug.name = 'live_heap'
  AND ug.doubt IS NULL
ORDER BY ug.service_id;
