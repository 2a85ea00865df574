-- id:         gc.no_room
-- title:      The limit leaves no room for the collector
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_memory_limit v_process_growth
-- params:     near=0.9, over=1.0, still=0.15
--
-- Why: the collector lets the heap grow to live x (1 + GOGC / 100) before it collects. If that, with
-- stacks, the runtime's tables and what lies outside Go, is more than the limit at which the kernel kills,
-- then a healthy program dies of its own garbage, with nothing leaking. Where the live heap grew by more than a
-- seventh while it was watched, or may have, that is another story and this is silent. The same is near when the process
-- stays above nine tenths of its limit.
--
-- Blind spot: a limit that captures, declarations and the configuration do not tell. The peak is what the
-- collector allows; a program that allocates slowly may be collected before it gets there (every two
-- minutes at the latest).
--
-- Source: leaks.md 1.6, E29 (GOGC 100 means twice what is alive); 4.3, question 3 (limit too low).
WITH span AS (
    SELECT
        ml.service_id,
        max(ml.t_ns) - (max(ml.t_ns) - min(ml.t_ns)) / 4 AS from_ns
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    GROUP BY ml.service_id
),
now AS (
    SELECT
        ml.service_id,
        median(ml.live) AS live,
        median(ml.next_gc + coalesce(ml.stacks, 0) + coalesce(ml.runtime, 0) + coalesce(ml.outside, 0)) AS peak,
        median(coalesce(ml.rss, ml.footprint)) AS level,
        count(*) AS captures,
        json_group_array(ml.capture_id) AS ids
    FROM v_memory_ledger AS ml
    JOIN span AS s USING (service_id)
    WHERE ml.is_judged = 1
      AND ml.t_ns >= s.from_ns
      AND ml.next_gc < 4611686018427387904
      AND ml.next_gc > 4194304
    GROUP BY ml.service_id
),
bound AS (
    SELECT
        li.service_id,
        min(CASE WHEN li.source <> 'Go' THEN li.limit_bytes END) AS hard,
        min(CASE WHEN li.source = 'Go' THEN li.limit_bytes END) AS soft
    FROM v_memory_limit AS li
    GROUP BY li.service_id
)
SELECT
    n.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE WHEN n.peak > b.hard THEN 1.0 ELSE 0.75 END AS strength,
    CASE
        WHEN n.peak > b.hard
            THEN format(
                '%s are alive and do not grow, but the collector lets the process grow to %s, over the limit '
                || 'of %s%s',
                bytes_text(CAST(n.live AS INTEGER)),
                bytes_text(CAST(n.peak AS INTEGER)),
                bytes_text(b.hard),
                CASE
                    WHEN b.soft IS NULL THEN ''
                    ELSE format('; GOMEMLIMIT, at %s, is above it', bytes_text(b.soft))
                END
            )
        ELSE format(
            'the process stays at %s, %.0f %% of its limit of %s, without growing',
            bytes_text(CAST(n.level AS INTEGER)),
            100.0 * n.level / b.hard,
            bytes_text(b.hard)
        )
    END AS detail,
    json_object(
        'captures', json(n.ids),
        'limit', b.hard,
        'peak', n.peak,
        'level', n.level,
        'live_heap', n.live
    ) AS evidence,
    NULL AS same_as
FROM now AS n
JOIN bound AS b USING (service_id)
LEFT JOIN v_process_growth AS lg ON lg.service_id = n.service_id AND lg.name = 'live_heap'
WHERE n.captures >= 2
  AND coalesce(lg.is_rising, 0) = 0
  -- What may well be growing, without being sure, is not said to stand still.
  AND coalesce(max(lg.slope, lg.slope_high / 2) * lg.span_ns, 0) <= :still * n.live
  AND (b.soft IS NULL OR b.soft >= b.hard)
  AND (
    n.peak > :over * b.hard
    OR n.level >= :near * b.hard
  )
ORDER BY n.service_id;
