-- Services better or worse: the shortest time to a limit among the open findings of a service, by the last
-- judgment and by the last one before the window. A row where the two differ by a tenth and more.
WITH judged AS (
    SELECT
        h.service,
        h.id,
        h.time_to_limit_ns,
        h.state,
        h.judged_ns >= :since_ns AS is_now,
        row_number() OVER (
            PARTITION BY
                h.id,
                h.judged_ns >= :since_ns
            ORDER BY h.judged_ns DESC
        ) AS place
    FROM v_finding_history AS h
    WHERE h.judged_ns < :until_ns
),
shortest AS (
    SELECT
        j.service,
        min(CASE WHEN j.is_now = 1 THEN j.time_to_limit_ns END) AS now_ns,
        min(CASE WHEN j.is_now = 0 THEN j.time_to_limit_ns END) AS before_ns
    FROM judged AS j
    WHERE j.place = 1
      AND j.state <> 'fixed'
    GROUP BY j.service
)
SELECT
    s.service,
    s.before_ns AS "before:duration",
    s.now_ns AS "now:duration",
    CASE WHEN s.now_ns < s.before_ns THEN 'worse' ELSE 'better' END AS change
FROM shortest AS s
LEFT JOIN v_owner AS o ON o.service = s.service
WHERE (:team IS NULL OR o.team = :team)
  AND s.now_ns IS NOT NULL
  AND s.before_ns IS NOT NULL
  AND abs(s.now_ns - s.before_ns) >= 0.1 * s.before_ns
ORDER BY
    s.now_ns,
    s.service;
