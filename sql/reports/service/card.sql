-- The numbers of the newest capture of MemStats of the shown instance, one row for each, with the capture that
-- says so; without MemStats the resident size alone.
WITH told AS (
    SELECT
        ml.*,
        m.num_gc,
        m.num_forced_gc,
        m.heap_objects,
        m.gc_cpu_ppb,
        ml.t_ns - coalesce(l.start_ns, l.first_ns) AS age_ns,
        (
            SELECT gi.cpu_share
            FROM v_gc_interval AS gi
            WHERE gi.capture_id = ml.capture_id
        ) AS cpu_share,
        (
            SELECT vs.full_path
            FROM capture AS c
            JOIN v_content_source AS vs USING (content_id)
            WHERE c.capture_id = ml.capture_id
        ) AS path
    FROM v_memory_ledger AS ml
    JOIN temp.life AS l USING (lifetime_id)
    JOIN memstats AS m USING (capture_id)
    WHERE l.instance_id = :instance_id
      AND ml.live IS NOT NULL
    ORDER BY
        ml.t_ns DESC,
        ml.capture_id DESC
    LIMIT 1
),
newest AS (
    SELECT
        t.instance,
        t.t_ns,
        t.path,
        t.age_ns,
        t.live,
        t.live_source,
        t.garbage,
        t.fragmentation,
        t.idle,
        t.stacks,
        t.runtime,
        t.footprint,
        t.rss,
        t.outside,
        t.heap_alloc,
        t.next_gc,
        t.goroutines,
        t.heap_objects,
        t.num_gc,
        t.num_forced_gc,
        t.gc_cpu_ppb,
        t.cpu_share
    FROM told AS t
    UNION ALL
    SELECT
        r.instance,
        r.t_ns,
        r.path,
        r.age_ns,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        r.rss,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
    FROM (
        SELECT
            i.name AS instance,
            ps.t_ns,
            ps.t_ns - coalesce(l.start_ns, l.first_ns) AS age_ns,
            CAST(ps.value AS INTEGER) AS rss,
            (
                SELECT vs.full_path
                FROM capture AS c
                JOIN v_content_source AS vs USING (content_id)
                WHERE c.capture_id = ps.capture_id
            ) AS path
        FROM v_process_series AS ps
        JOIN temp.life AS l USING (lifetime_id)
        JOIN instance AS i USING (instance_id)
        WHERE l.instance_id = :instance_id
          AND ps.name = 'rss'
          AND NOT EXISTS (SELECT 1 FROM told)
        ORDER BY
            ps.t_ns DESC,
            ps.capture_id DESC
        LIMIT 1
    ) AS r
),
bound AS (
    SELECT coalesce(
        nullif(:limit_bytes, 0),
        (
            SELECT ml.limit_bytes
            FROM v_memory_limit AS ml
            WHERE ml.service_id = :service_id
              AND ml.source <> 'Go'
            ORDER BY ml.place
            LIMIT 1
        )
    ) AS hard
)
SELECT
    n.instance,
    n.t_ns AS "time:time",
    n.path,
    n.age_ns AS "age:duration",
    n.live AS "live:bytes",
    n.live_source,
    n.garbage AS "garbage:bytes",
    n.fragmentation AS "fragmentation:bytes",
    n.idle AS "idle:bytes",
    n.stacks AS "stacks:bytes",
    n.runtime AS "runtime:bytes",
    n.footprint AS "footprint:bytes",
    n.rss AS "rss:bytes",
    n.outside AS "outside:bytes",
    n.heap_alloc AS "heap_alloc:bytes",
    CASE WHEN n.next_gc < 4611686018427387904 THEN n.next_gc END AS "next_gc:bytes",
    n.goroutines AS "goroutines:count",
    n.heap_objects AS "objects:count",
    n.num_gc AS "collections:count",
    n.num_forced_gc AS "forced:count",
    printf('%.2f %%', 100 * n.cpu_share) || CASE
        WHEN n.cpu_share = n.gc_cpu_ppb * 1e-9 THEN ' of processor time since the start'
        ELSE ' of processor time lately'
    END AS cpu,
    n.cpu_share,
    b.hard AS "limit:bytes",
    CASE WHEN b.hard > 0 THEN printf('%.0f %%', 100.0 * coalesce(n.rss, n.footprint) / b.hard) END AS "share:text",
    CASE WHEN b.hard > 0 THEN b.hard - coalesce(n.rss, n.footprint) END AS "headroom:bytes"
FROM newest AS n
JOIN bound AS b;
