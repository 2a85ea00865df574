-- id:         holmes_goroutine
-- title:      holmes, goroutines: 3,000, 20 % above the mean of ten, 200,000
-- unit:       goroutines
-- state:      replay
-- asks:       goroutines
-- params:     min=3000, diff=20, abs=200000, warm_up=10
-- cooldown:   600
--
-- Why: a number of goroutines that jumps by a fifth is worth a dump.
--
-- Blind spot: nothing below 3,000 goroutines, and no leak that is slower than a fifth in ten captures. On a healthy
-- service the fifth alone fired on 4.2 % of captures.
--
-- Source: holmes: a dump when the value is above abs, or above min and diff percent over the mean of the last ten,
-- after ten cycles of warm-up, and then not again until the cool-down is over. It looks every five seconds; this looks
-- at captures.
SELECT
    lv.service_id,
    lv.instance_id,
    lv.t_ns,
    lv.value > :abs
        OR (
            lv.value > :min
            AND lv.value >= lv.mean * (1 + :diff / 100)
        ) AS fired,
    lv.value,
    max(:min, min(:abs, lv.mean * (1 + :diff / 100))) AS threshold,
    format('%.0f goroutines after a mean of %.0f', lv.value, lv.mean) AS detail,
    json_array(lv.capture_id) AS captures
FROM v_level AS lv
WHERE lv.name = 'goroutines'
  AND lv.before >= :warm_up
ORDER BY
    lv.instance_id,
    lv.t_ns;
