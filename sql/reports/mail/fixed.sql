-- Findings that were told as fixed for the first time within the window, with what one process held there when
-- the leak was last seen.
SELECT
    f.id,
    'finding/' || f.id || '.html' AS page,
    f.service,
    f.class,
    replace(f.function, rtrim(f.function, replace(f.function, '/', '')), '') AS function,
    replace(f.file, rtrim(f.file, replace(f.file, '/', '')), '') || coalesce(':' || nullif(f.line, 0), '') AS place,
    CAST(f.last_bytes AS INTEGER) AS "held:bytes",
    CASE WHEN f.kind = 'goroutines' THEN CAST(f.last_count AS INTEGER) END AS "goroutines:count"
FROM v_finding AS f
LEFT JOIN v_owner AS o ON o.service = f.service
WHERE f.state = 'fixed'
  AND (:team IS NULL OR o.team = :team)
  AND (
    SELECT min(h.judged_ns)
    FROM v_finding_history AS h
    WHERE h.id = f.id
      AND h.state = 'fixed'
      AND h.judged_ns > coalesce((
        SELECT max(b.judged_ns)
        FROM v_finding_history AS b
        WHERE b.id = f.id
          AND b.state <> 'fixed'
    ), 0)
  ) BETWEEN :since_ns AND :until_ns - 1
ORDER BY
    f.last_bytes DESC,
    f.id;
