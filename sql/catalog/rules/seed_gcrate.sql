-- id:         seed_gcrate
-- title:      More than five collections a second
-- unit:       collections a second
-- state:      on
-- asks:       memstats
-- params:     max_rate=5
--
-- Why: so many collections mean that garbage is made faster than a heap of this size can hold.
--
-- Blind spot: a small heap with little to mark collects often and cheaply.
--
-- Source: the source documents: NumGC above 5 a second. The ring of the last 256 collections tells bursts between
-- captures; where it is missing the mean since the capture before counts.
SELECT
    t.service_id,
    t.instance_id,
    t.t_ns,
    t.rate > :max_rate AS fired,
    t.rate AS value,
    :max_rate AS threshold,
    format('%.1f collections a second', t.rate) AS detail,
    json_array(t.capture_id) AS captures
FROM (
    SELECT
        m.*,
        coalesce(m.ring_rate, CASE WHEN m.cycles >= 0 THEN m.cycles / m.seconds END) AS rate
    FROM v_moment AS m
) AS t
WHERE t.rate IS NOT NULL
ORDER BY
    t.instance_id,
    t.t_ns;
