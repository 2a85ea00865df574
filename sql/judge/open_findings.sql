-- How many findings are not fixed.
SELECT count(*) AS findings
FROM finding AS f
WHERE f.state <> 'fixed';
