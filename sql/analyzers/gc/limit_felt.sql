-- id:         gc.limit_felt
-- title:      The collector's goal lies at the live heap
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life_reading v_gc_interval
-- params:     max_gogc=20, bound_gogc=35, min_captures=3, min_speed=1.5, fast=0.5, min_share=0.02, max_spread=1.5, max_idle=0.005, max_wobble=0.004, min_blind=8, min_goal=8388608, full=3, min_full=6, short_full=4, min_denser=3
--
-- Why: with GOGC at its usual values the next collection comes when the heap has grown by half, or doubled.
-- Where NextGC lies hardly above what the heap profile of the same moment holds, something else has set it:
-- a memory limit that has no room left. It needs no reading of GOMEMLIMIT, for a limit in force leaves one of
-- two marks. Either NextGC and what the process has beside its objects (stacks, tables, holes between
-- objects) add up to the same sum in each capture, because the runtime makes NextGC the rest of the limit. Or
-- the limit is passed already, and then the process has no idle memory, since each free page goes back at
-- once; and where NextGC is never more than a thirtieth above HeapAlloc in six captures and more, it is so
-- whatever else: no GOGC that anybody sets leaves so little. Called when the last third of the captures is so; strongly when collections came half as fast again
-- as before, every other second, or take a fiftieth of the processor.
-- Of four captures that is enough where three times as many collections came for each byte as before: at GOGC=100 a
-- heap is so near its goal one time in seventeen, and a program that allocates faster than the collector marks is beyond
-- it all the time, but was so before, too.
-- Without heap profiles MemStats say it by themselves: at GOGC=100 the heap is caught anywhere between half of
-- NextGC and the whole of it. Where it never is below three quarters in eight captures and more, each of which
-- would be by chance one time in two, there is no room between what is alive and the goal; called only where
-- that costs something, too.
--
-- Blind spot: a program that sets GOGC to 20 or less on purpose and hardly has free pages, if no reading
-- tells so; with free pages gc.low_gogc says it. Where a reading of the limit is there, gc.limit_spiral says
-- more.
--
-- Source: formats.md 5.1 (a memory limit binds: NextGC below the formula); leaks.md 2.2 (golang #58106).
WITH point AS (
    SELECT
        ml.service_id,
        ml.lifetime_id,
        ml.t_ns,
        ml.capture_id,
        coalesce(ps.value, 100.0 * (ml.next_gc - ml.heap_alloc) / ml.heap_alloc) AS gogc,
        100.0 * (ml.next_gc - ml.heap_alloc) / ml.heap_alloc AS least_gogc,
        ps.value IS NULL AS is_blind,
        ml.next_gc,
        ml.idle,
        ml.next_gc + ml.footprint - ml.idle - ml.heap_alloc AS bound,
        row_number() OVER newest_first AS from_end,
        count(*) OVER (PARTITION BY ml.lifetime_id) AS points
    FROM v_memory_ledger AS ml
    LEFT JOIN v_process_series AS ps
        ON ps.lifetime_id = ml.lifetime_id
        AND ps.t_ns = ml.t_ns
        AND ps.name = 'gogc'
    WHERE (
        ps.value IS NOT NULL
        OR (
            ml.heap_alloc > 0
            AND ml.next_gc >= :min_goal
            AND ml.next_gc < 4611686018427387904
            AND ml.lifetime_id NOT IN (
                SELECT profiled.lifetime_id
                FROM v_process_series AS profiled
                WHERE profiled.name = 'gogc'
            )
        )
      )
      AND ml.lifetime_id NOT IN (
        SELECT r.lifetime_id
        FROM v_life_reading AS r
        WHERE r.use = 'gogc'
      )
    WINDOW newest_first AS (PARTITION BY ml.lifetime_id ORDER BY ml.t_ns DESC)
),
late AS (
    SELECT
        p.service_id,
        p.lifetime_id,
        CASE WHEN p.is_blind THEN max(p.gogc) ELSE median(p.gogc) END AS gogc,
        p.is_blind,
        max(p.least_gogc) <= :full AND count(*) >= CASE WHEN k.is_short THEN :short_full ELSE :min_full END AS is_full,
        max(p.next_gc) * 1.0 / min(p.next_gc) AS spread,
        median(p.idle * 1.0 / p.next_gc) AS idle,
        median(p.bound) AS bound,
        (max(p.bound) - min(p.bound)) * 1.0 / min(p.bound) AS wobble,
        count(*) AS captures,
        min(p.t_ns) AS from_ns,
        json_group_array(p.capture_id) AS ids,
        k.is_short
    FROM point AS p
    CROSS JOIN (SELECT 0 AS is_short UNION ALL SELECT 1) AS k
    WHERE p.from_end <= CASE
        WHEN k.is_short THEN :short_full
        ELSE max(CASE WHEN p.is_blind THEN :min_blind ELSE :min_captures END, p.points / 3)
    END
    GROUP BY
        p.lifetime_id,
        p.is_blind,
        k.is_short
),
speed AS (
    SELECT
        gi.lifetime_id,
        la.from_ns,
        median(CASE WHEN gi.t_ns < la.from_ns THEN gi.cycles / gi.seconds END) AS before,
        median(CASE WHEN gi.t_ns >= la.from_ns THEN gi.cycles / gi.seconds END) AS now,
        median(CASE WHEN gi.t_ns >= la.from_ns THEN gi.cpu_share END) AS share,
        sum(CASE WHEN gi.t_ns > la.from_ns THEN gi.cycles END) * 1.0
            / nullif(sum(CASE WHEN gi.t_ns > la.from_ns THEN gi.alloc_bytes END), 0) AS dense,
        sum(CASE WHEN gi.t_ns < la.from_ns THEN gi.cycles END) * 1.0
            / nullif(sum(CASE WHEN gi.t_ns < la.from_ns THEN gi.alloc_bytes END), 0) AS dense_before
    FROM v_gc_interval AS gi
    JOIN late AS la USING (lifetime_id)
    GROUP BY
        gi.lifetime_id,
        la.from_ns
),
called AS (
    SELECT
        la.service_id,
        la.lifetime_id,
        la.gogc,
        la.bound,
        la.wobble <= :max_wobble AS is_bound,
        la.ids,
        la.is_blind,
        la.is_short,
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
    JOIN speed AS sp USING (lifetime_id, from_ns)
    WHERE CASE
        WHEN la.is_short THEN sp.dense >= :min_denser * sp.dense_before
        ELSE la.captures >= CASE WHEN la.is_blind THEN :min_blind ELSE :min_captures END
      END
      AND (
        la.is_full
        OR (NOT la.is_short AND la.gogc <= :bound_gogc AND la.wobble <= :max_wobble)
        OR (NOT la.is_short AND la.gogc <= :max_gogc AND la.spread <= :max_spread AND la.idle <= :max_idle)
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
    WHERE c.is_costly
       OR NOT (c.is_blind OR c.is_short)
)
SELECT
    r.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE WHEN r.is_costly THEN 0.9 ELSE 0.76 END AS strength,
    format(
        'the collector''s goal lies %.0f %% above what is alive, and it runs %.2g times a second%s: %s leaves it '
        || 'no room',
        max(r.gogc, 0.0),
        r.now,
        CASE WHEN r.before > 0 THEN format(' (%.2g before)', r.before) ELSE '' END,
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
