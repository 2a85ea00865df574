-- Kills that befell no service of which there are captures: how many, and whom.
SELECT
    count(*) AS kills,
    group_concat(DISTINCT coalesce(nullif(k.process, ''), nullif(k.container, ''), k.pod)) AS names
FROM kill AS k
WHERE k.capture_id NOT IN (SELECT v.capture_id FROM v_incident AS v);
