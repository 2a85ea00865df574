-- id:         gc.gogc_differs
-- title:      GOGC differs between processes of one service
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life
-- params:     min_ratio=2, min_captures=5, max_live=1.5, min_next=1.5, min_rise=1.25, min_apart=1.2
--
-- Why: a chart, an environment or a new build that gives some processes another GOGC changes how much memory
-- the same work takes, and nobody who looks at one process sees it. Each life of a process is summed up by
-- the median of its GOGC; called is a later life, or one beside it, with twice the value of another, both
-- with the same live heap and the middle halves of their values apart. Where its heap also grew further
-- before it was collected, or the process became larger, it is a warning; else somebody should know.
--
-- Blind spot: instances with different tasks and different settings on purpose. Where no reading tells GOGC it
-- is implied by NextGC and heap profiles, of which each alone is worth little.
--
-- Source: leaks.md 1.1, A11 to A13; part 6 (implied GOGC: medians only).
WITH life AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        l.instance,
        l.build,
        l.start_ns,
        count(*) AS captures,
        median(ps.value) AS gogc,
        percentile(ps.value, 0.25) AS low,
        percentile(ps.value, 0.75) AS high,
        median(ml.next_gc) AS next_gc,
        median(ml.next_gc / (1 + ps.value / 100.0)) AS live,
        median(ml.footprint) AS footprint,
        percentile(ml.heap_alloc, 0.9) AS peak,
        json_group_array(ps.capture_id) AS ids
    FROM v_process_series AS ps
    JOIN v_life AS l USING (lifetime_id)
    JOIN v_memory_ledger AS ml ON ml.lifetime_id = ps.lifetime_id AND ml.t_ns = ps.t_ns
    WHERE ps.name = 'gogc'
      AND ps.value > 0
    GROUP BY l.lifetime_id
    HAVING count(*) >= :min_captures
),
pair AS (
    SELECT
        b.service_id,
        a.gogc AS before,
        b.gogc AS after,
        a.instance AS one,
        b.instance AS other,
        a.build AS old_build,
        b.build AS new_build,
        b.footprint * 1.0 / a.footprint AS memory_ratio,
        b.peak * 1.0 / a.peak AS peak_ratio,
        b.ids,
        row_number() OVER (
            PARTITION BY b.service_id
            ORDER BY b.start_ns DESC, b.gogc / a.gogc DESC, a.start_ns DESC, a.lifetime_id, b.lifetime_id
        ) AS place
    FROM life AS a
    JOIN life AS b ON b.service_id = a.service_id AND b.lifetime_id <> a.lifetime_id
    WHERE b.start_ns >= a.start_ns
      AND b.gogc >= :min_ratio * a.gogc
      AND a.gogc >= 10
      AND b.low >= :min_apart * a.high
      AND b.next_gc >= :min_next * a.next_gc
      AND b.live BETWEEN a.live / :max_live AND a.live * :max_live
      AND a.instance <> b.instance
)
SELECT
    p.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE WHEN p.memory_ratio >= :min_rise OR p.peak_ratio >= :min_rise THEN 0.8 ELSE 0.5 END AS strength,
    format(
        'GOGC is about %.0f on %s%s and about %.0f on %s, for the same live heap; ',
        p.after,
        p.other,
        CASE WHEN p.old_build <> p.new_build THEN ' (a newer build)' ELSE '' END,
        p.before,
        p.one
    ) || CASE
        WHEN p.memory_ratio >= :min_rise THEN format('the process takes %.1f times the memory', p.memory_ratio)
        WHEN p.peak_ratio >= :min_rise
            THEN format('its heap grows to %.1f times as much before it is collected', p.peak_ratio)
        ELSE 'it does not take more memory for that'
    END AS detail,
    json_object(
        'captures', json(p.ids),
        'before', p.before,
        'after', p.after,
        'memory_ratio', p.memory_ratio,
        'peak_ratio', p.peak_ratio
    ) AS evidence,
    NULL AS same_as
FROM pair AS p
WHERE p.place = 1
ORDER BY p.service_id;
