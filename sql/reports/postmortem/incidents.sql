-- Kills, the newest first; :service a name, or NULL for all; :service_id the same, or 0. is_seen: the service
-- was seen running, and has a page. One of a capture's own place (the log of a node) that also befell a service that
-- was seen running is not shown a second time. What befell others is worked out only for the list of all: it is most
-- of the work.
WITH told AS (
    SELECT v.*
    FROM v_incident AS v
    WHERE v.service_id = :service_id
    UNION ALL
    SELECT v.*
    FROM v_incident AS v
    WHERE coalesce(:service_id, 0) = 0
),
incident AS MATERIALIZED (
    SELECT
        v.*,
        coalesce(i.name, '') AS instance,
        EXISTS (
            SELECT 1
            FROM capture AS c
            WHERE c.service_id = v.service_id
              AND c.is_observation = 1
              AND c.is_foreign = 0
        ) AS is_seen,
        strftime('%Y%m%dT%H%M%S', v.time_ns / 1000000000, 'unixepoch') AS stamp
    FROM told AS v
    LEFT JOIN instance AS i ON i.instance_id = v.instance_id
),
numbered AS (
    SELECT
        n.*,
        row_number() OVER (
            PARTITION BY
                n.service_id,
                n.stamp
            ORDER BY
                n.time_ns,
                n.instance_id
        ) AS number
    FROM incident AS n
)
SELECT
    n.service_id,
    n.time_ns,
    coalesce(n.instance_id, 0) AS instance_id,
    n.service,
    n.instance,
    n.time_ns AS "time:time",
    strftime('%Y-%m-%d %H:%M:%S', n.time_ns / 1000000000, 'unixepoch') || ' UTC' AS died,
    CASE
        WHEN n.until_ns IS NOT NULL THEN strftime('%Y-%m-%d %H:%M:%S', n.until_ns / 1000000000, 'unixepoch') || ' UTC'
    END AS until,
    n.sources,
    (
        SELECT first_value_by(k.limit_bytes, abs(k.time_ns - n.time_ns))
        FROM kill AS k
        WHERE k.capture_id = n.capture_id
          AND k.limit_bytes < 4611686018427387904
    ) AS "limit:bytes",
    n.text,
    file_name(n.service) || '-' || n.stamp || 'Z' || CASE WHEN n.number > 1 THEN '-' || n.number ELSE '' END AS name,
    'service/' || file_name(n.service) || '.html' AS service_page,
    n.is_seen AS "is_seen:bool"
FROM numbered AS n
WHERE (
    :service IS NULL
    OR n.service = :service
)
  AND (
    n.is_seen
    OR n.capture_id NOT IN (
        SELECT o.capture_id
        FROM incident AS o
        WHERE o.is_seen
    )
)
ORDER BY
    n.time_ns DESC,
    n.service,
    n.instance;
