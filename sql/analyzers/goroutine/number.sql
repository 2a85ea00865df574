-- id:         goroutine.number
-- title:      The number of goroutines grows, and nothing tells where they wait
-- layer:      L1
-- term:       growth
-- gate:       rest
-- needs:      v_unplaced_growth
--
-- Why: MemStats and metrics count goroutines without saying where they wait. A number that rises all the time
-- and does not level off is a leak of goroutines whoever they are. What v_unplaced_growth asks of the trend is
-- stricter than what one place must show.
--
-- Blind spot: connections that become more all the time look the same.
--
-- Source: leaks.md 3.1 (growth of goroutines); layers: product, L1.
SELECT
    ug.service_id,
    'service:goroutines' AS subject,
    'goroutine' AS class,
    clamp01(0.4 - log10(max(ug.p_trend, 1e-12)) / 10.0) AS strength,
    format(
        'goroutines became more all the time, from %s to %s; where they wait, only dumps or goroutine profiles '
        || 'tell, of which there are none or too few',
        count_text(CAST(round(ug.first_value) AS INTEGER)),
        count_text(CAST(round(ug.last_value) AS INTEGER))
    ) AS detail,
    ug.evidence,
    NULL AS same_as
FROM v_unplaced_growth AS ug
WHERE ug.name = 'goroutines'
  AND ug.doubt IS NULL
ORDER BY ug.service_id;
