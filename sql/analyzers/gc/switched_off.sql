-- id:         gc.switched_off
-- title:      The collector is switched off
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_life
-- params:     min_captures=2, min_growth=1.5
--
-- Why: with GOGC=off or SetGCPercent(-1) and no memory limit NextGC stands at its largest value: nothing is
-- ever collected, and every byte that the program allocates stays. -1 does not mean "automatic". With a
-- GOMEMLIMIT the goal is that limit, and this is silent: there it is a choice that people make.
--
-- Blind spot: programs that run for a moment only and leave their garbage to the kernel do this on purpose.
--
-- Source: leaks.md 1.6, E3; formats.md 5.1 (NextGC above 2^62).
SELECT
    t.service_id,
    'service:gc-off' AS subject,
    'gogc-drift' AS class,
    CASE WHEN t.last_heap >= :min_growth * t.first_heap THEN 1.0 ELSE 0.6 END AS strength,
    format(
        'the collector is switched off and no memory limit is set (%d of %d captures%s); the heap went '
        || 'from %s to %s',
        t.off,
        t.captures,
        CASE WHEN t.instance = '' THEN '' ELSE ' of ' || t.instance END,
        bytes_text(CAST(t.first_heap AS INTEGER)),
        bytes_text(CAST(t.last_heap AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json(t.ids),
        'first_heap', t.first_heap,
        'last_heap', t.last_heap
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        ml.service_id,
        l.instance,
        count(*) AS captures,
        sum(ml.next_gc > 4611686018427387904) AS off,
        first_value_by(ml.heap_alloc, ml.t_ns) AS first_heap,
        last_value(ml.heap_alloc, ml.t_ns) AS last_heap,
        json_group_array(ml.capture_id) AS ids,
        row_number() OVER (
            PARTITION BY ml.service_id
            ORDER BY last_value(ml.heap_alloc, ml.t_ns) DESC, l.instance
        ) AS place
    FROM v_memory_ledger AS ml
    JOIN (
        SELECT
            vl.lifetime_id,
            vl.instance,
            vl.ordinal = max(vl.ordinal) OVER (PARTITION BY vl.service_id, vl.instance) AS is_newest
        FROM v_life AS vl
    ) AS l USING (lifetime_id)
    WHERE l.is_newest
    GROUP BY l.lifetime_id
    HAVING sum(ml.next_gc > 4611686018427387904) >= :min_captures
       AND sum(ml.next_gc > 4611686018427387904) * 2 > count(*)
) AS t
WHERE t.place = 1
ORDER BY t.service_id;
