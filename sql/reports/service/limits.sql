-- Lines for the pictures of a service's memory: the limit at which the kernel ends a process, as the
-- configuration or else the most direct word of the captures tells, and GOMEMLIMIT, which only makes the
-- collector work.
SELECT
    t.label,
    t.limit_bytes
FROM (
    SELECT
        'limit' AS label,
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
        ) AS limit_bytes
    UNION ALL
    SELECT
        'GOMEMLIMIT' AS label,
        (
            SELECT ml.limit_bytes
            FROM v_memory_limit AS ml
            WHERE ml.service_id = :service_id
              AND ml.source = 'Go'
        ) AS limit_bytes
) AS t
WHERE t.limit_bytes IS NOT NULL
ORDER BY t.limit_bytes DESC;
