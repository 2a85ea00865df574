-- Commands that show the same. Texts are quoted for a shell, in which nothing within single quotes is special but
-- the quote.
WITH file AS (
    SELECT
        c.kind,
        c.time_ns,
        '''' || replace(vs.path, '''', '''\''''') || '''' AS quoted,
        row_number() OVER (PARTITION BY c.kind ORDER BY c.time_ns, c.capture_id) AS from_first,
        row_number() OVER (PARTITION BY c.kind ORDER BY c.time_ns DESC, c.capture_id DESC) AS from_last
    FROM v_death AS d
    CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
    CROSS JOIN capture AS c ON c.capture_id = lc.capture_id
    CROSS JOIN v_content_source AS vs USING (content_id)
    WHERE c.format = 'pprof'
      AND c.kind IN ('heap', 'goroutine')
      AND c.time_ns <= d.end_ns
      AND vs.member_name IS NULL
)
SELECT
    1 AS place,
    'this page' AS what,
    format(
        'leakledger postmortem ''%s'' --at %s',
        replace(d.service, '''', '''\'''''),
        strftime('%Y-%m-%dT%H:%M:%SZ', d.time_ns / 1000000000, 'unixepoch')
    ) AS command
FROM v_death AS d
UNION ALL
SELECT 2, 'what grew between the first and the last heap profile of the dead process',
    format('go tool pprof -top -inuse_space -diff_base %s %s', f.quoted, l.quoted)
FROM file AS f
JOIN file AS l ON l.kind = 'heap' AND l.from_last = 1
WHERE f.kind = 'heap'
  AND f.from_first = 1
  AND f.quoted <> l.quoted
UNION ALL
SELECT 3, 'goroutines at the last capture', format('go tool pprof -top %s', l.quoted)
FROM file AS l
WHERE l.kind = 'goroutine'
  AND l.from_last = 1
UNION ALL
SELECT 4, 'what rules would have said, capture by capture',
    format('leakledger replay all --service ''%s'' --alarms', replace(d.service, '''', '''\'''''))
FROM v_death AS d
UNION ALL
SELECT 5, 'all that was read of it',
    format(
        'sqlite3 leakledger.db "SELECT full_path, kind, status FROM v_capture WHERE service = ''%s'' ORDER BY time_ns"',
        replace(d.service, '''', '''''')
    )
FROM v_death AS d
WHERE d.service NOT GLOB '*["$`\]*'
ORDER BY place;
