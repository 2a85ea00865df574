-- At which limit it died, and who says so: the kernel's line first, then the configuration, then what captures
-- tell. A kill because the machine had no memory left met no limit of its own.
UPDATE death
SET (limit_bytes, limit_source) = (
    SELECT
        t.limit_bytes,
        t.source
    FROM (
        SELECT 0 AS place, d.told_limit AS limit_bytes, 'kill' AS source
        FROM death AS d
        UNION ALL
        SELECT 1, nullif(:limit_bytes, 0), 'configured'
        UNION ALL
        SELECT 1 + ml.place, ml.limit_bytes, ml.source
        FROM v_memory_limit AS ml
        WHERE ml.service_id = :service_id
          AND ml.source NOT IN ('Go', 'kill')
    ) AS t
    WHERE t.limit_bytes IS NOT NULL
    ORDER BY t.place
    LIMIT 1
)
WHERE scope <> 'global';
