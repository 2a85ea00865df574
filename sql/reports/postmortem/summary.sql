-- The post-mortem in a few lines of text.
SELECT t.text
FROM (
    SELECT
        1 AS place,
        format(
            '%s%s, %s%s: %s',
            d.service,
            coalesce(' (' || nullif(d.instance, '') || ')', ''),
            strftime('%Y-%m-%d %H:%M:%S UTC', d.time_ns / 1000000000, 'unixepoch'),
            coalesce(' to ' || strftime('%H:%M:%S UTC', d.until_ns / 1000000000, 'unixepoch'), ''),
            CASE
                WHEN d.is_survivor = 1 THEN 'another process of its cgroup was killed'
                WHEN d.scope = 'global' THEN 'killed, the machine had no memory left'
                WHEN d.limit_bytes IS NOT NULL THEN 'killed at its limit of ' || bytes_text(d.limit_bytes)
                ELSE 'killed for its memory'
            END
        ) AS text
    FROM v_death AS d
    UNION ALL
    SELECT 2, '  ' || v.title || '. ' || v.sentence
    FROM death_verdict AS v
    WHERE v.is_chosen = 1
    UNION ALL
    SELECT 3, format('  last capture %s before the kill', duration_text(d.unseen_ns))
    FROM v_death AS d
    WHERE d.unseen_ns IS NOT NULL
    UNION ALL
    SELECT 4, format('  grew most in the heap: %s (%s), by %s', ds.function, ds.place, bytes_text(ds.gain))
    FROM (
        SELECT s.function, s.place, s.gain
        FROM v_death_site AS s
        LIMIT 1
    ) AS ds
    UNION ALL
    SELECT 5, format('  not known: %s', g.what)
    FROM (
        SELECT x.what
        FROM death_gap AS x
        WHERE x.is_bad = 1
        ORDER BY x.place
        LIMIT 3
    ) AS g
) AS t
ORDER BY t.place;
