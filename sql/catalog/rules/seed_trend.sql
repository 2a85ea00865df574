-- id:         seed_trend
-- title:      The heap grows by 5 MB a second, three times in a row
-- unit:       bytes a second
-- state:      replay
-- asks:       memstats
-- params:     min_rate=5000000, in_a_row=3, min_step_s=30
--
-- Why: growth that goes on over several steps is no single burst.
--
-- Blind spot: 5 MB a second are 300 MB a minute: who leaks that much is dead before the next capture. Slow
-- leaks, which are nearly all, are below it by three powers of ten.
--
-- Source: the source documents: steps of 30 seconds, more than 5 MB/s during three of them. They name two other
-- thresholds elsewhere (seed_l1, seed_minute) that do not agree with this one.
SELECT
    t.service_id,
    t.instance_id,
    t.t_ns,
    t.hits = :in_a_row AND t.steps = :in_a_row AS fired,
    t.rate AS value,
    :min_rate AS threshold,
    format('%s a second since %s', bytes_text(t.rate), duration_text(t.t_ns - t.from_ns)) AS detail,
    json_array(t.from_capture_id, t.capture_id) AS captures
FROM (
    SELECT
        m.*,
        (m.heap_alloc - m.from_alloc) / m.seconds AS rate,
        total((m.heap_alloc - m.from_alloc) / m.seconds > :min_rate) OVER steps AS hits,
        count(*) OVER steps AS steps
    FROM v_moment AS m
    WHERE m.from_alloc IS NOT NULL
      AND m.seconds >= :min_step_s
    WINDOW steps AS (
        PARTITION BY m.lifetime_id
        ORDER BY m.t_ns, m.capture_id
        ROWS BETWEEN CAST(:in_a_row - 1 AS INTEGER) PRECEDING AND CURRENT ROW
    )
) AS t
ORDER BY
    t.instance_id,
    t.t_ns;
