-- What the page of all rules says first: one row.
WITH rule AS (
    SELECT
        count(*) AS rules,
        total(r.looked > 0) AS evaluable,
        total(r.announced > 0) AS warned,
        total(r.false_alarms > 0) AS noisy,
        max(r.quiet_services) AS quiet_services,
        max(r.quiet_weeks) AS quiet_weeks,
        max(r.announced) AS announced,
        max(r.incidents) AS incidents
    FROM replay_by_rule AS r
),
earliest AS (
    SELECT
        r.id,
        r.lead_ns
    FROM replay_by_rule AS r
    WHERE r.lead_ns IS NOT NULL
    -- as the list below
    ORDER BY
        r.announced DESC,
        r.lead_ns DESC,
        r.noticed DESC,
        r.false_a_week,
        r.id
    LIMIT 1
),
watched AS (
    SELECT
        min(l.first_ns) AS since_ns,
        max(l.last_ns) AS until_ns
    FROM lifetime AS l
)
SELECT
    CASE
        WHEN ru.evaluable = 0 THEN 'No rule of others can be evaluated here'
        WHEN ru.incidents > 0 AND ru.warned = 0 THEN 'No rule of others would have warned of a kill'
        WHEN ru.incidents > 0 THEN format(
            '%s of %s rules of others would have warned of a kill', count_text(ru.warned), count_text(ru.evaluable)
        )
        WHEN ru.noisy = 0 THEN 'No rule of others is known to raise false alarms'
        ELSE format('%s of %s rules of others raised false alarms', count_text(ru.noisy), count_text(ru.evaluable))
    END AS title,
    CASE
        WHEN ru.incidents = 0 THEN 'No kill is known, so nobody can say which of them would have warned of one. '
        WHEN ea.lead_ns IS NOT NULL THEN format(
            '%s %s %s before. ',
            ea.id,
            iif(ru.announced > 1, 'warns of most kills, in the median', 'is the earliest,'),
            duration_text(ea.lead_ns)
        )
        ELSE ''
    END
    || CASE
        WHEN ru.evaluable = 0 THEN ''
        WHEN ru.quiet_weeks = 0 THEN 'There is no service without a finding and without a kill, so false alarms cannot be counted.'
        ELSE iif(ru.incidents = 0, '', iif(ru.noisy = 0, 'None', count_text(ru.noisy)) || ' raised false alarms. ')
            || format(
                '%s without a finding and without a kill %s watched for %s in all%s.',
                iif(ru.quiet_services = 1, 'One service', count_text(ru.quiet_services) || ' services'),
                iif(ru.quiet_services = 1, 'was', 'were'),
                duration_text(CAST(ru.quiet_weeks * 604800e9 AS INTEGER)),
                iif(ru.quiet_weeks < 1, '; that is less than a week, so alarms are counted and not told by the week', '')
            )
    END AS lead,
    CAST(ru.rules AS INTEGER) AS "rules:count",
    CAST(ru.evaluable AS INTEGER) AS "evaluable:count",
    (SELECT count(DISTINCT sd.service_id) FROM replay_said AS sd) AS "services:count",
    CAST(ru.incidents AS INTEGER) AS "incidents:count",
    CAST(ru.quiet_services AS INTEGER) AS "quiet_services:count",
    CAST(ru.quiet_weeks * 604800e9 AS INTEGER) AS "quiet:duration",
    w.since_ns AS "since:time",
    w.until_ns AS "until:time"
FROM rule AS ru
JOIN watched AS w
LEFT JOIN earliest AS ea;
