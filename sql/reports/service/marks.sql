-- Restarts, deploys and kills of an instance, for its pictures. The first life began before we looked.
SELECT
    l.first_ns AS t_ns,
    CASE WHEN l.build <> before.build THEN 'deploy' ELSE 'restart' END AS kind,
    CASE
        WHEN l.build <> before.build THEN coalesce((
            SELECT nullif(vb.release, '')
            FROM v_build AS vb
            JOIN service AS s ON s.name = vb.service
            WHERE s.service_id = l.service_id
              AND vb.build = l.build
        ), substr(l.build, 1, 12))
        ELSE ''
    END AS label
FROM lifetime AS l
JOIN lifetime AS before ON before.instance_id = l.instance_id AND before.ordinal = l.ordinal - 1
WHERE l.instance_id = :instance_id
UNION ALL
SELECT
    v.time_ns,
    'kill',
    'OOM kill'
FROM v_incident AS v
WHERE v.service_id = :service_id
  AND (v.instance_id = :instance_id OR v.instance_id IS NULL)
  AND v.time_ns IS NOT NULL
ORDER BY
    t_ns,
    kind;
