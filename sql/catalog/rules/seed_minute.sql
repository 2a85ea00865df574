-- id:         seed_minute
-- title:      The live heap gains 100 MB or 200,000 objects a minute
-- unit:       bytes a minute
-- state:      replay
-- asks:       live
-- params:     max_bytes=100000000, max_objects=200000
--
-- Why: what is still there after a collection was not garbage.
--
-- Blind spot: a cache that fills after a start does the same, and a leak of 100 MB a day is two thousand times
-- slower.
--
-- Source: the health table of the source documents: more than 100 MB a minute and rising, or more than 200,000
-- objects a minute and not falling after a collection. "After" is tested with the live heap at collections; two
-- captures of one collection say nothing new and are passed over.
SELECT
    t.service_id,
    t.instance_id,
    t.t_ns,
    t.bytes_a_minute > :max_bytes OR coalesce(t.objects_a_minute > :max_objects, 0) AS fired,
    t.bytes_a_minute AS value,
    :max_bytes AS threshold,
    format(
        'live heap %s a minute, objects %s a minute',
        bytes_text(t.bytes_a_minute), count_text(t.objects_a_minute)
    ) AS detail,
    json_array(t.from_capture_id, t.capture_id) AS captures
FROM (
    SELECT
        m.service_id,
        m.instance_id,
        m.t_ns,
        m.capture_id,
        lag(m.capture_id) OVER life_by_time AS from_capture_id,
        (m.live - lag(m.live) OVER life_by_time) * 60e9 / (m.t_ns - lag(m.t_ns) OVER life_by_time) AS bytes_a_minute,
        (m.heap_objects - lag(m.heap_objects) OVER life_by_time) * 60e9
            / (m.t_ns - lag(m.t_ns) OVER life_by_time) AS objects_a_minute
    FROM v_moment AS m
    WHERE m.live IS NOT NULL
    WINDOW life_by_time AS (PARTITION BY m.lifetime_id ORDER BY m.t_ns, m.capture_id)
) AS t
WHERE t.bytes_a_minute IS NOT NULL
ORDER BY
    t.instance_id,
    t.t_ns;
