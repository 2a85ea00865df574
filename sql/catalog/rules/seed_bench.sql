-- id:         seed_bench
-- title:      A benchmark allocates more than before
-- unit:       share gained over the median before
-- state:      on
-- asks:       benchmark
-- params:     allocs=0.08, bytes=0.12, time=0.05
--
-- Why: more allocations in each operation are more garbage in each second.
--
-- Blind spot: fixed percentages ignore how much a benchmark wobbles; the time of one run on a shared machine says
-- little, and it knows nothing of what is kept.
--
-- Source: the source documents: allocs/op 8 % above the median of the history block, B/op 12 %, and the median of the
-- time may move by 5 %.
WITH moved AS (
    SELECT
        b.*,
        b.value / b.before - 1 AS gained,
        b.before * (1 + CASE b.unit WHEN 'allocs/op' THEN :allocs WHEN 'B/op' THEN :bytes ELSE :time END) AS most,
        CASE b.unit WHEN 'allocs/op' THEN :allocs WHEN 'B/op' THEN :bytes ELSE :time END AS allowed
    FROM v_bench AS b
    WHERE b.unit IN ('allocs/op', 'B/op', 'ns/op')
      AND b.before > 0
),
ranked AS (
    SELECT
        m.*,
        row_number() OVER (
            PARTITION BY m.capture_id
            ORDER BY m.value / m.most DESC, m.package, m.name, m.unit
        ) AS place
    FROM moved AS m
)
SELECT
    r.service_id,
    NULL AS instance_id,
    r.t_ns,
    r.value > r.most AS fired,
    r.gained AS value,
    r.allowed AS threshold,
    format('%s: %g %s, before %g', r.name, r.value, r.unit, r.before) AS detail,
    json_array(r.capture_id) AS captures
FROM ranked AS r
WHERE r.place = 1
ORDER BY r.t_ns;
