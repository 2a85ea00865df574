-- id:         seed_score
-- title:      An anomaly score above 0.92
-- unit:       score, 0 to 1
-- state:      off
-- asks:       memstats
-- params:     min_score=0.92, min_captures=10
--
-- Why: a level that this hour of the day never had is worth a look.
--
-- Blind spot: the source documents take the score from a random forest whose trees nobody can check; what stands
-- here is the plain relative of it, and what is unusual is not yet a leak. One capture in twelve of anything that
-- wobbles is above 0.92.
--
-- Source: the source documents: alert above 0.92. The score is the chance that a capture of the same hour of the day
-- lies nearer to the median, by the robust standard deviation.
WITH hour AS (
    SELECT
        m.*,
        (m.t_ns / 3600000000000) % 24 AS hour_of_day
    FROM v_moment AS m
    WHERE m.heap_alloc IS NOT NULL
),
usual AS (
    SELECT
        h.instance_id,
        h.hour_of_day,
        median(h.heap_alloc) AS middle,
        mad(h.heap_alloc) AS spread
    FROM hour AS h
    GROUP BY
        h.instance_id,
        h.hour_of_day
    HAVING count(*) >= :min_captures
),
scored AS (
    SELECT
        h.*,
        u.middle,
        CASE
            WHEN u.spread > 0 THEN 1 - 2 * normal_tail(abs(h.heap_alloc - u.middle) / u.spread)
            ELSE h.heap_alloc <> u.middle
        END AS score
    FROM hour AS h
    JOIN usual AS u USING (instance_id, hour_of_day)
)
SELECT
    s.service_id,
    s.instance_id,
    s.t_ns,
    s.score > :min_score AS fired,
    s.score AS value,
    :min_score AS threshold,
    format('%s where %s is usual at this hour', bytes_text(s.heap_alloc), bytes_text(s.middle)) AS detail,
    json_array(s.capture_id) AS captures
FROM scored AS s
ORDER BY
    s.instance_id,
    s.t_ns;
