-- id:         memory.holes
-- title:      Few objects keep many pages
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_memory_ledger v_process_growth
-- params:     min_ratio=1.4, min_bytes=16777216, min_captures=6, min_part=0.8
-- only-with:  memstats
--
-- Why: Go's collector moves nothing. A page with one object that stays is in use, and its holes serve only objects of
-- the same size. What is alive and what is garbage is never more than the goal of the collector, but by
-- chance and little; so where the pages in use (HeapInuse) are half as much again as NextGC in four fifths of the
-- last third of the captures, the difference is holes: memory that no heap profile shows. If the
-- pages in use rise all the time it is a warning: something keeps few objects of each batch, and with them
-- its pages. If not, it is what a peak left behind, and a remark.
--
-- Blind spot: holes of less than four tenths of the goal; which objects keep the pages. A memory limit that lowers
-- NextGC after the heap was larger leaves holes, too.
--
-- Source: formats.md 5.1 (HeapInuse: spans with an object or more; fragmentation = HeapInuse - HeapAlloc).
WITH point AS (
    SELECT
        ml.service_id,
        ml.capture_id,
        ml.t_ns,
        ml.heap_alloc + ml.fragmentation AS pages,
        max(ml.next_gc, ml.heap_alloc) AS goal,
        ml.heap_alloc,
        row_number() OVER (PARTITION BY ml.service_id ORDER BY ml.t_ns DESC, ml.capture_id) AS from_end,
        count(*) OVER (PARTITION BY ml.service_id) AS captures
    FROM v_memory_ledger AS ml
    WHERE ml.is_judged = 1
      AND ml.next_gc < 4611686018427387904
      AND ml.fragmentation IS NOT NULL
),
late AS (
    SELECT
        p.service_id,
        median(p.pages) AS pages,
        median(p.goal) AS goal,
        median(p.heap_alloc) AS heap_alloc,
        avg(p.pages >= :min_ratio * p.goal) AS part,
        json_group_array(p.capture_id) AS ids
    FROM point AS p
    WHERE p.captures >= :min_captures
      AND p.from_end <= max(3, p.captures / 3)
    GROUP BY p.service_id
)
SELECT
    la.service_id,
    'service:heap_inuse' AS subject,
    'object' AS class,
    CASE WHEN pg.is_rising = 1 AND pg.growth >= :min_bytes THEN 0.8 ELSE 0.5 END AS strength,
    format(
        'pages of %s are in use for %s of objects, more than the %s at which the collector runs: the rest are '
        || 'holes beside objects that stay%s',
        bytes_text(CAST(la.pages AS INTEGER)),
        bytes_text(CAST(la.heap_alloc AS INTEGER)),
        bytes_text(CAST(la.goal AS INTEGER)),
        CASE
            WHEN pg.is_rising = 1 AND pg.growth >= :min_bytes
                THEN format('; they became more all the time, from %s', bytes_text(CAST(pg.first_value AS INTEGER)))
            ELSE ''
        END
    ) AS detail,
    json_object(
        'captures', json(la.ids),
        'pages', la.pages,
        'objects', la.heap_alloc,
        'goal', la.goal,
        'part', la.part
    ) AS evidence,
    NULL AS same_as
FROM late AS la
LEFT JOIN v_process_growth AS pg
    ON pg.service_id = la.service_id
    AND pg.name = 'heap_inuse'
WHERE la.part >= :min_part
  AND la.pages - la.goal >= :min_bytes
ORDER BY la.service_id;
