-- id:         class.escape_log
-- title:      What the compiler says of the line
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_leaf_block v_site build_fact_class
-- params:     max_function=64
--
-- Why: a heap profile shows a map insert, an append and a new object alike: the user's line and nothing
-- of the runtime. The compiler, asked with -gcflags=-m, says of every line what it puts on the heap. About
-- three things it never speaks: a channel, an insert into a map and, before Go 1.25, the growth of a slice
-- by append; a line that the log covers and does not mention is therefore one of those, and the sizes of
-- its objects tell which. So is a line of which it says what these objects cannot be: many of one size that all live
-- are no array of append, and hardly any struct has 8 KiB. Where two sizes are allocated, one object explains one.
--
-- That a line is not mentioned says nothing of what a function of another package allocated for it: it counts for the
-- part of the growth that the line allocated itself.
--
-- A function literal behind the line keeps the variable that was moved to the heap for it. It is likely to keep an
-- object as well where small objects of its own line are alive, as large as function values are.
--
-- Blind spot: the log must be of the same source; several remarks on one line are told apart by strength
-- only.
--
-- Source: formats.md 7; leaks.md 3.1, feature 1.
WITH unmentioned_class AS (
    SELECT 'channel' AS class, 0.35 AS strength
    UNION ALL SELECT 'map', 0.35
    UNION ALL SELECT 'slice', 0.25
),
shape AS MATERIALIZED (
    SELECT
        lb.site_id,
        json_extract(
            ladder_class(
                lb.block_size, lb.first_objects, lb.last_objects, lb.last_count, lb.alloc_count
            ),
            '$.rule'
        ) AS rule
    FROM v_leaf_block AS lb
    WHERE lb.leaf_id = lb.site_id
      AND lb.site_id IN (SELECT sf.site_id FROM temp.site_fact AS sf)
    GROUP BY lb.site_id
),
-- The part of what a line gained that it allocated itself, and no library that it calls.
itself AS MATERIALIZED (
    SELECT
        lb.site_id,
        sum(CASE WHEN lb.leaf_id = lb.site_id THEN max(lb.last_objects - lb.first_objects, 0) * 1.0 * lb.block_size END)
        / sum(max(lb.last_objects - lb.first_objects, 0) * 1.0 * lb.block_size) AS share
    FROM v_leaf_block AS lb
    WHERE lb.site_id IN (SELECT sf.site_id FROM temp.site_fact AS sf WHERE sf.what = 'unmentioned')
    GROUP BY lb.site_id
    HAVING sum(max(lb.last_objects - lb.first_objects, 0)) > 0
),
-- Lines of which all that the log mentions are what these objects cannot be.
unexplained AS MATERIALIZED (
    SELECT sh.site_id
    FROM shape AS sh
    JOIN temp.site_fact AS sf USING (site_id)
    WHERE sh.rule IN ('one-size', 'big')
      AND sf.what <> 'closure-behind'
    GROUP BY sh.site_id
    HAVING max(sf.what IN ('append', 'pointer'))
       AND min(sf.what IN ('append', 'variadic') OR (sh.rule = 'big' AND sf.what IN ('pointer', 'boxing')))
),
remark AS (
    SELECT
        sf.site_id,
        sf.capture_id,
        sf.what,
        sf.message,
        CASE
            WHEN sf.what = 'moved' AND behind.distance IS NOT NULL THEN 'closure'
            WHEN un.site_id IS NOT NULL AND sf.what IN ('append', 'pointer') THEN 'channel'
            ELSE coalesce(uc.class, c.class)
        END AS class,
        CASE
            WHEN sf.what = 'moved' AND behind.distance IS NOT NULL THEN 1.0 - behind.distance / 50.0
            WHEN un.site_id IS NOT NULL AND sf.what IN ('append', 'pointer') THEN 0.8
            WHEN sf.what = 'pointer' AND sh.rule = 'channel' THEN 0.25
            WHEN sf.what = 'unmentioned' THEN uc.strength * coalesce(it.share, 0)
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
            WHEN un.site_id IS NOT NULL AND sf.what IN ('append', 'pointer')
                THEN format(
                    'the compiler says "%s", which these objects cannot be, and never speaks of channels: the line '
                    || 'makes one as well',
                    sf.message
                )
            WHEN sf.what = 'unmentioned'
                THEN 'the compiler''s log covers this file and says nothing of this line: it makes a '
                    || 'channel, inserts into a map or appends'
            ELSE format('the compiler says "%s": the line %s', sf.message, c.meaning)
        END AS detail
    FROM temp.site_fact AS sf
    LEFT JOIN build_fact_class AS c ON c.what = sf.what
    LEFT JOIN unmentioned_class AS uc ON sf.what = 'unmentioned'
    LEFT JOIN shape AS sh USING (site_id)
    LEFT JOIN unexplained AS un USING (site_id)
    LEFT JOIN itself AS it USING (site_id)
    LEFT JOIN temp.site_fact AS behind
        ON behind.site_id = sf.site_id
        AND behind.what = 'closure-behind'
    WHERE sf.what <> 'closure-behind'
    UNION ALL
    SELECT
        sf.site_id,
        sf.capture_id,
        'captured' AS what,
        behind.message,
        'closure' AS class,
        0.9 AS strength,
        format(
            'the compiler says "%s" of line %d, where objects of %d bytes are alive: a function value, which may '
            || 'keep what this line makes',
            behind.message,
            si.line + behind.distance,
            min(lb.block_size)
        ) AS detail
    FROM temp.site_fact AS sf
    JOIN temp.site_fact AS behind
        ON behind.site_id = sf.site_id
        AND behind.what = 'closure-behind'
    JOIN v_site AS si ON si.site_id = sf.site_id
    JOIN v_site AS literal
        ON literal.service_id = si.service_id
        AND literal.function = si.function
        AND literal.file = si.file
        AND literal.line = si.line + behind.distance
    JOIN v_leaf_block AS lb ON lb.site_id = literal.site_id AND lb.leaf_id = literal.site_id
    WHERE sf.what IN ('pointer', 'slice')
      AND lb.block_size BETWEEN 16 AND :max_function
      AND lb.last_count > 0
    GROUP BY sf.site_id
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    r.class,
    r.strength,
    r.detail,
    json_object(
        'captures', json_array(r.capture_id),
        'what', r.what,
        'message', r.message
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN remark AS r USING (site_id)
WHERE sg.slope > 0
  AND r.strength > 0
ORDER BY
    sg.service_id,
    sg.site_id,
    r.what,
    r.class;
