-- Who tells of it, and in which file.
SELECT
    s.source,
    s.time_ns AS "time:time",
    strftime('%Y-%m-%d %H:%M:%S UTC', s.time_ns / 1000000000, 'unixepoch') AS told,
    s.text,
    (SELECT vs.full_path FROM v_content_source AS vs WHERE vs.content_id = c.content_id) AS path
FROM death_sign AS s
JOIN capture AS c USING (capture_id)
ORDER BY s.rank;
