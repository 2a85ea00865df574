-- id:         contention.delay
-- title:      Goroutines wait longer and longer for a lock
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_stack_site v_site v_life
-- params:     min_captures=4, min_rate=0.2, min_growth=1.5, heavy=2, slow=0.5, slow_wait=0.01
--
-- Why: profiles of mutexes and of blocking count, since the process started, how long goroutines waited for
-- each other. From one capture to the next that gives seconds of waiting in each second: 0.2 means that at
-- any moment a fifth of a goroutine stands at this lock. It is called when the second half of the time
-- that was watched has half as much again as the first, when two stand there all the time, or when it is
-- half of one and each wait takes ten milliseconds and more. Of block profiles only waits for locks are
-- taken: a goroutine that waits at a channel is mostly idle by design. They name where it waits, mutex
-- profiles where the lock is given up: of one function the first is called.
--
-- Blind spot: a load that rises. The rate of sampling (SetMutexProfileFraction) may have been changed
-- between two captures; nothing in the profile tells.
--
-- Source: product.md section 4 (class contention); formats.md 1 and 4 for the sample types.
WITH waited AS (
    SELECT
        l.service_id,
        l.lifetime_id,
        vs.site_id,
        c.kind,
        c.capture_id,
        c.time_ns AS t_ns,
        sum(s.v0) AS waits,
        sum(s.v1) AS delay_ns
    FROM v_life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    CROSS JOIN sample AS s USING (capture_id)
    JOIN v_stack_site AS vs ON vs.service_id = s.service_id AND vs.stack_id = s.stack_id
    JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
    WHERE c.kind IN ('mutex', 'block')
      AND c.format = 'pprof'
      AND c.is_delta = 0
      AND c.time_ns >= l.judged_from_ns
      AND (
        c.kind = 'mutex'
        OR leaf.function GLOB 'sync.(*Mutex).*'
        OR leaf.function GLOB 'sync.(*RWMutex).*'
        OR leaf.function GLOB 'internal/sync.(*Mutex).*'
      )
    GROUP BY
        l.lifetime_id,
        vs.site_id,
        c.capture_id
),
half AS (
    SELECT
        w.*,
        (min(w.t_ns) OVER whole + max(w.t_ns) OVER whole) / 2 AS middle_ns
    FROM waited AS w
    WINDOW whole AS (PARTITION BY w.lifetime_id, w.site_id, w.kind)
),
rate AS (
    SELECT
        h.service_id,
        h.site_id,
        h.kind,
        count(*) AS captures,
        (max(h.delay_ns) - min(h.delay_ns)) * 1.0 / (max(h.t_ns) - min(h.t_ns)) AS whole,
        (max(h.delay_ns) - min(h.delay_ns)) * 1e-9 / nullif(max(h.waits) - min(h.waits), 0) AS wait_s,
        theil_sen(CASE WHEN h.t_ns <= h.middle_ns THEN h.t_ns END, h.delay_ns) AS early,
        theil_sen(CASE WHEN h.t_ns >= h.middle_ns THEN h.t_ns END, h.delay_ns) AS late,
        max(h.t_ns) - min(h.t_ns) AS span_ns,
        json_group_array(h.capture_id) AS ids
    FROM half AS h
    GROUP BY
        h.lifetime_id,
        h.site_id,
        h.kind
    HAVING count(*) >= :min_captures
),
called AS (
    SELECT
        r.*,
        r.late >= :min_rate AND r.late >= :min_growth * r.early AS is_growing
    FROM rate AS r
    WHERE r.whole >= :heavy
       OR (r.whole >= :slow AND r.wait_s >= :slow_wait)
       OR (r.late >= :min_rate AND r.late >= :min_growth * r.early)
),
ranked AS (
    SELECT
        c.*,
        row_number() OVER (
            PARTITION BY c.service_id, si.function
            ORDER BY c.kind = 'block' DESC, c.late DESC, c.site_id
        ) AS place
    FROM called AS c
    JOIN v_site AS si USING (site_id)
    WHERE si.owner <> 'runtime'
)
SELECT
    r.service_id,
    'service:contention@' || r.site_id AS subject,
    'contention' AS class,
    CASE
        WHEN r.is_growing THEN 0.8 + 0.2 * clamp01(r.late / :heavy)
        WHEN r.wait_s >= :slow_wait THEN 0.8
        ELSE 0.6
    END AS strength,
    CASE
        WHEN r.is_growing
            THEN format(
                'goroutines wait longer and longer for the lock in %s (%s:%d): %.2g seconds in each second at '
                || 'first, %.2g at the end',
                si.function, si.file, si.line, max(0, r.early), r.late
            )
        ELSE format(
            'about %.1f goroutines stand at the lock in %s (%s:%d) all the time; one wait takes %s',
            r.whole, si.function, si.file, si.line, duration_text(CAST(r.wait_s * 1e9 AS INTEGER))
        )
    END AS detail,
    json_object(
        'captures', json(r.ids),
        'early', r.early,
        'late', r.late,
        'profile', r.kind
    ) AS evidence,
    NULL AS same_as
FROM ranked AS r
JOIN v_site AS si USING (site_id)
WHERE r.place = 1
ORDER BY
    r.service_id,
    r.site_id;
