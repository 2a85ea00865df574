-- id:         holmes_cpu
-- title:      holmes, processor: 10 %, 25 % above the mean of ten, 70 %
-- unit:       percent of the processors
-- state:      replay
-- asks:       cpu
-- params:     min=10, diff=25, abs=70, warm_up=10
-- cooldown:   60
--
-- Why: a processor that is suddenly busy is worth a profile.
--
-- Blind spot: load is not a leak; it is here because the others come with it. Between captures it knows the mean alone.
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
    format('%.0f percent of the processors after a mean of %.0f', lv.value, lv.mean) AS detail,
    json_array(lv.capture_id) AS captures
FROM v_level AS lv
WHERE lv.name = 'cpu'
  AND lv.before >= :warm_up
ORDER BY
    lv.instance_id,
    lv.t_ns;
