-- id:         mann_kendall
-- title:      Mann-Kendall over the captures of a night
-- unit:       chance of so steady a rise without a trend
-- state:      replay
-- asks:       memstats
-- params:     max_p=0.05, min_captures=8
--
-- Why: the usual test for a trend.
--
-- Blind spot: it knows no size: a rise of one percent is a rise. Captures resemble those before them, restarts and
-- warm-up make trends, the load of a day is one: on a healthy service it fired on 38 of 80 nights.
--
-- Source: nightly Mann-Kendall on HeapInuse, one-sided, as alerts have it; the UTC day of an instance, restarts or not.
-- It is here to be compared with.
WITH night AS (
    SELECT
        m.service_id,
        m.instance_id,
        m.t_ns / 86400000000000 AS day,
        max(m.t_ns) AS t_ns,
        min(m.capture_id) AS from_capture_id,
        max(m.capture_id) AS capture_id,
        count(*) AS number,
        kendall_p(m.t_ns, m.heap_inuse) AS p
    FROM v_moment AS m
    WHERE m.heap_inuse IS NOT NULL
    GROUP BY
        m.instance_id,
        m.t_ns / 86400000000000
    HAVING count(*) >= :min_captures
)
SELECT
    n.service_id,
    n.instance_id,
    n.t_ns,
    coalesce(n.p < :max_p, 0) AS fired,
    n.p AS value,
    :max_p AS threshold,
    format('p = %.3g over %d captures', n.p, n.number) AS detail,
    json_array(n.from_capture_id, n.capture_id) AS captures
FROM night AS n
ORDER BY
    n.instance_id,
    n.t_ns;
