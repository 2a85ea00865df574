-- id:         gc.limit_spiral
-- title:      The collector fights the memory limit
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_memory_limit v_gc_interval
-- params:     min_part=0.6, min_cpu=0.2, high_cpu=0.5, min_rate=2, full=0.9, min_captures=5, min_share=0.02
--
-- Why: as the live heap comes near GOMEMLIMIT, the collector runs more and more often and frees less and
-- less, until it takes half of the processor (at most: the runtime stops there) and the program crawls. It
-- is not killed; it gets slower for hours. Three things must come together in the last quarter of the
-- captures: the heap at its lowest takes most of the limit, the collector takes a fifth of the processor
-- or collects twice a second, and there is a limit. A large heap is never collected twice a second, and
-- counters of the processor are often missing: so it is also enough that in five captures and more, with a
-- collection between each two, the heap never was so low that a tenth of the limit was free. At a random
-- moment of its cycle a heap with room for as much again is so high one time in five.
--
-- Blind spot: without readings of runtime/metrics neither GOMEMLIMIT nor, in most forms, the collector's
-- share of the processor is known.
--
-- Source: leaks.md 2.2 (golang #58106 and #48409: hours of degradation before the end); 3.1, feature 5.
WITH span AS (
    SELECT
        ml.service_id,
        max(ml.t_ns) - (max(ml.t_ns) - min(ml.t_ns)) / 4 AS from_ns
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    GROUP BY ml.service_id
),
heap AS (
    SELECT
        ml.service_id,
        percentile(ml.live, 10) AS live,
        min(coalesce(ml.live, ml.heap_alloc) + coalesce(ml.stacks, 0) + coalesce(ml.runtime, 0)) AS least,
        count(*) AS captures,
        json_group_array(ml.capture_id) AS ids
    FROM v_memory_ledger AS ml
    JOIN span AS s USING (service_id)
    WHERE ml.is_judged = 1
      AND ml.t_ns >= s.from_ns
    GROUP BY ml.service_id
),
collector AS (
    SELECT
        gi.service_id,
        median(gi.cpu_share) AS share,
        percentile(gi.cycles, 10) AS cycles,
        median(coalesce(gi.ring_rate, gi.cycles / gi.seconds)) AS rate
    FROM v_gc_interval AS gi
    JOIN span AS s USING (service_id)
    WHERE gi.is_judged = 1
      AND gi.t_ns >= s.from_ns
    GROUP BY gi.service_id
)
SELECT
    h.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE
        WHEN coalesce(c.share, 0) < :min_cpu THEN 0.76
        ELSE 0.75 + 0.25 * logistic_ramp(c.share, :min_cpu, :high_cpu)
    END AS strength,
    format(
        'GOMEMLIMIT of %s leaves the collector no room: %s are alive, it collects %.2g times a second%s',
        bytes_text(li.limit_bytes),
        bytes_text(CAST(h.live AS INTEGER)),
        c.rate,
        CASE WHEN c.share > 0 THEN format(' and takes %.0f %% of the processor', 100.0 * c.share) ELSE '' END
    ) AS detail,
    json_object(
        'captures', json(h.ids),
        'limit', li.limit_bytes,
        'live_heap', h.live,
        'cpu_share', c.share,
        'collections_per_second', c.rate
    ) AS evidence,
    NULL AS same_as
FROM heap AS h
JOIN collector AS c USING (service_id)
JOIN v_memory_limit AS li ON li.service_id = h.service_id AND li.source = 'Go'
WHERE (
    h.captures >= 2
    AND h.live >= :min_part * li.limit_bytes
    AND (
        c.share >= :min_cpu
        OR (c.share IS NULL AND c.rate >= :min_rate)
    )
  )
   OR (
    h.captures >= :min_captures
    AND h.least >= :full * li.limit_bytes
    AND c.cycles >= 1
    AND coalesce(c.share, 1.0) >= :min_share
  )
ORDER BY h.service_id;
