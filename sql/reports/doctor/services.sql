-- What each service gives to read, and which layers of the judgment lack something. L5 runs on whatever there is: what
-- it cannot tell of the collector then is said here.
WITH collector AS MATERIALIZED (
    SELECT
        sv.name AS service,
        max(
            c.kind IN ('gctrace')
            OR m.next_gc IS NOT NULL
        ) AS tells_goal,
        max(
            c.kind IN ('gctrace', 'cpu')
            OR m.gc_cpu_ppb IS NOT NULL
            OR EXISTS (
                SELECT 1
                FROM reading AS r
                JOIN word AS w ON w.word_id = r.name_id
                WHERE r.capture_id = c.capture_id
                  AND w.value = '/cpu/classes/gc/total:cpu-seconds'
            )
        ) AS tells_share
    FROM capture AS c
    JOIN service AS sv USING (service_id)
    LEFT JOIN memstats AS m USING (capture_id)
    WHERE c.is_foreign = 0
      AND c.is_observation = 1
    GROUP BY sv.service_id
)
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
            UNION ALL
            SELECT 'L5: ' || CASE
                WHEN co.tells_goal THEN 'nothing tells how much of the processor the collector takes; capture '
                    || '/debug/vars, runtime/metrics, a CPU profile, or a log with GODEBUG=gctrace=1'
                ELSE 'nothing tells GOGC, a memory limit of Go or how often is collected; capture '
                    || '/debug/pprof/heap?debug=1, /debug/vars, /metrics, or a log with GODEBUG=gctrace=1'
            END
            WHERE NOT (co.tells_goal AND co.tells_share)
              AND EXISTS (
                SELECT 1
                FROM v_stage AS st
                WHERE st.service = s.service
                  AND st.layer = 'L5'
                  AND st.status = 'done'
              )
            ORDER BY 1
        ) AS t
    ) AS lacks
FROM v_service AS s
LEFT JOIN collector AS co USING (service)
ORDER BY s.service;
