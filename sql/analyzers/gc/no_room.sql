-- id:         gc.no_room
-- title:      The limit leaves no room for the collector
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_memory_limit v_process_growth v_process_series
-- params:     near=0.9, over=1.0, still=0.15, min_matter=0.02
--
-- Why: the collector lets the heap grow to live x (1 + GOGC / 100) before it collects. If that, with
-- stacks, the runtime's tables and what lies outside Go, is more than the limit at which the kernel kills,
-- then a healthy program dies of its own garbage, with nothing leaking. Where the live heap grew by more than a
-- seventh while it was watched, or may have, that is another story and this is silent; but growth of less than
-- a fiftieth of the limit is no story. The same is near when the process stays above nine tenths of its limit:
-- also where its heap is at the floor of 4 MiB and something else is large, and where only the resident size
-- is known and no MemStats.
--
-- Blind spot: a limit that captures, declarations and the configuration do not tell. The peak is what the
-- collector allows; a program that allocates slowly may be collected before it gets there (every two
-- minutes at the latest).
--
-- Source: leaks.md 1.6, E29 (GOGC 100 means twice what is alive); 4.3, question 3 (limit too low).
WITH point AS (
    SELECT
        ml.service_id,
        ml.capture_id,
        ml.t_ns,
        ml.live,
        CASE
            WHEN ml.next_gc < 4611686018427387904 AND ml.next_gc > 4194304
                THEN ml.next_gc + coalesce(ml.stacks, 0) + coalesce(ml.runtime, 0) + coalesce(ml.outside, 0)
        END AS peak,
        coalesce(ml.rss, ml.footprint) AS level
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    UNION ALL
    SELECT
        ps.service_id,
        ps.capture_id,
        ps.t_ns,
        NULL AS live,
        NULL AS peak,
        ps.value AS level
    FROM v_process_series AS ps
    WHERE ps.name = 'rss'
      AND ps.is_judged = 1
      AND NOT EXISTS (
        SELECT 1
        FROM v_memory_ledger AS ml
        WHERE ml.service_id = ps.service_id
      )
),
span AS (
    SELECT
        p.service_id,
        max(p.t_ns) - (max(p.t_ns) - min(p.t_ns)) / 4 AS from_ns
    FROM point AS p
    GROUP BY p.service_id
),
now AS (
    SELECT
        p.service_id,
        median(p.live) AS live,
        median(p.peak) AS peak,
        median(p.level) AS level,
        count(*) AS captures,
        json_group_array(p.capture_id) AS ids
    FROM point AS p
    JOIN span AS s USING (service_id)
    WHERE p.t_ns >= s.from_ns
    GROUP BY p.service_id
),
bound AS (
    SELECT
        li.service_id,
        min(CASE WHEN li.source <> 'Go' THEN li.limit_bytes END) AS hard,
        min(CASE WHEN li.source = 'Go' THEN li.limit_bytes END) AS soft
    FROM v_memory_limit AS li
    GROUP BY li.service_id
),
course AS (
    SELECT
        pg.service_id,
        max(pg.is_rising) AS is_rising,
        max(max(pg.slope, pg.slope_high / 2) * pg.span_ns) AS growth
    FROM v_process_growth AS pg
    WHERE pg.name = 'live_heap'
       OR (
        pg.name = 'rss'
        AND NOT EXISTS (
            SELECT 1
            FROM v_process_growth AS live
            WHERE live.service_id = pg.service_id
              AND live.name = 'live_heap'
        )
       )
    GROUP BY pg.service_id
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
LEFT JOIN course AS c ON c.service_id = n.service_id
WHERE n.captures >= 2
  AND (
    coalesce(c.growth, 0) <= :min_matter * b.hard
    OR (
        coalesce(c.is_rising, 0) = 0
        -- What may well be growing, without being sure, is not said to stand still.
        AND coalesce(c.growth, 0) <= :still * coalesce(n.live, n.level)
    )
  )
  AND (b.soft IS NULL OR b.soft >= b.hard)
  AND (
    n.peak > :over * b.hard
    OR n.level >= :near * b.hard
  )
ORDER BY n.service_id;
