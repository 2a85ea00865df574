-- The limits on memory that are known of a service: the newest of each source, also from captures of a pod's state, which
-- are of no life. "Go" is GOMEMLIMIT, all others are limits at which the kernel ends the process; "kill" is the one that
-- it named when it did.
-- :service_id is the one service of the scope, or 0 when there are several: what v_kill_sign holds of other
-- services would otherwise be made for each of them.
INSERT INTO memory_limit (service_id, source, limit_bytes)
WITH told AS (
    SELECT
        l.service_id,
        CASE pr.use WHEN 'go-limit' THEN 'Go' ELSE r.name END AS source,
        last_value(coalesce(r.value, 9e18), r.t_ns) AS limit_bytes
    FROM life_reading AS r
    JOIN process_reading AS pr USING (name)
    JOIN life AS l USING (lifetime_id)
    WHERE pr.use IN ('limit', 'go-limit')
    GROUP BY
        l.service_id,
        r.name
    UNION ALL
    SELECT
        c.service_id,
        n.value AS source,
        last_value(coalesce(r.value, 9e18), c.time_ns) AS limit_bytes
    FROM scope_service AS s
    CROSS JOIN capture AS c USING (service_id)
    CROSS JOIN reading AS r USING (capture_id)
    JOIN word AS n ON n.word_id = r.name_id
    LEFT JOIN pod_container AS pc ON pc.instance_id = c.instance_id
    WHERE c.kind = 'pod'
      AND c.ignored_by IS NULL
      AND c.time_ns IS NOT NULL
      AND n.value = 'limit.memory'
      AND (r.label_id = 0 OR r.label_id = pc.label_id)
      AND NOT EXISTS (
        SELECT 1
        FROM life_reading AS lr
        WHERE lr.name = n.value
          AND lr.lifetime_id IN (SELECT l.lifetime_id FROM life AS l WHERE l.service_id = s.service_id)
      )
    GROUP BY c.service_id
    UNION ALL
    SELECT
        s.service_id,
        'declared' AS source,
        last_value(d.number, coalesce(d.time_ns, 0)) AS limit_bytes
    FROM declared AS d
    JOIN service AS sv ON sv.name = d.service
    JOIN scope_service AS s USING (service_id)
    WHERE d.what = 'limit'
      AND d.name = 'memory'
      AND d.instance = ''
    GROUP BY s.service_id
    UNION ALL
    SELECT
        v.service_id,
        'kill' AS source,
        last_value(k.limit_bytes, v.time_ns) AS limit_bytes
    FROM v_kill_sign AS v
    JOIN scope_service AS s USING (service_id)
    JOIN kill AS k ON k.capture_id = v.capture_id AND k.ordinal = v.ordinal
    WHERE k.limit_bytes IS NOT NULL
      AND v.service_id BETWEEN :service_id AND iif(:service_id = 0, 9223372036854775807, :service_id)
    GROUP BY v.service_id
)
SELECT
    t.service_id,
    t.source,
    CAST(t.limit_bytes AS INTEGER) AS limit_bytes
FROM told AS t
WHERE t.limit_bytes > 0
  AND t.limit_bytes < 4611686018427387904;
