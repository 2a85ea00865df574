-- Findings of a service that have a page, with the words for their picture.
SELECT
    f.id,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '')
        || coalesce(':' || nullif(f.line, 0), '') AS subject,
    f.kind = 'goroutines' AS is_count
FROM v_finding AS f
JOIN service AS s ON s.name = f.service
WHERE s.service_id = :service_id
ORDER BY f.id;
