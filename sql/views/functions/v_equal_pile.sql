-- v_equal_pile: two places where goroutines become more and more, and whose numbers belong together: methods of one type or
-- functions of one function, or the two ends of connections of HTTP of which both are in this process
--   service_id, site_id, other_id
--   kind       type: both are methods of one type; ends: the first is the client's end, the second the server's
--   captures   in which both were counted
--   equal      of these, in which they were as many: one more or less, or a fiftieth
CREATE VIEW v_equal_pile AS
WITH growing AS MATERIALIZED (
    SELECT
        cg.site_id,
        cg.service_id,
        rtrim(si.function, replace(si.function, '.', '')) AS owner,
        si.function = 'net/http.(*persistConn).readLoop' AS is_client,
        EXISTS (
            SELECT 1
            FROM v_stack_site AS vs
            CROSS JOIN stack_frame AS sf ON sf.service_id = vs.service_id AND sf.stack_id = vs.stack_id
            WHERE vs.service_id = cg.service_id
              AND vs.blocked_id = cg.site_id
              AND sf.function = 'net/http.(*conn).serve'
        ) AS is_server
    FROM v_cluster_growth AS cg
    JOIN v_site AS si USING (site_id)
    WHERE cg.slope_low > 0
      AND cg.growth >= 10
),
number AS MATERIALIZED (
    SELECT
        gs.site_id,
        gs.capture_id,
        gs.count
    FROM growing AS g
    CROSS JOIN v_goroutine_series AS gs ON gs.site_id = g.site_id
    WHERE gs.is_judged = 1
),
kin AS (
    SELECT
        a.service_id,
        a.site_id,
        b.site_id AS other_id,
        'type' AS kind
    FROM growing AS a
    JOIN growing AS b
        ON b.service_id = a.service_id
        AND b.owner = a.owner
        AND b.site_id < a.site_id
    UNION ALL
    SELECT
        a.service_id,
        a.site_id,
        b.site_id,
        'ends'
    FROM growing AS a
    JOIN growing AS b ON b.service_id = a.service_id
    WHERE a.is_client = 1
      AND b.is_server = 1
)
SELECT
    k.service_id,
    k.site_id,
    k.other_id,
    k.kind,
    count(*) AS captures,
    sum(abs(x.count - y.count) <= max(1, 0.02 * x.count)) AS equal
FROM kin AS k
JOIN number AS x ON x.site_id = k.site_id
JOIN number AS y ON y.site_id = k.other_id AND y.capture_id = x.capture_id
GROUP BY
    k.site_id,
    k.other_id,
    k.kind;
