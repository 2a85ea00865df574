-- id:         heap.container
-- title:      What the growing memory is put into grows in leaps
-- layer:      L2
-- term:       container
-- needs:      heap.site_growth v_site_growth v_leaf_block v_site_kin
-- params:     max_p=0.01, min_bytes=524288, min_share=0.1, min_slot=4, max_level=1
--
-- Why: what is put into a map or a slice grows steadily, the container itself in leaps: it stays as it is for
-- days and then doubles. Its own trend is a staircase that no test calls a trend. But where the sizes at a
-- line form the ladder of a map or of append, where it ends higher than it began, and where another line
-- of the same operation gains memory, that line is where the container grows and where a person has to look.
-- It must be large enough for that: what it gained is a tenth of its contents, or half a pointer for each of the
-- objects that came, however large they are. Of one operation are lines of one function, of a function and
-- one that it calls, and of two that a third calls directly, from different lines; a router or a worker that passes
-- on whatever comes, from one line or through a library, makes no pair of what it calls.
--
-- Blind spot: a container of something else in the same function that happened to grow too. Of more than 32 growing lines
-- of a function one of the two must be among the 32 that grow most.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.5.
WITH laddered AS (
    SELECT
        b.site_id,
        ladder_class(
            b.block_size, b.first_objects, b.last_objects, b.last_count, b.alloc_count
        ) AS ladder
    FROM v_leaf_block AS b
    GROUP BY
        b.site_id,
        b.leaf_id
),
container AS (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.growth,
        min(json_extract(l.ladder, '$.why')) AS why
    FROM v_site_growth AS sg
    JOIN laddered AS l USING (site_id)
    WHERE json_extract(l.ladder, '$.rule') IN ('append', 'bucket-map', 'table-map')
      AND sg.owner = 'own'
      AND sg.growth >= :min_bytes
      AND sg.p_plain <= :max_p
      AND sg.last_space >= sg.first_space + :min_bytes
    GROUP BY
        sg.service_id,
        sg.site_id
),
contents AS (
    SELECT
        c.service_id,
        c.site_id,
        c.growth,
        c.why,
        k.function,
        sg.site_id AS contents_id,
        sg.file,
        sg.line,
        sg.growth AS contents_growth,
        sg.growth * max(sg.objects_slope, 0) / sg.slope AS objects
    FROM container AS c
    JOIN v_site_kin AS k USING (service_id, site_id)
    JOIN v_site_growth AS sg ON sg.site_id = k.other_id
    WHERE k.level <= :max_level
      AND sg.slope_low > 0
      AND sg.p_plain <= :max_p
)
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    NULL AS class,
    1.0 AS strength,
    format(
        '%s keeps here what it gains at %s:%d: %s for %s; %s',
        t.function,
        t.file,
        t.line,
        bytes_text(CAST(t.growth AS INTEGER)),
        CASE
            WHEN t.objects >= 1 THEN format('about %s objects', count_text(CAST(t.objects AS INTEGER)))
            ELSE bytes_text(CAST(t.contents_growth AS INTEGER))
        END,
        t.why
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'growth', t.growth,
        'contents_growth', t.contents_growth,
        'contents_objects', t.objects
    ) AS evidence,
    'site:' || t.contents_id AS same_as
FROM contents AS t
WHERE t.growth >= :min_share * t.contents_growth
   OR (t.objects >= 1 AND t.growth >= :min_slot * t.objects)
ORDER BY
    t.service_id,
    t.site_id,
    t.contents_id;
