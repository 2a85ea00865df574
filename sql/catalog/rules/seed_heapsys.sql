-- id:         seed_heapsys
-- title:      HeapSys is 15 % above that of the build before, at the same age
-- unit:       share of the build before
-- state:      on
-- asks:       memstats builds
-- params:     max_share=0.15
--
-- Why: a new build that takes more memory than the old one did at its age took it for something.
--
-- Blind spot: it needs the same load; HeapSys is the highest mark of a process and never comes down, so one burst
-- decides.
--
-- Source: the nightly load test of the source documents: HeapSys 15 % above the baseline blocks. Compared at equal age,
-- which is cut into quarters of a doubling.
WITH aged AS (
    SELECT
        m.*,
        CAST(4 * log2(m.age_ns / 60e9 + 1) AS INTEGER) AS age_step
    FROM v_moment AS m
    WHERE m.heap_sys IS NOT NULL
      AND m.build <> ''
),
build AS (
    SELECT
        a.build,
        lag(a.build) OVER (ORDER BY min(a.t_ns), a.build) AS build_before
    FROM aged AS a
    GROUP BY a.build
),
usual AS (
    SELECT
        a.build,
        a.age_step,
        median(a.heap_sys) AS middle
    FROM aged AS a
    GROUP BY
        a.build,
        a.age_step
)
SELECT
    a.service_id,
    a.instance_id,
    a.t_ns,
    a.heap_sys / u.middle - 1 > :max_share AS fired,
    a.heap_sys / u.middle AS value,
    1 + :max_share AS threshold,
    format(
        'HeapSys %s, %s with the build before at that age',
        bytes_text(a.heap_sys), bytes_text(u.middle)
    ) AS detail,
    json_array(a.capture_id) AS captures
FROM aged AS a
JOIN build AS b ON b.build = a.build
JOIN usual AS u ON u.build = b.build_before AND u.age_step = a.age_step
WHERE u.middle > 0
ORDER BY
    a.instance_id,
    a.t_ns;
