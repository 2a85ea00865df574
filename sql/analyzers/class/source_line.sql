-- id:         class.source_line
-- title:      What the line of source says
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_site_source source_line
--
-- Why: a heap profile shows a map insert, an append and a new object alike. Where --source names the program's
-- directory, and the function encloses the line in the file that is found there, the line itself says which it
-- is: append, make, a timer, a context, an assignment under a key.
--
-- Blind spot: one line is looked at, not the types behind it, and a file of another version in which the function
-- still encloses the line is taken for the one that was built.
--
-- Source: formats.md 2.6; leaks.md 3.1, feature 1.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    t.class,
    t.strength,
    'the source says that the line ' || t.meaning AS detail,
    json_object('captures', json('[]'), 'meaning', t.meaning) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        sg.service_id,
        sg.site_id,
        sl.class,
        sl.strength,
        sl.meaning,
        row_number() OVER (
            PARTITION BY sg.site_id, sl.class
            ORDER BY sl.place
        ) AS place
    FROM v_site_growth AS sg
    JOIN v_site_source AS ss USING (site_id)
    JOIN source_line AS sl ON ' ' || trim(ss.code) || ' ' GLOB sl.pattern
    WHERE sg.slope > 0
) AS t
WHERE t.place = 1
ORDER BY
    t.service_id,
    t.site_id,
    t.class;
