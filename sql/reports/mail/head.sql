-- What a mail says first: one row. The window is :since_ns to before :until_ns; the team may be NULL, for the whole
-- fleet.
WITH own_service AS (
    SELECT
        s.service_id,
        s.name
    FROM service AS s
    LEFT JOIN v_owner AS o ON o.service = s.name
    WHERE (:team IS NULL OR o.team = :team)
),
seen AS (
    SELECT
        count(*) AS captures,
        count(DISTINCT c.service_id) AS services,
        count(DISTINCT c.instance_id) AS instances
    FROM capture AS c
    JOIN own_service AS s USING (service_id)
    WHERE c.is_observation = 1
      AND c.is_foreign = 0
      AND c.time_ns >= :since_ns
      AND c.time_ns < :until_ns
),
told AS (
    SELECT
        f.id,
        f.service,
        -- of those that were captured in this time: what nobody looks at any more has no next limit
        CASE WHEN f.last_seen_ns >= :since_ns THEN f.limit_at_ns END AS limit_at_ns,
        f.severity <> 'info' AND f.class NOT IN (SELECT nl.class FROM v_no_leak_class AS nl) AS is_leak,
        (SELECT min(h.judged_ns) FROM v_finding_history AS h WHERE h.id = f.id) >= :since_ns AS is_new,
        EXISTS (
            SELECT 1
            FROM v_finding_history AS h
            WHERE h.id = f.id
              AND h.judged_ns >= :since_ns
              AND h.state = 'worse'
        ) AS is_worse,
        EXISTS (
            SELECT 1
            FROM v_finding_history AS h
            WHERE h.id = f.id
              AND h.judged_ns >= :since_ns
              AND h.state = 'regressed'
        ) AS is_back
    FROM v_finding AS f
    JOIN own_service AS s ON s.name = f.service
    WHERE f.state <> 'fixed'
      AND f.suppressed_by IS NULL
),
tally AS (
    SELECT
        (SELECT count(*) FROM own_service AS s WHERE EXISTS (
            SELECT 1 FROM capture AS c WHERE c.service_id = s.service_id AND c.is_observation = 1 AND c.is_foreign = 0
        )) AS services,
        (SELECT count(*) FROM told) AS open,
        (SELECT count(DISTINCT t.service) FROM told AS t) AS troubled,
        (SELECT count(DISTINCT t.service) FROM told AS t WHERE t.is_leak) AS leaking,
        (SELECT count(*) FROM told AS t WHERE t.is_back) AS back,
        (SELECT count(*) FROM told AS t WHERE t.is_new AND NOT t.is_back) AS fresh,
        (SELECT count(*) FROM told AS t WHERE t.is_worse AND NOT coalesce(t.is_new, 0) AND NOT t.is_back) AS worse,
        (SELECT min(t.limit_at_ns) FROM told AS t) AS limit_at_ns
),
worded AS (
    SELECT
        ta.*,
        substr(
            CASE WHEN ta.fresh > 0 THEN ', ' || count_text(ta.fresh) || ' new' ELSE '' END
            || CASE WHEN ta.back > 0 THEN ', ' || count_text(ta.back) || ' back' ELSE '' END
            || CASE WHEN ta.worse > 0 THEN ', ' || count_text(ta.worse) || ' worse' ELSE '' END
            || CASE WHEN ta.open > 0 AND ta.fresh + ta.back + ta.worse = 0 THEN ', ' || count_text(ta.open) || ' open' ELSE '' END
            || CASE
                WHEN ta.limit_at_ns > :until_ns THEN ', next limit in ' || duration_text(ta.limit_at_ns - :until_ns)
                WHEN ta.limit_at_ns IS NOT NULL THEN ', a limit is due'
                ELSE ''
            END,
            3
        ) AS changes
    FROM tally AS ta
)
SELECT
    coalesce(:team, 'fleet') AS who,
    file_name(coalesce(:team, 'fleet')) AS file,
    w.services AS "services:count",
    seen.services AS "seen:count",
    seen.instances AS "instances:count",
    seen.captures AS "captures:count",
    w.open AS "open:count",
    w.leaking AS "leaking:count",
    w.fresh + w.back + w.worse > 0 AS "is_changed:bool",
    CASE
        WHEN w.services = 0 THEN 'no captures yet'
        WHEN seen.captures = 0 AND w.open = 0 THEN 'no captures'
        WHEN seen.captures = 0 THEN 'no captures, ' || w.changes
        WHEN w.open = 0 AND NOT EXISTS (SELECT 1 FROM service AS s WHERE s.judged_by IS NOT NULL) THEN 'not judged yet'
        WHEN w.open = 0 THEN 'no leak found'
        ELSE w.changes
    END AS verdict,
    CASE
        WHEN w.services = 0 THEN 'There are no captures yet.'
        WHEN seen.captures = 0 THEN 'Nothing was captured in this time, so nothing is known of it.'
        WHEN w.open = 0 AND NOT EXISTS (SELECT 1 FROM service AS s WHERE s.judged_by IS NOT NULL)
            THEN 'Nothing has been judged yet: run ''leakledger analyze''.'
        WHEN w.open = 0 THEN 'No leak was found.'
        -- as the first page counts
        ELSE CASE
            WHEN w.leaking = 0 THEN 'No leak was found, but '
                || CASE w.troubled WHEN 1 THEN '1 service needs' ELSE count_text(w.troubled) || ' services need' END || ' attention'
            ELSE CASE w.leaking
                WHEN 1 THEN (SELECT min(t.service) FROM told AS t WHERE t.is_leak) || ' leaks'
                ELSE count_text(w.leaking) || ' of ' || count_text(w.services) || ' services leak'
            END || CASE w.troubled - w.leaking
                WHEN 0 THEN ''
                WHEN 1 THEN ' and 1 more needs attention'
                ELSE ' and ' || count_text(w.troubled - w.leaking) || ' more need attention'
            END
        END || iif(w.open > w.troubled, ', in ' || count_text(w.open) || ' findings', '') || ': ' || w.changes || '.'
    END AS title,
    -- A time is reckoned from a process's last capture, and a mail may be written and read long after that.
    (
        SELECT CASE WHEN t.limit_at_ns > :until_ns THEN 'The next limit is that of ' ELSE 'A limit is due: that of ' END
            || t.service || ', about ' || replace(substr(rfc3339(t.limit_at_ns), 1, 16), 'T', ' ') || ' UTC, if it '
            || CASE WHEN t.limit_at_ns > :until_ns THEN 'goes' ELSE 'went' END || ' on as it was last captured.'
        FROM told AS t
        WHERE t.limit_at_ns IS NOT NULL
        ORDER BY
            t.limit_at_ns,
            t.id
        LIMIT 1
    ) AS limit_words,
    :since_ns AS "since:time",
    :until_ns AS "until:time"
FROM seen
CROSS JOIN worded AS w;
