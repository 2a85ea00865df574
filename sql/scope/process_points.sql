-- Courses of a process that MemStats give, and the live heap, without MemStats the total of heap profiles.
-- Exact numbers of the live heap go before those from NextGC where a life has three of them: the two are
-- not mixed, for one lies above the other.
--
-- What is resident outside Go, where no resident size was read but the largest ever (MaxRSS in text heap
-- profiles), is at least that less Sys: Sys never falls, so at that largest moment Go had no more.
--
-- GOGC, where no reading tells it, is what NextGC implies beside the heap profile of the same minute:
-- NextGC = live (1 + g) + roots g. One such number is worth little (leaks.md 1.1, A11), their median more. A
-- profile that holds more than NextGC is of another collection.
INSERT INTO process_point (lifetime_id, name, t_ns, capture_id, is_judged, value)
WITH live AS (
    SELECT
        lp.lifetime_id,
        lp.t_ns,
        lp.capture_id,
        lp.is_judged,
        lp.live AS value,
        CASE lp.source WHEN 'exact' THEN 1 ELSE 2 END AS place
    FROM live_point AS lp
    WHERE lp.source <> 'HeapAlloc'
    UNION ALL
    SELECT
        hc.lifetime_id,
        hc.t_ns,
        hc.capture_id,
        hc.is_judged,
        t.value,
        3 AS place
    FROM heap_capture AS hc
    JOIN total AS t USING (capture_id)
    WHERE t.type = 'inuse_space'
      AND NOT EXISTS (
        SELECT 1
        FROM live_point AS lp
        WHERE lp.lifetime_id = hc.lifetime_id
          AND lp.source <> 'HeapAlloc'
      )
),
counted AS (
    SELECT
        li.*,
        count(*) OVER (PARTITION BY li.lifetime_id, li.place) < 3 AS is_thin
    FROM live AS li
),
ranked AS (
    SELECT
        c.*,
        dense_rank() OVER (PARTITION BY c.lifetime_id ORDER BY c.is_thin, c.place) AS source
    FROM counted AS c
),
gogc AS (
    SELECT
        r.lifetime_id,
        r.t_ns,
        r.capture_id,
        r.is_judged,
        r.value
    FROM life_reading AS r
    WHERE r.name = '/gc/gogc:percent'
      AND r.value > 0
      AND r.value < 1e6
    UNION ALL
    SELECT
        mp.lifetime_id,
        mp.t_ns,
        mp.capture_id,
        mp.is_judged,
        max(0.0, 100.0 * (mp.next_gc - t.value) / (t.value + coalesce(mp.stack_inuse, 0))) AS value
    FROM memory_point AS mp
    JOIN heap_capture AS hc
        ON hc.lifetime_id = mp.lifetime_id
        AND hc.t_ns BETWEEN mp.t_ns - 2000000000 AND mp.t_ns + 2000000000
    JOIN total AS t ON t.capture_id = hc.capture_id AND t.type = 'inuse_space'
    WHERE mp.next_gc < 4611686018427387904
      AND t.value >= 8388608
      AND t.value <= 1.15 * mp.next_gc
      AND NOT EXISTS (
        SELECT 1
        FROM life_reading AS r
        WHERE r.lifetime_id = mp.lifetime_id
          AND r.name = '/gc/gogc:percent'
      )
),
course AS (
    SELECT
        mp.lifetime_id,
        ps.name,
        mp.t_ns,
        mp.capture_id,
        mp.is_judged,
        CASE ps.name
            WHEN 'heap_inuse' THEN mp.heap_inuse
            WHEN 'stack_inuse' THEN mp.stack_inuse
            WHEN 'stack_per_goroutine' THEN mp.stack_inuse / nullif(mp.goroutines, 0)
            WHEN 'outside_go' THEN CASE
                WHEN mp.lifetime_id IN (SELECT seen.lifetime_id FROM memory_point AS seen WHERE seen.rss IS NOT NULL)
                    THEN mp.rss - (mp.sys - mp.heap_released)
                ELSE mp.rss_peak - mp.sys
            END
        END AS value
    FROM memory_point AS mp
    JOIN process_series AS ps
    WHERE ps.name IN ('heap_inuse', 'stack_inuse', 'stack_per_goroutine', 'outside_go')
    UNION ALL
    SELECT
        r.lifetime_id,
        'live_heap' AS name,
        r.t_ns,
        r.capture_id,
        r.is_judged,
        r.value
    FROM ranked AS r
    WHERE r.source = 1
    UNION ALL
    SELECT
        g.lifetime_id,
        'gogc' AS name,
        g.t_ns,
        g.capture_id,
        g.is_judged,
        g.value
    FROM gogc AS g
)
SELECT
    c.lifetime_id,
    c.name,
    c.t_ns,
    min(c.capture_id) AS capture_id,
    c.is_judged,
    max(c.value) AS value
FROM course AS c
WHERE c.value IS NOT NULL
GROUP BY
    c.lifetime_id,
    c.name,
    c.t_ns;
