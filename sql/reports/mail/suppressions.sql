-- Suppressions that somebody should look at; of a team those that hold back findings of its services, and those
-- that fit nothing are everybody's.
SELECT
    s.name,
    s.owner,
    s.state,
    substr(rfc3339(s.until_ns - 1), 1, 10) AS until,
    s.reason
FROM v_suppression AS s
WHERE s.state <> 'active'
  AND (
    :team IS NULL
    OR s.findings = 0
    OR EXISTS (
        SELECT 1
        FROM v_finding AS f
        JOIN v_owner AS o ON o.service = f.service
        WHERE f.suppressed_by = s.name
          AND o.team = :team
    )
  )
ORDER BY s.ordinal;
