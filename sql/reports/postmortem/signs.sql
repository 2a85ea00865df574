-- Who tells of it, and in which file.
SELECT
    s.source,
    s.time_ns AS "time:time",
    strftime('%Y-%m-%d %H:%M:%S UTC', s.time_ns / 1000000000, 'unixepoch') AS told,
    s.text,
    vs.full_path AS path
FROM death_sign AS s
JOIN capture AS c USING (capture_id)
LEFT JOIN v_content_source AS vs USING (content_id)
ORDER BY s.rank;
