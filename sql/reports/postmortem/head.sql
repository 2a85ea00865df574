-- The kill in short. Bound to nothing: the post-mortem is open (sql/postmortem/tables.sql).
WITH fact AS (
    SELECT
        max(CASE WHEN f.name = 'slope' THEN f.value END) AS slope,
        max(CASE WHEN f.name = 'unseen_gain' THEN CAST(f.value AS INTEGER) END) AS unseen_gain,
        max(CASE WHEN f.name = 'peak_first' THEN CAST(f.value AS INTEGER) END) AS peak_first
    FROM death_fact AS f
),
-- How sure the verdict is: all its conditions hold, or it were none. Which others are not ruled out?
doubt AS (
    SELECT
        total(o.holds IS NULL) AS unknown,
        group_concat(o.title, ', ') AS titles
    FROM (
        SELECT
            v.title,
            v.holds
        FROM death_verdict AS v
        WHERE v.is_chosen = 0
          AND v.verdict <> 'unknown'
          AND v.holds IS NOT 0
        ORDER BY v.place
    ) AS o
)
SELECT
    d.service,
    '../service/' || file_name(d.service) || '.html' AS service_page,
    d.service
    || CASE
        WHEN d.is_survivor = 1 THEN ' lived on when another process of its cgroup was killed'
        WHEN d.scope = 'global' THEN ' was killed because the machine had no memory left'
        WHEN d.limit_bytes IS NOT NULL THEN ' was killed at its limit of ' || bytes_text(d.limit_bytes)
        ELSE ' was killed for its memory'
    END
    || CASE WHEN d.is_survivor = 1 THEN '' ELSE ': ' || v.title END AS title,
    d.instance,
    d.time_ns AS "time:time",
    strftime('%Y-%m-%d %H:%M:%S UTC', d.time_ns / 1000000000, 'unixepoch') AS died,
    CASE WHEN d.until_ns IS NOT NULL THEN strftime('%Y-%m-%d %H:%M:%S UTC', d.until_ns / 1000000000, 'unixepoch') END AS until,
    d.sources,
    d.text,
    v.verdict,
    v.title AS verdict_title,
    v.rule,
    v.sentence,
    CASE v.verdict
        WHEN 'leak' THEN coalesce(
            (
                SELECT x.remedy
                FROM v_finding AS x
                LEFT JOIN death_foresight AS fs
                    ON fs.service_id = d.service_id
                    AND fs.time_ns = d.time_ns
                    AND fs.finding_id = x.id
                WHERE x.service = d.service
                  AND x.state <> 'fixed'
                  AND x.growth_bytes_per_day > 0
                  AND (fs.finding_id IS NOT NULL OR x.first_seen_ns <= d.end_ns)
                ORDER BY
                    x.growth_bytes_per_day DESC,
                    x.id
                LIMIT 1
            ),
            'Find what keeps the memory that grew; where it was allocated stands below.'
        )
        WHEN 'limit' THEN 'Give it '
            || coalesce('the ' || bytes_text(f.peak_first) || ' that it needs', 'more') || ', or let the collector run '
            || 'earlier: a lower GOGC, or a GOMEMLIMIT below the limit. Both cost processor time.'
        WHEN 'burst' THEN 'See what it was asked to do in the time before the kill; bound how much of that runs at '
            || 'once and how large one piece may be, or give it more room.'
        WHEN 'spiral' THEN 'What is alive does not fit: keep less of it, or raise GOMEMLIMIT and the limit together.'
        -- No verdict is no reason to say nothing of a line that took a fifth of the heap.
        ELSE coalesce(
            (
                SELECT format(
                    'Look first at what %s (%s) keeps: it gained %s between the first and the last heap profile. What is '
                    || 'not known stands below, and with each what to capture next time.',
                    ds.function,
                    ds.place,
                    bytes_text(ds.gain)
                )
                FROM v_death_site AS ds
                WHERE ds.share >= 0.2
                LIMIT 1
            ),
            'Nothing yet: what is not known stands below, and with each what to capture next time.'
        )
    END AS advice,
    CASE
        WHEN v.verdict <> 'unknown' THEN (
            SELECT 'All ' || count(*) || ' conditions of this verdict hold'
            FROM death_condition AS c
            WHERE c.verdict = v.verdict
        ) || CASE
            WHEN o.titles IS NULL THEN ', and each of the other three fails in one at least.'
            WHEN o.unknown = 0 THEN '; those of another hold, too: ' || o.titles || '.'
            ELSE '; not ruled out: ' || o.titles || '.'
        END
    END AS sure,
    d.limit_bytes AS "limit:bytes",
    CASE d.limit_source
        WHEN 'kill' THEN 'told by the kill itself'
        WHEN 'configured' THEN 'told by the configuration'
        WHEN 'declared' THEN 'told by a table of limits'
        WHEN 'limit.memory' THEN 'told by the pod''s specification'
        WHEN 'cgroup.memory.max' THEN 'told by its cgroup''s files'
        ELSE CASE d.scope WHEN 'global' THEN 'the machine''s memory; no limit of its own was met' ELSE 'nobody tells it' END
    END AS limit_words,
    d.last_ns AS "last:time",
    d.unseen_ns AS "unseen:duration",
    CAST(max(0, f.slope) * d.unseen_ns AS INTEGER) AS "expected:bytes",
    f.unseen_gain AS "unseen_gain:bytes",
    d.rss AS "rss:bytes",
    d.usage AS "usage:bytes",
    d.total_vm AS "total_vm:bytes",
    d.age_ns AS "age:duration",
    nullif(d.build, '') AS build,
    CASE
        WHEN EXISTS (SELECT 1 FROM declared AS dc WHERE dc.service = d.service AND dc.what = 'release')
            THEN (SELECT nullif(b.release, '') FROM v_build AS b WHERE b.service = d.service AND b.build = d.build)
    END AS release,
    nullif(d.process, '') AS process,
    d.pid,
    nullif(d.host, '') AS host,
    nullif(d.cgroup, '') AS cgroup,
    nullif(d.pod, '') AS pod,
    nullif(d.container, '') AS container,
    d.exit_code,
    d.restarts,
    CASE d.chosen_by
        WHEN 'told' THEN 'the kill names it'
        WHEN 'pid' THEN 'its /proc status had the victim''s pid'
        WHEN 'only' THEN 'the only one that was captured'
        WHEN 'silent' THEN 'the only one that fell silent then'
        WHEN 'nearest' THEN 'a guess: its captures end nearest to the kill'
    END AS chosen_words,
    d.is_survivor AS "is_survivor:bool",
    CASE WHEN d.skew_ns > 0 THEN d.skew_ns END AS "skew:duration"
FROM v_death AS d
JOIN death_verdict AS v ON v.is_chosen = 1
JOIN fact AS f
JOIN doubt AS o;
