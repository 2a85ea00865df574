-- id:         memory.few_captures
-- title:      Something rises, and there are too few captures to judge it
-- layer:      L1
-- term:       notice
-- needs:      v_process_growth v_main_gain
-- params:     max_captures=9, min_bytes=2097152, min_goroutines=30, min_factor=1.5, max_fall=0.1
--
-- Why: three captures cannot show a trend, but whoever has taken three profiles by hand wants to know what
-- they show: that the live heap, or the number of goroutines, rose by half or more from the first to the last of them and
-- never fell back by a tenth of that, and where most was gained. A service of which only "no leak found" is said
-- would be trusted more than so few captures allow.
--
-- Blind spot: a warm-up, a cache that fills and a load that rises look the same. So it makes no finding.
--
-- Source: product, "not enough evidence is a result"; what a difference of two profiles would show.
SELECT
    pg.service_id,
    'service' AS subject,
    NULL AS class,
    0.0 AS strength,
    format(
        'the %s went from %s to %s in %d captures over %s, which are too few to tell a leak from a warm-up or a load that rises%s',
        pg.title,
        CASE pg.is_bytes
            WHEN 1 THEN bytes_text(CAST(pg.first_value AS INTEGER))
            ELSE count_text(CAST(round(pg.first_value) AS INTEGER))
        END,
        CASE pg.is_bytes
            WHEN 1 THEN bytes_text(CAST(pg.last_value AS INTEGER))
            ELSE count_text(CAST(round(pg.last_value) AS INTEGER))
        END,
        pg.captures,
        duration_text(pg.span_ns),
        CASE WHEN pg.is_bytes AND mg.places IS NOT NULL THEN '; most was gained at ' || mg.places ELSE '' END
    ) AS detail,
    json_object(
        'captures', json(pg.captures_json)
    ) AS evidence,
    NULL AS same_as
FROM v_process_growth AS pg
LEFT JOIN v_main_gain AS mg USING (service_id)
WHERE pg.name IN ('live_heap', 'goroutines')
  AND pg.captures <= :max_captures
  AND pg.last_value >= :min_factor * pg.first_value
  AND pg.last_value - pg.first_value >= CASE pg.is_bytes WHEN 1 THEN :min_bytes ELSE :min_goroutines END
  AND pg.drawdown <= :max_fall * (pg.last_value - pg.first_value)
ORDER BY
    pg.service_id,
    pg.name DESC;
