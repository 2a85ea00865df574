-- id:         holmes_gcheap
-- title:      holmes, heap after a collection: 10 %, 20 % above the mean of ten, 40 %
-- unit:       percent of the limit
-- state:      replay
-- asks:       live limit
-- params:     min=10, diff=20, abs=40, warm_up=10
-- cooldown:   60
--
-- Why: what a collection leaves is kept; at 40 % of the limit and GOGC 100 the next one comes at 80 %.
--
-- Blind spot: as holmes_mem: the mean follows a slow leak.
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
    format('%.0f percent of the limit after a mean of %.0f', lv.value, lv.mean) AS detail,
    json_array(lv.capture_id) AS captures
FROM v_level AS lv
WHERE lv.name = 'gc-heap'
  AND lv.before >= :warm_up
ORDER BY
    lv.instance_id,
    lv.t_ns;
