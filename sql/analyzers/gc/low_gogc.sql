-- id:         gc.low_gogc
-- title:      GOGC is so low that the collector never rests
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_gogc_point v_life_reading v_gc_interval v_churn
-- params:     max_gogc=25, min_captures=3, min_freed=5, min_rate=0.5, min_share=0.02, min_goal=25165824, min_idle=0.005, max_wobble=0.004, full=3, min_full=6
--
-- Why: GOGC at 10 collects each time the heap has grown by a tenth: ten times as often as at 100, to save less
-- than half of the memory. Each collection marks all that is alive, so on a heap of some size that costs more
-- processor than everything else. A reading tells GOGC, or NextGC hardly above the heap profile of the same
-- moment does, or how little each collection frees beside NextGC, in MemStats or Prometheus alone. A memory limit without room looks the same but for one thing: there the process has no idle
-- memory, or NextGC makes up a sum that stays the same, or lies at the heap itself (gc.limit_felt).
--
-- Blind spot: a heap of less than 24 MiB, where it is cheap and a profile is too coarse to
-- imply GOGC; a batch job that must fit.
--
-- Source: leaks.md 1.1, A33 (GOGC for batches at 20, and what it costs); 1.6, E29.
WITH point AS (
    SELECT
        ml.service_id,
        ml.lifetime_id,
        ml.t_ns,
        ml.capture_id,
        coalesce(ps.value, gp.high) AS gogc,
        ps.value IS NULL AS is_freed,
        ml.next_gc,
        ml.idle,
        100.0 * (ml.next_gc - ml.heap_alloc) / ml.heap_alloc AS least_gogc,
        ml.next_gc + ml.footprint - ml.idle - ml.heap_alloc AS bound,
        ml.lifetime_id IN (
            SELECT r.lifetime_id
            FROM v_life_reading AS r
            WHERE r.use = 'gogc'
        ) AS is_told
    FROM v_memory_ledger AS ml
    LEFT JOIN v_process_series AS ps
        ON ps.lifetime_id = ml.lifetime_id
        AND ps.t_ns = ml.t_ns
        AND ps.name = 'gogc'
    LEFT JOIN v_gogc_point AS gp
        ON gp.lifetime_id = ml.lifetime_id
        AND gp.capture_id = ml.capture_id
        AND gp.source IN ('flow', 'floor')
    WHERE ml.is_judged = 1
      AND (ps.value IS NOT NULL OR gp.source IS NOT NULL)
),
life AS (
    SELECT
        p.service_id,
        p.lifetime_id,
        median(p.gogc) AS gogc,
        max(p.is_freed) AS is_freed,
        median(p.next_gc) AS goal,
        median(p.idle * 1.0 / p.next_gc) AS idle,
        (max(p.bound) - min(p.bound)) * 1.0 / min(p.bound) AS wobble,
        max(p.is_told) AS is_told,
        max(p.least_gogc) <= :full AND count(*) >= :min_full AS is_full,
        count(p.gogc) AS captures,
        json_group_array(p.capture_id) AS ids
    FROM point AS p
    GROUP BY p.lifetime_id
    HAVING 2 * count(p.gogc) >= count(*)
),
cost AS (
    SELECT
        gi.lifetime_id,
        median(gi.cycles / gi.seconds) AS rate,
        median(gi.cpu_share) AS share
    FROM v_gc_interval AS gi
    WHERE gi.is_judged = 1
    GROUP BY gi.lifetime_id
),
ranked AS (
    SELECT
        l.*,
        c.rate,
        c.share,
        row_number() OVER (PARTITION BY l.service_id ORDER BY l.gogc, l.lifetime_id) AS place
    FROM life AS l
    JOIN cost AS c USING (lifetime_id)
    WHERE l.captures >= CASE WHEN l.is_freed THEN :min_freed ELSE :min_captures END
      AND l.gogc <= :max_gogc
      AND l.goal >= :min_goal
      AND (l.is_told OR (l.idle > :min_idle AND l.wobble > :max_wobble AND NOT l.is_full))
      AND (c.rate >= :min_rate OR c.share >= :min_share)
)
SELECT
    r.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    'gc-pressure' AS class,
    CASE WHEN r.is_told OR r.share >= :min_share THEN 0.9 ELSE 0.76 END AS strength,
    format(
        'GOGC is about %.0f%s: the heap of %s is collected %.2g times a second%s',
        r.gogc,
        CASE
            WHEN r.is_told THEN ''
            WHEN r.is_freed THEN ' at most, as NextGC and what each collection frees imply'
            ELSE ', as NextGC and heap profiles imply'
        END,
        bytes_text(CAST(r.goal AS INTEGER)),
        r.rate,
        CASE
            WHEN r.share >= :min_share THEN format(', for %.0f %% of the processor', 100.0 * r.share)
            ELSE ''
        END
    ) AS detail,
    json_object(
        'captures', json(r.ids),
        'gogc', r.gogc,
        'is_told', r.is_told,
        'collections_per_second', r.rate,
        'cpu_share', r.share
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
LEFT JOIN v_churn AS top ON top.service_id = r.service_id AND top.is_main = 1
WHERE r.place = 1
ORDER BY r.service_id;
