-- What the shown process would take at its peak with other settings of the collector, by its newest capture of
-- MemStats: live heap x (1 + GOGC/100) + stacks + what is not the heap. With GOMEMLIMIT the heap grows by as
-- much less as that asks, but never below what is alive. Where no GOMEMLIMIT is set, nine tenths of the limit
-- are looked at. The row of the present setting is marked.
WITH latest AS (
    SELECT
        ml.t_ns,
        ml.live,
        coalesce(ml.stacks, 0) AS stacks,
        coalesce(ml.runtime, 0) AS runtime,
        coalesce(ml.outside, 0) AS outside,
        coalesce((
            SELECT lr.value
            FROM v_life_reading AS lr
            WHERE lr.lifetime_id = ml.lifetime_id
              AND lr.use = 'gogc'
              AND lr.t_ns <= ml.t_ns
            ORDER BY lr.t_ns DESC
            LIMIT 1
        ), 100) AS gogc
    FROM v_memory_ledger AS ml
    JOIN temp.life AS l USING (lifetime_id)
    WHERE l.instance_id = :instance_id
      AND ml.live_source <> 'HeapAlloc'
    ORDER BY
        ml.t_ns DESC,
        ml.capture_id DESC
    LIMIT 1
),
bound AS (
    SELECT
        coalesce(
            nullif(:limit_bytes, 0),
            (
                SELECT ml.limit_bytes
                FROM v_memory_limit AS ml
                WHERE ml.service_id = :service_id
                  AND ml.source <> 'Go'
                ORDER BY ml.place
                LIMIT 1
            )
        ) AS hard,
        (
            SELECT ml.limit_bytes
            FROM v_memory_limit AS ml
            WHERE ml.service_id = :service_id
              AND ml.source = 'Go'
        ) AS go_limit
),
known AS (
    SELECT
        n.*,
        b.hard,
        b.go_limit,
        coalesce(b.go_limit, CAST(0.9 * b.hard - n.outside AS INTEGER)) AS soft
    FROM latest AS n
    JOIN bound AS b
),
choice AS (
    SELECT 50 AS gogc
    UNION
    SELECT 100
    UNION
    SELECT 150
    UNION
    SELECT 200
    UNION
    SELECT CAST(n.gogc AS INTEGER)
    FROM latest AS n
    WHERE n.gogc BETWEEN 1 AND 10000
),
peak AS (
    SELECT
        k.*,
        c.gogc AS choice,
        CAST(k.live * (1 + c.gogc / 100.0) AS INTEGER) AS heap,
        k.stacks + k.runtime + k.outside AS rest,
        max(k.live, min(CAST(k.live * (1 + c.gogc / 100.0) AS INTEGER), k.soft - k.stacks - k.runtime)) AS held
    FROM choice AS c
    JOIN known AS k
)
SELECT
    p.choice AS gogc,
    p.choice = CAST(p.gogc AS INTEGER) AS "is_now:bool",
    p.heap AS "heap:bytes",
    p.heap + p.rest AS "total:bytes",
    p.held + p.rest AS "held:bytes",
    printf('%.2f', 1.0 * p.gogc / p.choice) AS often,
    CASE
        WHEN p.hard IS NULL THEN NULL
        WHEN p.heap + p.rest <= p.hard THEN 'fits'
        WHEN p.held + p.rest > p.hard THEN 'does not fit'
        WHEN p.held < 1.1 * p.live THEN 'does not fit: the collector would run all the time'
        ELSE 'fits only with GOMEMLIMIT'
    END AS verdict,
    p.live AS "live:bytes",
    p.stacks AS "stacks:bytes",
    p.runtime + p.outside AS "other:bytes",
    p.hard AS "limit:bytes",
    p.soft AS "soft:bytes",
    p.go_limit IS NOT NULL AS "is_soft_set:bool",
    p.t_ns AS "time:time"
FROM peak AS p
ORDER BY p.choice;
