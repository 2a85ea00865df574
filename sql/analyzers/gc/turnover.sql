-- id:         gc.turnover
-- title:      What is alive is allocated anew again and again
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life v_cohort v_churn
-- params:     low=5, high=30, min_live=4613734, min_captures=3
--
-- Why: a heap profile counts not only what is in use but all that was ever allocated. What came between two
-- of them, against what is alive, tells how often the collector had to run where no MemStats do: at
-- GOGC=100 once for each time that the live heap is allocated anew. More than five times a second is what
-- gc.rate calls, too. Of two profiles of one process the difference is a sum over all places, so the error of
-- sampling hardly counts. The newest build counts by itself as soon as it was watched long enough.
--
-- Blind spot: with GOGC at 400 it is collected four times less often, and no heap profile tells GOGC. A heap
-- of less than 4 MiB stands at the collector's floor, and is left alone.
--
-- Source: leaks.md 1.7, seed_gcrate; formats.md 5.1 (the goal is live x (1 + GOGC / 100) and the roots).
WITH step AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        c.capture_id,
        (c.time_ns - lag(c.time_ns) OVER life_by_time) / 1e9 AS seconds,
        a.value - lag(a.value) OVER life_by_time AS alloc_bytes,
        i.value AS live,
        lag(c.time_ns) OVER life_by_time >= l.judged_from_ns AS is_judged
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    JOIN total AS a ON a.capture_id = c.capture_id AND a.type = 'alloc_space'
    JOIN total AS i ON i.capture_id = c.capture_id AND i.type = 'inuse_space'
    WHERE c.kind = 'heap'
      AND c.is_delta = 0
      AND c.time_ns IS NOT NULL
      AND NOT EXISTS (
        SELECT 1
        FROM lifetime_capture AS other
        JOIN memstats AS m ON m.capture_id = other.capture_id AND m.num_gc IS NOT NULL
        WHERE other.lifetime_id = l.lifetime_id
      )
      AND NOT EXISTS (
        SELECT 1
        FROM audit AS au
        WHERE au.capture_id = c.capture_id
          AND au.is_left_out = 1
      )
    WINDOW life_by_time AS (PARTITION BY l.lifetime_id ORDER BY c.time_ns, c.capture_id)
),
called AS (
    SELECT
        st.service_id,
        row_number() OVER (PARTITION BY st.service_id ORDER BY co.cohort = 'build' DESC) AS place,
        median(st.alloc_bytes / st.seconds) AS alloc,
        median(st.live) AS live,
        median(st.alloc_bytes / st.seconds / st.live) AS rate,
        json_group_array(st.capture_id) AS ids
    FROM step AS st
    JOIN v_cohort AS co USING (lifetime_id)
    WHERE st.is_judged = 1
      AND st.seconds > 0
      AND st.alloc_bytes >= 0
      AND st.live > 0
    GROUP BY
        st.service_id,
        co.cohort
    HAVING count(*) >= :min_captures
)
SELECT
    c.service_id,
    'service:gc-pressure' || coalesce('@' || top.site_id, '') AS subject,
    'gc-pressure' AS class,
    0.5 + 0.5 * logistic_ramp(c.rate, :low, :high) AS strength,
    format(
        'heap profiles show %s allocated a second and %s alive: all of it is allocated anew %.1f times a second',
        bytes_text(CAST(c.alloc AS INTEGER)),
        bytes_text(CAST(c.live AS INTEGER)),
        c.rate
    ) AS detail,
    json_object(
        'captures', json(c.ids),
        'allocated_per_second', c.alloc,
        'live_heap', c.live,
        'times_per_second', c.rate
    ) AS evidence,
    NULL AS same_as
FROM called AS c
LEFT JOIN v_churn AS top ON top.service_id = c.service_id AND top.is_main = 1
WHERE c.place = 1
  AND c.rate > :low
  AND c.live >= :min_live
ORDER BY c.service_id;
