-- Findings of a service that have a page, with the words for their picture.
SELECT
    f.id,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '')
        || coalesce(':' || nullif(f.line, 0), '') AS subject,
    f.kind = 'goroutines' OR (f.kind = 'service' AND f.growth_bytes_per_day IS NULL) AS is_count,
    CASE f.kind
        WHEN 'goroutines' THEN 'Goroutines'
        WHEN 'heap' THEN 'In use'
        ELSE CASE f.class
            WHEN 'stack' THEN 'Stacks'
            WHEN 'object' THEN CASE
                WHEN f.growth_bytes_per_day IS NULL THEN 'Descriptors'
                WHEN f.is_resident THEN 'Resident'
                ELSE 'Live heap'
            END
            WHEN 'goroutine' THEN 'Goroutines'
            WHEN 'offheap' THEN CASE WHEN f.growth_bytes_per_day IS NULL THEN 'Threads' ELSE 'Outside' END
            ELSE 'Process'
        END
    END AS axis,
    CASE f.kind
        WHEN 'goroutines' THEN 'Goroutines at this line'
        WHEN 'heap' THEN 'Memory in use at this line'
        ELSE CASE f.class
            WHEN 'stack' THEN 'Memory of goroutine stacks'
            WHEN 'object' THEN CASE
                WHEN f.growth_bytes_per_day IS NULL THEN 'Open file descriptors'
                WHEN f.is_resident THEN 'Resident memory of the process'
                ELSE 'Live heap of the process'
            END
            WHEN 'goroutine' THEN 'Goroutines of the process'
            WHEN 'offheap' THEN CASE
                WHEN f.growth_bytes_per_day IS NULL THEN 'Threads of the process'
                ELSE 'Resident memory outside the Go heap'
            END
            ELSE 'The process'
        END
    END AS what
FROM (
    SELECT
        v.*,
        EXISTS (
            SELECT 1
            FROM evidence AS e
            WHERE e.finding_id = v.id
              AND e.analyzer = 'memory.resident_growth'
        ) AS is_resident
    FROM v_finding_or_look AS v
) AS f
JOIN service AS s ON s.name = f.service
WHERE s.service_id = :service_id
ORDER BY f.id;
