-- id:         seed_alloc80
-- title:      The heap is above 80 % of the limit and does not fall
-- unit:       share of the limit
-- state:      on
-- asks:       memstats limit
-- params:     max_share=0.8
--
-- Why: with one fifth left the next burst is the last.
--
-- Blind spot: a heap of 45 % of the limit is enough to die of at GOGC 100: the collector waits until it has doubled.
--
-- Source: the health table of the source documents: Alloc above 80 % and not falling.
SELECT
    m.service_id,
    m.instance_id,
    m.t_ns,
    m.alloc > :max_share * m.memory_limit AND m.alloc >= m.from_alloc AS fired,
    m.alloc * 1.0 / m.memory_limit AS value,
    :max_share AS threshold,
    format('%s of %s', bytes_text(m.alloc), bytes_text(m.memory_limit)) AS detail,
    json_array(m.from_capture_id, m.capture_id) AS captures
FROM v_moment AS m
WHERE m.memory_limit > 0
  AND m.from_alloc IS NOT NULL
ORDER BY
    m.instance_id,
    m.t_ns;
