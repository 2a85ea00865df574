-- id:         seed_goroutines
-- title:      More than 1,000 goroutines
-- unit:       goroutines
-- state:      info
-- asks:       goroutines
-- params:     max=1000
--
-- Why: few services need so many at once.
--
-- Blind spot: a gateway with 50,000 connections has as many and is well; a leak of 300 a day takes three days to be
-- seen.
--
-- Source: the source documents: an alarm above 1,000.
SELECT
    lv.service_id,
    lv.instance_id,
    lv.t_ns,
    lv.value > :max AS fired,
    lv.value,
    :max AS threshold,
    format('%s goroutines', count_text(lv.value)) AS detail,
    json_array(lv.capture_id) AS captures
FROM v_level AS lv
WHERE lv.name = 'goroutines'
ORDER BY
    lv.instance_id,
    lv.t_ns;
