-- id:         gc.no_room
-- title:      The limit leaves no room for the collector
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_memory_limit v_process_growth v_process_series v_life_reading
-- params:     near=0.9, top=0.95, over=1.0, still=0.15, min_matter=0.02, min_goals=3, max_wobble=0.004, killed=0.8
--
-- Why: the collector lets the heap grow to live x (1 + GOGC / 100) before it collects. If that, with
-- stacks, the runtime's tables and what lies outside Go, is more than the limit at which the kernel kills,
-- then a healthy program dies of its own garbage, with nothing leaking. Where the live heap grew by more than a
-- seventh while it was watched, or may have, that is another story and this is silent; but growth of less than
-- a fiftieth of the limit is no story. The same is near when the process stays above nine tenths of its limit:
-- also where its heap is at the floor of 4 MiB and something else is large, and where only the resident size
-- is known and no MemStats; and when its high-water mark, which remembers what no capture saw, came within a
-- twentieth of the limit. A GOMEMLIMIT below the limit keeps a process there on purpose, and this is silent:
-- it is told, or NextGC and what is beside the heap add up to the same sum in each capture (gc.limit_felt). Of a
-- process that was killed for want of memory four fifths are enough: what made it more was no leak.
-- Where that sum shows a GOMEMLIMIT above the limit, the goal does not follow what is alive: with GOGC off the
-- heap then always grows until the kernel ends it, so growth is no other story there.
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
        coalesce(ml.rss, ml.footprint) AS level,
        ml.rss_peak AS top,
        ml.next_gc,
        ml.next_gc + ml.footprint - ml.idle - ml.heap_alloc AS bound
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
    UNION ALL
    SELECT
        ps.service_id,
        ps.capture_id,
        ps.t_ns,
        NULL AS live,
        NULL AS peak,
        ps.value AS level,
        (
            SELECT max(r.value)
            FROM v_life_reading AS r
            WHERE r.lifetime_id = ps.lifetime_id
              AND r.t_ns BETWEEN ps.t_ns - 60000000000 AND ps.t_ns + 60000000000
              AND r.use = 'peak'
        ) AS top,
        NULL AS next_gc,
        NULL AS bound
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
        median(p.next_gc) AS next_gc,
        median(p.level) AS level,
        median(p.top) AS top,
        CASE
            WHEN count(DISTINCT p.next_gc) >= :min_goals
                AND (max(p.bound) - min(p.bound)) * 1.0 / min(p.bound) <= :max_wobble
                THEN median(p.bound) / 0.97
        END AS implied,
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
killed AS (
    SELECT li.service_id
    FROM v_memory_limit AS li
    WHERE li.source = 'kill'
    UNION
    SELECT c.service_id
    FROM kill AS k
    JOIN capture AS c USING (capture_id)
    UNION
    SELECT r.service_id
    FROM v_life_reading AS r
    WHERE r.use = 'kills'
      AND r.value > 0
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
    CASE WHEN n.peak > b.hard THEN 1.0 WHEN k.service_id IS NOT NULL THEN 0.9 ELSE 0.75 END AS strength,
    CASE
        WHEN n.peak > b.hard AND n.implied > b.hard AND b.soft IS NULL
            THEN format(
                'the collector waits until the heap has %s, whatever is alive, as a GOMEMLIMIT of about %s makes '
                || 'it: over the limit of %s',
                bytes_text(CAST(n.next_gc AS INTEGER)),
                bytes_text(CAST(n.implied AS INTEGER)),
                bytes_text(b.hard)
            )
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
        WHEN n.peak >= :killed * b.hard AND k.service_id IS NOT NULL
            THEN format(
                '%s are alive and do not grow, but the collector lets the process grow to %s, %.0f %% of the '
                || 'limit of %s',
                bytes_text(CAST(n.live AS INTEGER)),
                bytes_text(CAST(n.peak AS INTEGER)),
                100.0 * n.peak / b.hard,
                bytes_text(b.hard)
            )
        WHEN n.level < :near * b.hard AND n.top IS NOT NULL
            THEN format(
                'the process was at %s once, %.0f %% of its limit of %s, and stays at %s without growing',
                bytes_text(CAST(n.top AS INTEGER)),
                100.0 * n.top / b.hard,
                bytes_text(b.hard),
                bytes_text(CAST(n.level AS INTEGER))
            )
        ELSE format(
            'the process stays at %s, %.0f %% of its limit of %s, without growing',
            bytes_text(CAST(n.level AS INTEGER)),
            100.0 * n.level / b.hard,
            bytes_text(b.hard)
        )
    END || CASE WHEN k.service_id IS NULL THEN '' ELSE '; the kernel has ended it for want of memory' END AS detail,
    json_object(
        'captures', json(n.ids),
        'limit', b.hard,
        'peak', n.peak,
        'level', n.level,
        'highest', n.top,
        'is_killed', k.service_id IS NOT NULL,
        'live_heap', n.live
    ) AS evidence,
    NULL AS same_as
FROM now AS n
JOIN bound AS b USING (service_id)
LEFT JOIN course AS c ON c.service_id = n.service_id
LEFT JOIN killed AS k ON k.service_id = n.service_id
WHERE n.captures >= 2
  AND (
    coalesce(c.growth, 0) <= :min_matter * b.hard
    OR (
        coalesce(c.is_rising, 0) = 0
        -- What may well be growing, without being sure, is not said to stand still.
        AND coalesce(c.growth, 0) <= :still * coalesce(n.live, n.level)
    )
    OR (
        b.soft IS NULL
        AND n.implied > b.hard
        AND n.peak > b.hard
    )
  )
  AND coalesce(b.soft, n.implied, b.hard) >= b.hard
  AND (
    n.peak > :over * b.hard
    OR n.level >= :near * b.hard
    OR n.top >= :top * b.hard
    OR (k.service_id IS NOT NULL AND max(coalesce(n.peak, 0), coalesce(n.top, 0), n.level) >= :killed * b.hard)
  )
ORDER BY n.service_id;
