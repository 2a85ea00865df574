-- MemStats over time for rules; see sql/replay/tables.sql. Heap captures between two moments are counted by a
-- running sum, so that the work grows with the number of captures and not with its square.
INSERT INTO moment (
    lifetime_id, t_ns, capture_id, service_id, instance_id, age_ns, build, from_ns, from_capture_id, heap_alloc,
    heap_inuse, heap_sys, heap_objects, sys, footprint, rss, mapped, live, memory_limit, from_alloc,
    from_objects, from_live, cycles, forced, scrapes, ring_rate
)
WITH spaced AS (
    SELECT
        mp.*,
        c.kind,
        mp.t_ns - lag(mp.t_ns) OVER life_by_time AS after_ns,
        lag(c.kind) OVER life_by_time AS kind_before
    FROM memory_point AS mp
    JOIN capture AS c USING (capture_id)
    WINDOW life_by_time AS (PARTITION BY mp.lifetime_id ORDER BY mp.t_ns, mp.capture_id)
),
kept AS (
    SELECT sp.*
    FROM spaced AS sp
    WHERE sp.after_ns IS NULL
       OR (
           sp.after_ns > 0
           AND (
               sp.after_ns >= 5000000000
               OR sp.kind = sp.kind_before
           )
       )
),
event AS (
    SELECT
        k.lifetime_id,
        k.t_ns,
        k.capture_id,
        0 AS is_scrape
    FROM kept AS k
    UNION ALL
    SELECT
        lc.lifetime_id,
        c.time_ns AS t_ns,
        c.capture_id,
        1 AS is_scrape
    FROM life AS l
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c USING (capture_id)
    WHERE c.kind = 'heap'
      AND c.time_ns IS NOT NULL
),
counted AS (
    SELECT
        e.*,
        sum(e.is_scrape) OVER (PARTITION BY e.lifetime_id ORDER BY e.t_ns) AS scrapes
    FROM event AS e
),
ceiling AS (
    SELECT coalesce(
        min(CASE WHEN ml.source <> 'Go' THEN ml.limit_bytes END),
        min(ml.limit_bytes)
    ) AS memory_limit
    FROM memory_limit AS ml
)
SELECT
    k.lifetime_id,
    k.t_ns,
    k.capture_id,
    l.service_id,
    l.instance_id,
    max(0, k.t_ns - l.start_ns) AS age_ns,
    l.build,
    lag(k.t_ns) OVER life_by_time AS from_ns,
    lag(k.capture_id) OVER life_by_time AS from_capture_id,
    k.heap_alloc,
    k.heap_inuse,
    m.heap_sys,
    coalesce(m.heap_objects, m.mallocs - m.frees) AS heap_objects,
    k.sys,
    k.sys - k.heap_released AS footprint,
    k.rss,
    k.mapped,
    lp.live,
    ce.memory_limit,
    lag(k.heap_alloc) OVER life_by_time AS from_alloc,
    lag(coalesce(m.heap_objects, m.mallocs - m.frees)) OVER life_by_time AS from_objects,
    lag(lp.live) OVER life_by_time AS from_live,
    m.num_gc - lag(m.num_gc) OVER life_by_time AS cycles,
    m.num_forced_gc - lag(m.num_forced_gc) OVER life_by_time AS forced,
    co.scrapes - lag(co.scrapes) OVER life_by_time AS scrapes,
    CASE
        WHEN m.ring_last_ns > m.ring_first_ns AND m.num_gc > m.ring_first
            THEN (m.num_gc - m.ring_first) * 1e9 / (m.ring_last_ns - m.ring_first_ns)
    END AS ring_rate
FROM kept AS k
JOIN memstats AS m USING (capture_id)
JOIN life AS l USING (lifetime_id)
JOIN counted AS co USING (lifetime_id, t_ns, capture_id)
JOIN ceiling AS ce
LEFT JOIN live_point AS lp
    ON lp.lifetime_id = k.lifetime_id
    AND lp.capture_id = k.capture_id
    AND lp.source <> 'HeapAlloc'
WHERE co.is_scrape = 0
WINDOW life_by_time AS (PARTITION BY k.lifetime_id ORDER BY k.t_ns, k.capture_id);
