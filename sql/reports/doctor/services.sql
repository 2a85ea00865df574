-- What each service gives to read, and which layers of the judgment lack something.
SELECT
    s.service,
    s.verdict,
    (
        SELECT group_concat(t.text, ', ')
        FROM (
            SELECT c.kind || ' ' || count(*) AS text
            FROM capture AS c
            JOIN service AS sv USING (service_id)
            WHERE sv.name = s.service
              AND c.is_foreign = 0
            GROUP BY c.kind
            ORDER BY c.kind
        ) AS t
    ) AS captured,
    (
        SELECT group_concat(t.text, char(10))
        FROM (
            SELECT st.layer || ': ' || st.reason AS text
            FROM v_stage AS st
            WHERE st.service = s.service
              AND st.status <> 'done'
            ORDER BY st.layer
        ) AS t
    ) AS lacks
FROM v_service AS s
ORDER BY s.service;
