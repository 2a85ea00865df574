-- What each judgment said of a finding, newest first.
SELECT
    h.judged_ns AS "judged:time",
    h.state,
    h.severity,
    h.score,
    CASE f.parts WHEN 1 THEN 'day' ELSE 'hour' END AS per,
    CAST(round(h.growth_bytes_per_day / f.parts) AS INTEGER) AS "growth:bytes",
    CAST(round(h.growth_per_day / f.parts) AS INTEGER) AS "objects:count",
    CAST(round(h.last_bytes) AS INTEGER) AS "last:bytes",
    CAST(round(h.last_count) AS INTEGER) AS "last_objects:count",
    h.time_to_limit_ns AS "limit_in:duration"
FROM v_finding_history AS h
JOIN (
    SELECT
        v.id,
        CASE WHEN v.watched_ns < 86400000000000 THEN 24.0 ELSE 1.0 END AS parts
    FROM v_finding_or_look AS v
) AS f USING (id)
WHERE h.id = :finding_id
ORDER BY h.judged_ns DESC;
