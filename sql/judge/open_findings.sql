-- How many findings are not fixed: those that count, and those that are suppressed.
SELECT
    count(*) FILTER (WHERE f.suppressed_by IS NULL) AS findings,
    count(*) FILTER (WHERE f.suppressed_by IS NOT NULL) AS suppressed
FROM v_finding AS f
WHERE f.state <> 'fixed';
