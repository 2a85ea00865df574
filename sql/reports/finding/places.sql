-- The places in the code that take part in a finding.
SELECT
    p.function,
    p.file || coalesce(':' || nullif(p.line, 0), '') AS place,
    p.kind,
    p.class,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    CAST(round(p.growth_bytes_per_day / f.parts) AS INTEGER) AS "growth:bytes",
    CAST(round(p.growth_per_day / f.parts) AS INTEGER) AS "objects:count"
FROM v_finding_place AS p
JOIN (
    SELECT
        v.id,
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding_or_look AS v
) AS f ON f.id = p.id
WHERE p.id = :finding_id
ORDER BY p.ordinal;
