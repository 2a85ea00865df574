-- Lines of source around the finding's own.
SELECT
    format('%5d', fs.first_line + l.key) AS number,
    CASE l.value WHEN '' THEN ' ' ELSE l.value END AS text,
    fs.first_line + l.key = f.line AS "is_line:bool"
FROM v_finding_source AS fs
JOIN v_finding_or_look AS f USING (id)
JOIN json_each(fs.lines) AS l
WHERE fs.id = :finding_id
ORDER BY l.key;
