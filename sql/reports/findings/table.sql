-- Findings for a screen.
SELECT
    f.severity,
    f.score,
    f.state,
    f.class,
    f.service,
    f.function
        || CASE WHEN f.file = '' THEN '' ELSE ' ' || replace(f.file, rtrim(f.file, replace(f.file, '/', '')), '') END
        || CASE WHEN f.line = 0 THEN '' ELSE ':' || f.line END AS place,
    CAST(round(f.growth_bytes_per_day) AS INTEGER) AS "per day:bytes",
    CAST(round(f.growth_per_day) AS INTEGER) AS "objects a day:count",
    f.wait_reason AS "waits in",
    f.suppressed_by AS "suppressed by",
    f.id
FROM v_finding_or_look AS f
WHERE (:service IS NULL OR f.service GLOB :service)
  AND (:class IS NULL OR f.class = :class)
  AND (:suppressed IS NULL OR (f.suppressed_by IS NOT NULL) = :suppressed)
  AND (:min_score IS NULL OR f.score >= :min_score)
  AND NOT EXISTS (
    SELECT 1
    FROM json_each(:keywords) AS wanted
    WHERE NOT EXISTS (
        SELECT 1
        FROM v_finding_keyword AS fk
        WHERE fk.id = f.id
          AND fk.keyword GLOB wanted.value
    )
  )
ORDER BY
    f.state = 'fixed',
    f.is_look,
    f.suppressed_by IS NOT NULL,
    f.score DESC,
    f.growth_bytes_per_day DESC,
    -- Of two places to look at.
    (SELECT max(e.strength) FROM evidence AS e WHERE e.finding_id = f.id AND e.term = 'look') DESC,
    f.id;
