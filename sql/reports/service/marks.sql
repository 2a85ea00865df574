-- Restarts and deploys of an instance, for its pictures. The first life began before we looked.
SELECT
    l.first_ns AS t_ns,
    CASE WHEN l.build <> before.build THEN 'deploy' ELSE 'restart' END AS kind,
    CASE WHEN l.build <> before.build THEN substr(l.build, 1, 12) ELSE '' END AS label
FROM lifetime AS l
JOIN lifetime AS before ON before.instance_id = l.instance_id AND before.ordinal = l.ordinal - 1
WHERE l.instance_id = :instance_id
ORDER BY l.ordinal;
