-- Where the bytes were: the parts of the last capture of MemStats, and what was taken between that and the kill,
-- which nothing can be charged with. Resident size may be smaller than what Go takes (pages that were never
-- written): then that is taken off.
INSERT INTO death_term (place, term, title, bytes, is_part, note)
WITH latest AS (
    SELECT ml.*
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    WHERE ml.t_ns <= d.end_ns
      AND ml.footprint IS NOT NULL
    ORDER BY
        ml.t_ns DESC,
        ml.capture_id DESC
    LIMIT 1
),
-- Of a collection that two captures saw the second says nothing new of the live heap.
alive AS (
    SELECT ml.live, ml.live_source
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    JOIN latest AS la
    WHERE ml.t_ns <= la.t_ns
      AND ml.live IS NOT NULL
    ORDER BY ml.t_ns DESC
    LIMIT 1
),
profile AS (
    SELECT t.value AS live
    FROM v_death AS d
    JOIN temp.heap_capture AS hc ON hc.lifetime_id = d.lifetime_id
    JOIN total AS t ON t.capture_id = hc.capture_id
    WHERE t.type = 'inuse_space'
      AND hc.t_ns <= d.end_ns
    ORDER BY hc.t_ns DESC
    LIMIT 1
),
part AS (
    SELECT
        d.*,
        la.t_ns,
        min(coalesce(a.live, la.heap_alloc), la.heap_alloc) AS live,
        a.live_source,
        la.heap_alloc - min(coalesce(a.live, la.heap_alloc), la.heap_alloc) AS garbage,
        la.fragmentation,
        la.idle,
        la.stacks,
        la.runtime,
        la.outside,
        la.mapped,
        la.untouched,
        la.footprint,
        la.rss AS last_rss,
        p.live AS profiled,
        -- What the victim had: the kernel's word, else the limit that was met, else nothing.
        CASE
            WHEN d.is_survivor = 1 THEN NULL
            ELSE coalesce(d.rss, CASE WHEN d.scope = 'memcg' THEN coalesce(d.usage, d.limit_bytes) END)
        END AS at_death
    FROM v_death AS d
    LEFT JOIN latest AS la
    LEFT JOIN alive AS a
    LEFT JOIN profile AS p
),
told AS (
    SELECT
        p.*,
        coalesce(p.last_rss, p.footprint) AS last_total
    FROM part AS p
)
SELECT
    1 AS place,
    'live' AS term,
    'live heap' AS title,
    coalesce(t.live, t.profiled) AS bytes,
    t.live IS NOT NULL AS is_part,
    CASE
        WHEN t.live IS NULL AND t.profiled IS NOT NULL THEN 'an estimate of the heap profile; without MemStats nothing else is known'
        WHEN t.live_source = 'exact' THEN 'marked alive by the last collection'
        WHEN t.live_source = 'NextGC' THEN 'at the last collection, from NextGC: at most'
        WHEN t.live IS NOT NULL THEN 'HeapAlloc: an upper bound, dead objects are in it'
        ELSE ''
    END AS note
FROM told AS t
UNION ALL
SELECT 2, 'garbage', 'floating garbage', t.garbage, t.garbage IS NOT NULL, 'dead and not collected yet, and allocated since the last collection'
FROM told AS t
UNION ALL
SELECT 3, 'idle', 'idle heap', t.idle, t.idle IS NOT NULL, 'kept for later and not returned to the system'
FROM told AS t
UNION ALL
SELECT 4, 'fragmentation', 'fragmentation', t.fragmentation, t.fragmentation IS NOT NULL, 'holes between objects'
FROM told AS t
UNION ALL
SELECT 5, 'stacks', 'stacks', t.stacks, t.stacks IS NOT NULL, 'of goroutines and threads'
FROM told AS t
UNION ALL
SELECT 6, 'runtime', 'Go runtime', t.runtime, t.runtime IS NOT NULL, 'its own tables'
FROM told AS t
UNION ALL
SELECT
    7, 'outside', 'not Go',
    CASE WHEN t.mapped IS NOT NULL THEN min(t.mapped, t.outside) END,
    t.mapped IS NOT NULL,
    'files and shared memory: the program''s own text, mappings'
FROM told AS t
UNION ALL
SELECT
    8, 'unexplained', 'unexplained',
    CASE WHEN t.last_rss IS NOT NULL THEN t.outside - min(coalesce(t.mapped, 0), t.outside) END,
    t.last_rss IS NOT NULL,
    'resident, and neither Go''s nor a file''s: cgo, mmap; or counted at another moment'
FROM told AS t
UNION ALL
SELECT
    9, 'untouched', 'taken and not touched',
    CASE WHEN t.untouched > 0 THEN -t.untouched END,
    t.untouched > 0,
    'Go has it from the system, but it was never written to, or is swapped out: not resident'
FROM told AS t
WHERE t.untouched > 0
UNION ALL
SELECT
    10, 'since', 'taken after the last capture',
    t.at_death - t.last_total,
    t.at_death IS NOT NULL AND t.last_total IS NOT NULL,
    format(
        'in the last %s; %s',
        duration_text(t.unseen_ns),
        CASE WHEN t.at_death < t.last_total THEN 'it had less at the end' ELSE 'what it was nobody knows' END
    )
FROM told AS t
WHERE t.at_death IS NOT NULL
  AND t.last_total IS NOT NULL
UNION ALL
SELECT
    11, 'total', 'at the kill',
    coalesce(t.at_death, t.last_total),
    0,
    CASE
        WHEN t.at_death IS NULL AND t.last_total IS NULL THEN ''
        WHEN t.at_death IS NULL THEN format('at the last capture, %s before; what it had at the kill is not known', duration_text(t.unseen_ns))
        WHEN t.rss IS NOT NULL THEN 'resident size of the victim, as the kernel tells'
        WHEN t.usage IS NOT NULL THEN 'charged to its cgroup, which may hold other processes and files'
        ELSE 'its limit, which was met'
    END
FROM told AS t;
