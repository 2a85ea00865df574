-- The first and the last of the captures that count, of each kind, on the instance with most of them: what
-- to compare by hand.
WITH used AS (
    SELECT DISTINCT
        c.capture_id,
        c.instance_id,
        CASE WHEN c.kind IN ('heap', 'allocs') THEN 'heap' ELSE c.kind END AS kind,
        c.format,
        c.time_ns,
        vs.full_path AS path,
        -- for a shell, in which nothing within single quotes is special but the quote; what begins with a
        -- dash would be an option
        CASE
            WHEN vs.member_name IS NULL OR vs.member_name GLOB '-*' OR vs.path GLOB '-*'
                THEN '''' || replace(vs.full_path, '''', '''\''''') || ''''
            WHEN vs.path GLOB '*.[zZ][iI][pP]'
                THEN '<(unzip -p ''' || replace(vs.path, '''', '''\''''') || ''' ''' || replace(vs.member_name, '''', '''\''''') || ''')'
            ELSE '<(tar --force-local -xOf ''' || replace(vs.path, '''', '''\''''') || ''' ''' || replace(vs.member_name, '''', '''\''''') || ''')'
        END AS quoted
    FROM v_evidence_capture AS ec
    JOIN capture AS c USING (capture_id)
    JOIN v_content_source AS vs USING (content_id)
    WHERE ec.id = :finding_id
      AND c.time_ns IS NOT NULL
),
busiest AS (
    SELECT
        u.kind,
        u.format,
        u.instance_id,
        count(*) AS captures,
        min(u.time_ns) AS first_ns,
        max(u.time_ns) AS last_ns,
        row_number() OVER (PARTITION BY u.kind ORDER BY u.format <> 'pprof', count(*) DESC, u.instance_id) AS place
    FROM used AS u
    GROUP BY
        u.kind,
        u.format,
        u.instance_id
)
SELECT
    b.kind,
    b.format,
    i.name AS instance,
    b.captures AS "captures:count",
    f.quoted AS first_quoted,
    f.path AS first,
    b.first_ns AS "first_time:time",
    l.quoted AS last_quoted,
    l.path AS last,
    b.last_ns AS "last_time:time"
FROM busiest AS b
JOIN instance AS i USING (instance_id)
JOIN used AS f ON f.instance_id = b.instance_id AND f.kind = b.kind AND f.format = b.format AND f.time_ns = b.first_ns
JOIN used AS l ON l.instance_id = b.instance_id AND l.kind = b.kind AND l.format = b.format AND l.time_ns = b.last_ns
WHERE b.place = 1
GROUP BY b.kind
ORDER BY b.kind;
