SELECT count(*) AS findings
FROM finding AS f
WHERE f.state <> 'fixed';
