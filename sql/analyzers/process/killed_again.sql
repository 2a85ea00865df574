-- id:         process.killed_again
-- title:      The kernel ends the process soon after each start
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_life v_life_reading v_memory_ledger v_memory_limit v_process_growth v_process_series
-- params:     min_kills=3, max_apart_s=900, full=0.9
--
-- Why: a process that is killed for want of memory every few minutes never is old enough for a trend, and the
-- first minutes of each life are warm-up: all other judgments have too little to say, when it matters
-- most. Three kills and more of one instance, each within a quarter of an hour of the one before, as the
-- kernel's log, the pod's state, the counter of its cgroup or kube-state-metrics tell. What was alive shortly before is at least what
-- the fullest capture of a life holds; where twice that (GOGC=100) is nearly the limit, what the program needs
-- from its start on does not fit. Where captures hold less, only a burst or something outside the heap
-- explains the kills, and this is a remark.
--
-- Blind spot: a leak so fast that it fills the container in minutes looks the same with fewer than three captures
-- of a life; where the live heap (without any, resident memory) is seen to rise within lives this is silent. Several instances under one name
-- are killed more often than each of them.
--
-- Source: leaks.md 4.3, question 3 (limit too low); 1.6, E29 (GOGC 100 means twice what is alive).
WITH moment AS (
    SELECT DISTINCT
        c.service_id,
        c.instance_id,
        k.time_ns / 10000000000 AS t_10s
    FROM kill AS k
    JOIN capture AS c USING (capture_id)
    WHERE k.time_ns IS NOT NULL
      AND c.service_id IN (SELECT l.service_id FROM v_life AS l)
),
told AS (
    SELECT
        m.service_id,
        count(*) AS kills,
        (max(m.t_10s) - min(m.t_10s)) * 10.0 / max(1, count(*) - 1) AS apart_s
    FROM moment AS m
    GROUP BY
        m.service_id,
        m.instance_id
    UNION ALL
    SELECT
        l.service_id,
        max(r.value) - min(r.value) AS kills,
        (max(r.t_ns) - min(r.t_ns)) / 1e9 / max(1, max(r.value) - min(r.value)) AS apart_s
    FROM v_life_reading AS r
    JOIN v_life AS l USING (lifetime_id)
    WHERE r.use = 'kills'
    GROUP BY
        l.service_id,
        l.instance
    UNION ALL
    -- Restarts of which the reason is told, as far as it is: that of the last end before a scrape.
    SELECT
        rs.service_id,
        rs.kills,
        rs.apart_s
    FROM (
        SELECT
            l.service_id,
            max(r.value) - min(r.value) AS kills,
            (max(r.t_ns) - min(r.t_ns)) / 1e9 / max(1, max(r.value) - min(r.value)) AS apart_s
        FROM v_life_reading AS r
        JOIN v_life AS l USING (lifetime_id)
        WHERE r.use = 'restarts'
        GROUP BY
            l.service_id,
            l.instance
        HAVING kills >= :min_kills
    ) AS rs
    WHERE EXISTS (
        SELECT 1
        FROM v_life AS l
        JOIN lifetime_capture AS lc USING (lifetime_id)
        JOIN reading AS r USING (capture_id)
        JOIN word AS n ON n.word_id = r.name_id
        JOIN word AS w ON w.word_id = r.label_id
        WHERE l.service_id = rs.service_id
          AND n.value = 'kube_pod_container_status_last_terminated_reason'
          AND r.value > 0
          AND json_extract(w.value, '$.reason') = 'OOMKilled'
      )
      AND NOT EXISTS (
        SELECT 1
        FROM v_life AS l
        JOIN lifetime_capture AS lc USING (lifetime_id)
        JOIN reading AS r USING (capture_id)
        JOIN word AS n ON n.word_id = r.name_id
        JOIN word AS w ON w.word_id = r.label_id
        WHERE l.service_id = rs.service_id
          AND n.value = 'kube_pod_container_status_last_terminated_reason'
          AND r.value > 0
          AND json_extract(w.value, '$.reason') <> 'OOMKilled'
      )
),
killed AS (
    SELECT
        t.service_id,
        CAST(max(t.kills) AS INTEGER) AS kills,
        min(t.apart_s) AS apart_s
    FROM told AS t
    WHERE t.kills >= :min_kills
      AND t.apart_s <= :max_apart_s
    GROUP BY t.service_id
),
held AS (
    SELECT
        l.service_id,
        lc.capture_id,
        t.value AS bytes
    FROM v_life AS l
    JOIN lifetime_capture AS lc USING (lifetime_id)
    JOIN total AS t USING (capture_id)
    WHERE t.type = 'inuse_space'
    UNION ALL
    SELECT
        ml.service_id,
        ml.capture_id,
        ml.live AS bytes
    FROM v_memory_ledger AS ml
    WHERE ml.live_source <> 'HeapAlloc'
      AND ml.live <= ml.heap_alloc
),
-- Of what is resident a part may be garbage, so that it says nothing of a heap that does not fit.
sized AS (
    SELECT
        ps.service_id,
        max(ps.value) AS bytes
    FROM v_process_series AS ps
    WHERE ps.name = 'rss'
    GROUP BY ps.service_id
),
fullest AS (
    SELECT
        h.service_id,
        max(h.bytes) AS bytes,
        json_array(last_value(h.capture_id, h.bytes)) AS captures
    FROM held AS h
    GROUP BY h.service_id
),
hard AS (
    SELECT
        li.service_id,
        min(li.limit_bytes) AS bytes
    FROM v_memory_limit AS li
    WHERE li.source <> 'Go'
    GROUP BY li.service_id
)
SELECT
    k.service_id,
    'service:limit' AS subject,
    'limit' AS class,
    CASE
        WHEN f.bytes IS NULL OR b.bytes IS NULL THEN 0.76
        WHEN 2 * f.bytes >= :full * b.bytes THEN 0.8
        ELSE 0.5
    END AS strength,
    format(
        'the process was ended %d times for want of memory, every %s',
        k.kills,
        duration_text(CAST(k.apart_s * 1e9 AS INTEGER))
    ) || CASE
        WHEN f.bytes IS NULL AND r.bytes IS NOT NULL
            THEN format(
                '; a capture shortly before has %s resident%s, and nothing tells what of it is alive',
                bytes_text(CAST(r.bytes AS INTEGER)),
                coalesce(' of a limit of ' || bytes_text(b.bytes), '')
            )
        WHEN f.bytes IS NULL THEN ''
        WHEN b.bytes IS NULL
            THEN format('; a capture shortly before holds %s', bytes_text(CAST(f.bytes AS INTEGER)))
        WHEN 2 * f.bytes >= :full * b.bytes
            THEN format(
                '; a capture of its heap holds %s, which the collector lets grow to twice as much at GOGC=100, and the '
                || 'limit is %s',
                bytes_text(CAST(f.bytes AS INTEGER)),
                bytes_text(b.bytes)
            )
        ELSE format(
            '; no capture of its heap holds more than %s, and the limit is %s: a burst, or something outside the heap',
            bytes_text(CAST(f.bytes AS INTEGER)),
            bytes_text(b.bytes)
        )
    END AS detail,
    json_object(
        'captures', json(coalesce(f.captures, '[]')),
        'kills', k.kills,
        'seconds_apart', k.apart_s,
        'held', f.bytes,
        'limit', b.bytes
    ) AS evidence,
    NULL AS same_as
FROM killed AS k
LEFT JOIN fullest AS f USING (service_id)
LEFT JOIN sized AS r ON r.service_id = k.service_id
LEFT JOIN hard AS b ON b.service_id = k.service_id
WHERE NOT EXISTS (
    SELECT 1
    FROM v_process_growth AS pg
    WHERE pg.service_id = k.service_id
      AND pg.is_rising = 1
      AND (
        pg.name = 'live_heap'
        OR (
            pg.name = 'rss'
            AND NOT EXISTS (
                SELECT 1
                FROM v_process_growth AS live
                WHERE live.service_id = k.service_id
                  AND live.name = 'live_heap'
            )
        )
      )
)
ORDER BY k.service_id;
