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
placed AS (
    SELECT
        u.*,
        row_number() OVER (own ORDER BY u.time_ns, u.path) AS from_first,
        row_number() OVER (own ORDER BY u.time_ns DESC, u.path DESC) AS from_last
    FROM used AS u
    WINDOW own AS (PARTITION BY u.kind, u.format, u.instance_id)
),
busiest AS (
    SELECT
        p.kind,
        p.format,
        p.instance_id,
        i.name AS instance,
        count(*) AS captures,
        row_number() OVER (PARTITION BY p.kind ORDER BY p.format <> 'pprof', count(*) DESC, i.name, p.format) AS place
    FROM placed AS p
    JOIN instance AS i USING (instance_id)
    GROUP BY
        p.kind,
        p.format,
        p.instance_id
)
SELECT
    b.kind,
    b.format,
    b.instance,
    b.captures AS "captures:count",
    f.quoted AS first_quoted,
    f.path AS first,
    f.time_ns AS "first_time:time",
    l.quoted AS last_quoted,
    l.path AS last,
    l.time_ns AS "last_time:time"
FROM busiest AS b
JOIN placed AS f USING (kind, format, instance_id)
JOIN placed AS l USING (kind, format, instance_id)
WHERE b.place = 1
  AND f.from_first = 1
  AND l.from_last = 1
ORDER BY b.kind;
