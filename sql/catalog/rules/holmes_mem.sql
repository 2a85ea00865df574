-- id:         holmes_mem
-- title:      holmes, memory: 10 %, 25 % above the mean of ten, 80 %
-- unit:       percent of the limit
-- state:      replay
-- asks:       rss limit
-- params:     min=10, diff=25, abs=80, warm_up=10
-- series:     memory
-- cooldown:   60
--
-- Why: memory that jumps by a quarter is worth a dump.
--
-- Blind spot: a slow leak takes its mean along and is seen at 80 % only. On a healthy service the quarter fired on
-- 13.7 % of captures.
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
    format('%.0f after a mean of %.0f', lv.value, lv.mean) AS detail,
    json_array(lv.capture_id) AS captures
FROM v_level AS lv
WHERE lv.name = :series
  AND lv.before >= :warm_up
ORDER BY
    lv.instance_id,
    lv.t_ns;
