-- Who seems to hold a lock; see v_lock_edge in sql/views/functions/v_standing.sql. Several analyzers ask.
INSERT INTO lock_edge (site_id, holder_id, capture_id, kind, service_id, holder_reason, is_same_type)
-- Of a type at whose methods more than 64 places wait for a lock, or might hold it, nobody is looked for: asked before the
-- others are gone through.
WITH crowd AS MATERIALIZED (
    SELECT
        lp.capture_id,
        lp.type,
        lp.is_queue
    FROM lock_place AS lp
    WHERE lp.type IS NOT NULL
      AND (lp.is_queue OR (lp.is_waiting AND lp.goroutines = 1))
    GROUP BY
        lp.capture_id,
        lp.type,
        lp.is_queue
    HAVING count(*) > 64
),
found AS (
    SELECT
        q.service_id,
        q.capture_id,
        q.site_id,
        h.site_id AS holder_id,
        h.wait_reason AS holder_reason,
        'past' AS kind,
        coalesce(h.type = q.type, 0) AS is_same_type
    FROM lock_place AS q
    CROSS JOIN lock_passer AS h ON h.capture_id = q.capture_id AND h.function = q.function AND h.line > q.line
    WHERE q.is_queue
      AND h.site_id <> q.site_id
    UNION ALL
    SELECT
        q.service_id,
        q.capture_id,
        q.site_id,
        h.site_id,
        h.wait_reason,
        'type',
        1
    FROM lock_place AS q
    CROSS JOIN lock_place AS h ON h.capture_id = q.capture_id AND h.type = q.type AND h.goroutines = 1
    WHERE q.is_queue
      AND h.wait_reason IN ('chan send', 'sync.WaitGroup.Wait')
      AND (h.function <> q.function OR h.line <= q.line)
      AND NOT EXISTS (SELECT 1 FROM crowd AS c WHERE c.capture_id = q.capture_id AND c.type = q.type AND c.is_queue = 0)
)
SELECT
    f.site_id,
    max(f.holder_id) AS holder_id,
    f.capture_id,
    f.kind,
    f.service_id,
    max(f.holder_reason) AS holder_reason,
    max(f.is_same_type) AS is_same_type
FROM found AS f
GROUP BY
    f.capture_id,
    f.site_id,
    f.kind
HAVING min(f.holder_id) = max(f.holder_id)
UNION ALL
SELECT
    a.site_id,
    b.site_id,
    a.capture_id,
    'ring',
    a.service_id,
    max(b.wait_reason),
    0
FROM lock_caller AS way
CROSS JOIN lock_place AS a ON a.capture_id = way.capture_id AND a.site_id = way.site_id AND a.type <> way.type
CROSS JOIN lock_place AS b ON b.capture_id = way.capture_id AND b.type = way.type
WHERE a.is_queue
  AND b.is_queue
  AND NOT EXISTS (SELECT 1 FROM crowd AS c WHERE c.capture_id = way.capture_id AND c.type = way.type AND c.is_queue = 1)
  AND EXISTS (
    SELECT 1
    FROM lock_caller AS back
    WHERE back.capture_id = b.capture_id
      AND back.site_id = b.site_id
      AND back.type = a.type
  )
GROUP BY
    a.capture_id,
    a.site_id,
    b.site_id;
