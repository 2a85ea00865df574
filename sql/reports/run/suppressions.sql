-- Suppressions that somebody should look at, a sentence each.
SELECT
    'suppression ''' || s.name || ''' of ' || s.owner || CASE s.state
        WHEN 'expired' THEN ' expired on ' || substr(rfc3339(s.until_ns - 1), 1, 10) || CASE s.findings
            WHEN 0 THEN '; no open finding fits it: it can be taken away'
            WHEN 1 THEN '; the finding that fits it is told again'
            ELSE '; the ' || s.findings || ' findings that fit it are told again'
        END
        WHEN 'unused' THEN ' fits no open finding: it can be taken away'
        ELSE ' ends on ' || substr(rfc3339(s.until_ns - 1), 1, 10)
    END AS text,
    s.state
FROM v_suppression AS s
WHERE s.state <> 'active'
ORDER BY s.ordinal;
