-- id:         seed_l1
-- title:      Heap and objects both rose between two captures
-- unit:       bytes gained since the capture before
-- state:      replay
-- asks:       memstats
-- params:     min_mib=5, min_objects=1000, k=2, n=2
--
-- Why: a leak adds memory and objects together; a cache that is loaded adds memory alone.
--
-- Blind spot: HeapAlloc is a saw: between two collections it rises by design, and by how much depends on how
-- long the captures are apart. On a healthy service it fired on 40 % of all intervals with k = 1, on 9.4 % with
-- two in a row.
--
-- Source: the scan script of the source documents: more than 5 MiB and more than 1,000 objects; its comment says
-- two periods, its code one. k of the last n intervals of one life of the process.
SELECT
    t.service_id,
    t.instance_id,
    t.t_ns,
    t.hits >= :k AS fired,
    t.gained AS value,
    :min_mib * 1048576 AS threshold,
    format(
        '%s and %s objects more than %s before',
        bytes_text(t.gained), count_text(t.objects), duration_text(t.t_ns - t.from_ns)
    ) AS detail,
    json_array(t.from_capture_id, t.capture_id) AS captures
FROM (
    SELECT
        m.*,
        m.heap_alloc - m.from_alloc AS gained,
        m.heap_objects - m.from_objects AS objects,
        total(
            m.heap_alloc - m.from_alloc > :min_mib * 1048576
            AND m.heap_objects - m.from_objects > :min_objects
        ) OVER (
            PARTITION BY m.lifetime_id
            ORDER BY m.t_ns, m.capture_id
            ROWS BETWEEN CAST(:n - 1 AS INTEGER) PRECEDING AND CURRENT ROW
        ) AS hits
    FROM v_moment AS m
    WHERE m.from_alloc IS NOT NULL
      AND m.heap_objects IS NOT NULL
) AS t
ORDER BY
    t.instance_id,
    t.t_ns;
