-- id:         gc.cpu_profile
-- title:      CPU profiles show the collector at work
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life v_cohort v_churn
-- params:     low=0.2, high=0.5, min_captures=3, min_ns=100000000
--
-- Why: a CPU profile names the collector's own functions: its workers, the help that it makes goroutines
-- give, its sweeper. Where they take a fifth and more of all processor time that the program used, in at
-- least half of the profiles, garbage is what the program mostly pays for. It needs no MemStats, and sees
-- the price also where a machine has many idle processors, of which GCCPUFraction takes its share.
-- A quarter of the processors is what the collector takes by plan while it runs; so above a quarter of the
-- profile it hardly ever rests. The newest build counts by itself as soon as it has enough profiles.
--
-- Blind spot: a profile that was taken while the program did nothing else, at its start say; those in which
-- less than a tenth of a second was used are passed over. In a service that is idle, a collection that
-- Go forces every two minutes is a large part of very little.
--
-- Source: leaks.md 1.4 (D1: the rate of allocation is the first cause); Go's pacer aims at 25 %.
WITH work AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        c.capture_id,
        sum(s.v1) AS all_ns,
        sum(CASE WHEN EXISTS (
            SELECT 1
            FROM stack_frame AS sf
            WHERE sf.service_id = s.service_id
              AND sf.stack_id = s.stack_id
              AND (
                sf.function IN ('runtime.gcBgMarkWorker', 'runtime.bgsweep', 'runtime.gcStart')
                OR sf.function GLOB 'runtime.gcAssistAlloc*'
                OR sf.function GLOB 'runtime.deductAssistCredit*'
                OR sf.function GLOB 'runtime.gcMark*'
              )
        ) THEN s.v1 ELSE 0 END) AS gc_ns
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN sample AS s USING (capture_id)
    WHERE c.kind = 'cpu'
      AND c.time_ns >= l.judged_from_ns
    GROUP BY c.capture_id
),
called AS (
    SELECT
        w.service_id,
        row_number() OVER (PARTITION BY w.service_id ORDER BY co.cohort = 'build' DESC) AS place,
        median(w.gc_ns * 1.0 / w.all_ns) AS share,
        count(*) AS captures,
        json_group_array(w.capture_id) AS ids
    FROM work AS w
    JOIN v_cohort AS co USING (lifetime_id)
    WHERE w.all_ns >= :min_ns
    GROUP BY
        w.service_id,
        co.cohort
    HAVING count(*) >= :min_captures
)
SELECT
    c.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    'gc-pressure' AS class,
    0.5 + 0.5 * logistic_ramp(c.share, :low, :high) AS strength,
    format(
        'in half of %d CPU profiles the collector takes %.0f %% or more of the processor time that was used',
        c.captures,
        100.0 * c.share
    ) AS detail,
    json_object('captures', json(c.ids), 'share_of_used', c.share) AS evidence,
    NULL AS same_as
FROM called AS c
LEFT JOIN v_churn AS top ON top.service_id = c.service_id AND top.is_main = 1
WHERE c.place = 1
  AND c.share >= :low
ORDER BY c.service_id;
