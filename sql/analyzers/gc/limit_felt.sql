-- id:         gc.limit_felt
-- title:      The collector's goal lies at the live heap
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life_reading v_gc_interval
-- params:     max_gogc=20, min_captures=3, min_speed=1.5, fast=0.5, max_spread=1.5
--
-- Why: with GOGC at its usual values the next collection comes when the heap has grown by half, or doubled.
-- Where NextGC lies hardly above what the heap profile of the same moment holds, something else has set it:
-- a memory limit that has no room left. Collections become more and more frequent from there on, until
-- the collector takes half of the processor and the program crawls. It needs no reading of GOMEMLIMIT: the
-- goal itself tells, for it hardly moves any more. Called when it was so in the last quarter of the
-- captures, and collections came half as fast again as before or every other second.
--
-- Blind spot: a program that sets GOGC to 20 or less on purpose, if no reading tells so. Where a reading of
-- the limit is there, gc.limit_spiral says more.
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
        count(*) AS captures,
        min(p.t_ns) AS from_ns,
        json_group_array(p.capture_id) AS ids
    FROM point AS p
    WHERE p.from_end <= max(:min_captures, p.points / 4)
    GROUP BY p.lifetime_id
),
speed AS (
    SELECT
        gi.lifetime_id,
        median(CASE WHEN gi.t_ns < la.from_ns THEN gi.cycles / gi.seconds END) AS before,
        median(CASE WHEN gi.t_ns >= la.from_ns THEN gi.cycles / gi.seconds END) AS now
    FROM v_gc_interval AS gi
    JOIN late AS la USING (lifetime_id)
    GROUP BY gi.lifetime_id
),
ranked AS (
    SELECT
        la.service_id,
        la.gogc,
        la.ids,
        sp.before,
        sp.now,
        row_number() OVER (PARTITION BY la.service_id ORDER BY la.gogc, la.lifetime_id) AS place
    FROM late AS la
    JOIN speed AS sp USING (lifetime_id)
    WHERE la.captures >= :min_captures
      AND la.gogc <= :max_gogc
      AND la.spread <= :max_spread
      AND (
        (sp.before > 0 AND sp.now >= :min_speed * sp.before)
        OR sp.now >= :fast
      )
)
SELECT
    r.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    0.8 AS strength,
    format(
        'the collector''s goal lies %.0f %% above what is alive and it runs %.2g times a second (%.2g before): '
        || 'a memory limit leaves it no room',
        r.gogc,
        r.now,
        coalesce(r.before, r.now)
    ) AS detail,
    json_object(
        'captures', json(r.ids),
        'goal_above_live_percent', r.gogc,
        'collections_per_second', r.now,
        'before', r.before
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.service_id;
