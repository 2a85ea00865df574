-- Since when, and which build: one sentence from lives, one from findings.
WITH told AS (
    SELECT
        l.lifetime_id,
        l.build,
        l.start_ns,
        dl.is_growing,
        min(CASE WHEN dl.is_growing = 1 THEN l.start_ns END) OVER () AS grows_ns
    FROM death_life AS dl
    JOIN temp.life AS l USING (lifetime_id)
),
first AS (
    SELECT
        t.build,
        t.start_ns,
        (SELECT count(*) FROM told AS o WHERE o.start_ns < t.start_ns AND o.is_growing = 0) AS calm_before,
        (
            SELECT o.build
            FROM told AS o
            WHERE o.start_ns < t.start_ns
              AND o.is_growing = 0
            ORDER BY o.start_ns DESC
            LIMIT 1
        ) AS calm_build
    FROM told AS t
    WHERE t.is_growing = 1
      AND t.start_ns = t.grows_ns
    LIMIT 1
)
SELECT
    CASE
        WHEN d.lifetime_id IS NULL THEN 'Nothing was captured, so nothing tells since when.'
        WHEN f.start_ns IS NULL AND (SELECT max(t.is_growing) FROM told AS t) IS NULL
            THEN 'No life of the service was captured often enough to say whether its live heap grew.'
        WHEN f.start_ns IS NULL THEN 'The live heap grew in no life that was captured.'
        WHEN f.calm_before = 0
            THEN format(
                'The live heap has grown since the first life that was captured%s, at %s; nothing tells of a time before.',
                coalesce(' (build ' || nullif(f.build, '') || ')', ''),
                strftime('%Y-%m-%d %H:%M UTC', f.start_ns / 1000000000, 'unixepoch')
            )
        ELSE format(
            'The live heap has grown since %s, with the life%s; %d before did not grow%s.',
            strftime('%Y-%m-%d %H:%M UTC', f.start_ns / 1000000000, 'unixepoch'),
            CASE
                WHEN f.build = '' THEN ''
                WHEN f.calm_build = f.build THEN ' of build ' || f.build
                    || ', which had not grown before: not the build alone'
                ELSE ' that brought build ' || f.build
                    || coalesce((
                        SELECT ' (release ' || nullif(b.release, '') || ')'
                        FROM v_build AS b
                        WHERE b.service = d.service
                          AND b.build = f.build
                    ), '')
            END,
            f.calm_before,
            CASE WHEN f.calm_build <> '' AND f.calm_build <> f.build THEN ', the last with build ' || f.calm_build ELSE '' END
        )
    END AS text
FROM v_death AS d
LEFT JOIN first AS f
UNION ALL
SELECT format('%s Its first bad build is %s.', fi.summary, fi.first_bad_build) AS text
FROM v_death AS d
JOIN v_finding AS fi ON fi.service = d.service
WHERE fi.state <> 'fixed'
  AND fi.first_bad_build <> ''
LIMIT 4;
