-- id:         gc.gogc_differs
-- title:      GOGC differs between processes of one service
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life
-- params:     min_ratio=2, min_captures=5, max_live=1.5, min_next=1.5, min_rise=1.25, min_apart=1.2, min_beside=0.5, most=128
--
-- Why: a chart, an environment or a new build that gives some processes another GOGC changes how much memory
-- the same work takes, and nobody who looks at one process sees it. Each life of a process is summed up by
-- the median of its GOGC; called is a later life, or one beside it, with twice the value of another, both
-- with the same live heap and the middle halves of their values apart. Where its heap also grew further
-- before it was collected, or the process became larger, it is a warning: now, or at any time, which Sys
-- remembers because it never falls. So it is where two instances of one build ran beside each other for half
-- of the shorter life: no release decided that. Else somebody did it on purpose and should know.
--
-- Blind spot: instances with different tasks and different settings on purpose; a canary that tries a
-- setting. Where no reading tells GOGC it is implied by NextGC and heap profiles, of which each alone is worth little. Of
-- a service the 128 lives that were captured last are compared.
--
-- Source: leaks.md 1.1, A11 to A13; part 6 (implied GOGC: medians only).
WITH life AS (
    SELECT
        l.service_id,
        row_number() OVER (PARTITION BY l.service_id ORDER BY l.last_ns DESC, l.lifetime_id DESC) AS place,
        l.lifetime_id,
        l.instance,
        l.build,
        l.start_ns,
        l.first_ns,
        l.last_ns,
        count(*) AS captures,
        median(ps.value) AS gogc,
        percentile(ps.value, 25) AS low,
        percentile(ps.value, 75) AS high,
        median(ml.next_gc) AS next_gc,
        median(ml.next_gc / (1 + ps.value / 100.0)) AS live,
        median(ml.footprint) AS footprint,
        percentile(ml.heap_alloc, 90) AS peak,
        max(ml.footprint + ml.returned) AS most,
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
        b.most * 1.0 / a.most AS most_ratio,
        a.build IS b.build AND min(a.last_ns, b.last_ns) - max(a.first_ns, b.first_ns)
            >= :min_beside * min(a.last_ns - a.first_ns, b.last_ns - b.first_ns) AS is_beside,
        b.start_ns >= a.start_ns AS is_later,
        b.start_ns,
        a.start_ns AS other_start_ns,
        a.lifetime_id AS one_id,
        b.lifetime_id AS other_id,
        b.ids
    FROM life AS a
    JOIN life AS b ON b.service_id = a.service_id AND b.lifetime_id <> a.lifetime_id
    WHERE a.place <= :most
      AND b.place <= :most
      AND b.gogc >= :min_ratio * a.gogc
      AND a.gogc >= 10
      AND b.low >= :min_apart * a.high
      AND b.next_gc >= :min_next * a.next_gc
      AND b.live BETWEEN a.live / :max_live AND a.live * :max_live
      AND a.instance <> b.instance
),
ranked AS (
    SELECT
        p.*,
        row_number() OVER (
            PARTITION BY p.service_id
            ORDER BY
                p.is_beside DESC,
                p.start_ns DESC,
                p.after / p.before DESC,
                p.other_start_ns DESC,
                p.one_id,
                p.other_id
        ) AS place
    FROM pair AS p
    WHERE p.is_later
       OR p.is_beside
)
SELECT
    p.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE
        WHEN p.memory_ratio >= :min_rise OR p.peak_ratio >= :min_rise OR p.most_ratio >= :min_rise THEN 0.8
        WHEN p.is_beside THEN 0.76
        ELSE 0.5
    END AS strength,
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
        WHEN p.most_ratio >= :min_rise
            THEN format('the process once took %.1f times the memory', p.most_ratio)
        WHEN p.is_beside THEN 'both are of one build and ran beside each other'
        ELSE 'it does not take more memory for that'
    END AS detail,
    json_object(
        'captures', json(p.ids),
        'before', p.before,
        'after', p.after,
        'memory_ratio', p.memory_ratio,
        'peak_ratio', p.peak_ratio,
        'most_ratio', p.most_ratio,
        'is_beside', p.is_beside
    ) AS evidence,
    NULL AS same_as
FROM ranked AS p
WHERE p.place = 1
ORDER BY p.service_id;
