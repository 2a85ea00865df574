-- id:         class.escape_log
-- title:      What the compiler says of the line
-- layer:      L4
-- term:       class
-- needs:      v_site_growth build_fact_class
--
-- Why: a heap profile shows a map insert, an append and a new object alike: the user's line and nothing
-- of the runtime. The compiler, asked with -gcflags=-m, says of every line what it puts on the heap. About
-- three things it never speaks: a channel, an insert into a map and, before Go 1.25, the growth of a slice
-- by append; a line that the log covers and does not mention is therefore one of those, and the sizes of
-- its objects tell which.
--
-- Blind spot: the log must be of the same source; several remarks on one line are told apart by strength
-- only.
--
-- Source: formats.md 7; leaks.md 3.1, feature 1.
WITH unmentioned_class AS (
    SELECT 'channel' AS class, 0.35 AS strength
    UNION ALL SELECT 'map', 0.35
    UNION ALL SELECT 'slice', 0.25
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    CASE
        WHEN sf.what = 'moved' AND behind.distance IS NOT NULL THEN 'closure'
        ELSE coalesce(uc.class, c.class)
    END AS class,
    CASE
        WHEN sf.what = 'moved' AND behind.distance IS NOT NULL THEN 1.0 - behind.distance / 50.0
        ELSE coalesce(uc.strength, c.strength)
    END AS strength,
    CASE
        WHEN sf.what = 'moved' AND behind.distance IS NOT NULL
            THEN format(
                'the compiler says "%s", and a function literal %d lines on escapes: it keeps the '
                || 'variable',
                sf.message,
                behind.distance
            )
        WHEN sf.what = 'unmentioned'
            THEN 'the compiler''s log covers this file and says nothing of this line: it makes a '
                || 'channel, inserts into a map or appends'
        ELSE format('the compiler says "%s": the line %s', sf.message, c.meaning)
    END AS detail,
    json_object(
        'captures', json_array(sf.capture_id),
        'what', sf.what,
        'message', sf.message
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN temp.site_fact AS sf USING (site_id)
LEFT JOIN build_fact_class AS c ON c.what = sf.what
LEFT JOIN unmentioned_class AS uc ON sf.what = 'unmentioned'
LEFT JOIN temp.site_fact AS behind
    ON behind.site_id = sg.site_id
    AND behind.what = 'closure-behind'
WHERE sg.slope > 0
  AND sf.what <> 'closure-behind'
ORDER BY
    sg.service_id,
    sg.site_id,
    sf.what,
    class;
