-- id:         gc.limit_felt
-- title:      The collector's goal lies at the live heap
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life_reading v_gc_interval
-- params:     max_gogc=20, bound_gogc=35, min_captures=3, min_speed=1.5, fast=0.5, min_share=0.02, max_spread=1.5, max_idle=0.005, max_wobble=0.004
--
-- Why: with GOGC at its usual values the next collection comes when the heap has grown by half, or doubled.
-- Where NextGC lies hardly above what the heap profile of the same moment holds, something else has set it:
-- a memory limit that has no room left. It needs no reading of GOMEMLIMIT, for a limit in force leaves one of
-- two marks. Either NextGC and what the process has beside its objects (stacks, tables, holes between
-- objects) add up to the same sum in each capture, because the runtime makes NextGC the rest of the limit. Or
-- the limit is passed already, and then the process has no idle memory, since each free page goes back at
-- once. Called when the last third of the captures is so; strongly when collections came half as fast again
-- as before, every other second, or take a fiftieth of the processor.
--
-- Blind spot: a program that sets GOGC to 20 or less on purpose and hardly has free pages, if no reading
-- tells so; with free pages gc.low_gogc says it. Where a reading of the limit is there, gc.limit_spiral says
-- more.
--
-- Source: formats.md 5.1 (a memory limit binds: NextGC below the formula); leaks.md 2.2 (golang #58106).
WITH point AS (
    SELECT
        ps.service_id,
        ps.lifetime_id,
        ps.t_ns,
        ps.capture_id,
        ps.value AS gogc,
        ml.next_gc,
        ml.idle,
        ml.next_gc + ml.footprint - ml.idle - ml.heap_alloc AS bound,
        row_number() OVER newest_first AS from_end,
        count(*) OVER (PARTITION BY ps.lifetime_id) AS points
    FROM v_process_series AS ps
    JOIN v_memory_ledger AS ml ON ml.lifetime_id = ps.lifetime_id AND ml.t_ns = ps.t_ns
    WHERE ps.name = 'gogc'
      AND NOT EXISTS (
        SELECT 1
        FROM v_life_reading AS r
        WHERE r.lifetime_id = ps.lifetime_id
          AND r.use = 'gogc'
      )
    WINDOW newest_first AS (PARTITION BY ps.lifetime_id ORDER BY ps.t_ns DESC)
),
late AS (
    SELECT
        p.service_id,
        p.lifetime_id,
        median(p.gogc) AS gogc,
        max(p.next_gc) * 1.0 / min(p.next_gc) AS spread,
        median(p.idle * 1.0 / p.next_gc) AS idle,
        median(p.bound) AS bound,
        (max(p.bound) - min(p.bound)) * 1.0 / min(p.bound) AS wobble,
        count(*) AS captures,
        min(p.t_ns) AS from_ns,
        json_group_array(p.capture_id) AS ids
    FROM point AS p
    WHERE p.from_end <= max(:min_captures, p.points / 3)
    GROUP BY p.lifetime_id
),
speed AS (
    SELECT
        gi.lifetime_id,
        median(CASE WHEN gi.t_ns < la.from_ns THEN gi.cycles / gi.seconds END) AS before,
        median(CASE WHEN gi.t_ns >= la.from_ns THEN gi.cycles / gi.seconds END) AS now,
        median(CASE WHEN gi.t_ns >= la.from_ns THEN gi.cpu_share END) AS share
    FROM v_gc_interval AS gi
    JOIN late AS la USING (lifetime_id)
    GROUP BY gi.lifetime_id
),
called AS (
    SELECT
        la.service_id,
        la.lifetime_id,
        la.gogc,
        la.bound,
        la.wobble <= :max_wobble AS is_bound,
        la.ids,
        sp.before,
        sp.now,
        sp.share,
        coalesce(
            sp.now >= :fast
            OR sp.share >= :min_share
            OR (sp.before > 0 AND sp.now >= :min_speed * sp.before),
            0
        ) AS is_costly
    FROM late AS la
    JOIN speed AS sp USING (lifetime_id)
    WHERE la.captures >= :min_captures
      AND (
        (la.gogc <= :bound_gogc AND la.wobble <= :max_wobble)
        OR (la.gogc <= :max_gogc AND la.spread <= :max_spread AND la.idle <= :max_idle)
      )
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.service_id
            ORDER BY c.is_costly DESC, c.gogc, c.lifetime_id
        ) AS place
    FROM called AS c
)
SELECT
    r.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE WHEN r.is_costly THEN 0.9 ELSE 0.76 END AS strength,
    format(
        'the collector''s goal lies %.0f %% above what is alive, and it runs %.2g times a second%s: %s leaves it '
        || 'no room',
        r.gogc,
        r.now,
        coalesce(format(' (%.2g before)', r.before), ''),
        CASE
            WHEN r.is_bound THEN format('a memory limit of about %s', bytes_text(CAST(r.bound / 0.97 AS INTEGER)))
            ELSE 'a memory limit'
        END
    ) AS detail,
    json_object(
        'captures', json(r.ids),
        'goal_above_live_percent', r.gogc,
        'collections_per_second', r.now,
        'before', r.before,
        'cpu_share', r.share,
        'implied_limit', CASE WHEN r.is_bound THEN r.bound / 0.97 END
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
