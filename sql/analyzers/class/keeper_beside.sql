-- id:         class.keeper_beside
-- title:      A small container beside the line has room for what stays
-- layer:      L4
-- term:       keeper
-- needs:      v_sampling v_kept v_hand v_leaf_block v_site library_frame
-- params:     max_p=0.01, max_level=1, least_certainty=0.6, strength=0.8, sure=0.95, max_function=64, least_chance=0.01, most=64, near=16
--
-- Why: what keeps large objects is small: a map of ten thousand sessions has half a MiB of tables, of which sampling sees
-- one or two. No trend shows in them. But how large the blocks of a map or of a slice that grew by append are follows
-- from the number of entries, to the byte, and the number of objects that stay is known. Where a line that the same
-- function has a hand in allocated blocks of such sizes, about as many as those entries would give, the objects are taken
-- to be kept there. Where a library made the container, the catalog says whose it is: a sync.Map, the children of a
-- context, the runtime's heap of timers.
--
-- Where a later line of the function also makes one object of at most 64 bytes for each, and that very line fills a
-- slice, what is put into it is taken for a function value that captured the object: a slice of pointers to such
-- small structs is rare. A map of them is not: an entry holds the object and when it ends. Where the compiler's log says
-- that a function literal or a method value of the line through which the container is filled escapes, it is one,
-- whatever was sampled.
--
-- Where that is sure, and the container's line is of the same package of the program's own code, a second row is about
-- that line: there is what a person has to look at first, and what is made elsewhere is named with it. A container of
-- another package may have other users: who fills it is named, and the package in the evidence.
--
-- Of a service the 64 lines that keep most are looked at, and of each the 16 containers whose lines are nearest, itself
-- among them.
--
-- Blind spot: another container in the same function that happens to have as many entries; one made with its full
-- length at once. A small struct around each object looks like a function value.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.5 and 2.2.
WITH kept AS MATERIALIZED (
    SELECT
        t.service_id,
        t.site_id,
        t.lives,
        t.size,
        t.samples,
        t.objects
    FROM (
        SELECT
            k.*,
            row_number() OVER (PARTITION BY k.service_id ORDER BY k.objects * max(k.size, 1) DESC, k.site_id) AS place
        FROM v_kept AS k
        WHERE k.p_plain <= :max_p
    ) AS t
    WHERE t.place <= :most
),
-- Blocks that a container may have, and small objects; of a library those that the catalog knows for containers.
block AS MATERIALIZED (
    SELECT
        lb.service_id,
        lb.site_id,
        lb.leaf_id,
        lb.block_size,
        lb.last_count,
        lb.alloc_count,
        frame.class
    FROM v_leaf_block AS lb
    LEFT JOIN (
        SELECT
            leaf.site_id AS leaf_id,
            max(lf.class) AS class
        FROM v_site AS leaf
        JOIN library_frame AS lf ON leaf.function GLOB lf.pattern
        WHERE leaf.owner <> 'own'
          AND lf.is_content = 0
          AND lf.class IN ('map', 'timer', 'context')
          AND leaf.site_id IN (SELECT b.leaf_id FROM v_leaf_block AS b WHERE b.block_size >= 1024)
        GROUP BY leaf.site_id
    ) AS frame ON frame.leaf_id = lb.leaf_id
    WHERE lb.alloc_count > 0
      AND (lb.block_size >= 1024 OR lb.block_size <= :max_function)
      AND (lb.leaf_id = lb.site_id OR frame.class IS NOT NULL)
      AND lb.service_id IN (SELECT k.service_id FROM kept AS k)
),
near AS MATERIALIZED (
    SELECT DISTINCT
        h.service_id,
        h.site_id,
        h.function,
        h.level,
        h.line,
        h.is_direct
    FROM (
        SELECT
            k.service_id,
            k.site_id
        FROM kept AS k
        UNION
        SELECT
            b.service_id,
            b.site_id
        FROM block AS b
    ) AS t
    CROSS JOIN v_hand AS h USING (service_id, site_id)
    WHERE h.level <= :max_level
),
-- Which lines one function has a hand in, as v_site_kin has it; through_line is where it does so towards the container.
pair AS MATERIALIZED (
    SELECT
        a.service_id,
        a.site_id,
        b.site_id AS keeper_id,
        max(CASE WHEN a.level = 0 AND b.line > a.line THEN b.line END) AS through_line,
        row_number() OVER (PARTITION BY a.site_id ORDER BY min(abs(b.line - a.line)), b.site_id) AS place
    FROM near AS a
    JOIN near AS b ON b.service_id = a.service_id AND b.function = a.function
    WHERE a.site_id IN (SELECT k.site_id FROM kept AS k)
      AND b.site_id IN (SELECT bl.site_id FROM block AS bl WHERE bl.block_size >= 1024)
      AND (a.level = 0 OR b.level = 0 OR (a.is_direct AND b.is_direct AND a.line <> b.line))
    GROUP BY
        a.service_id,
        a.site_id,
        b.site_id
),
judged AS (
    SELECT
        p.service_id,
        p.site_id,
        p.keeper_id,
        p.through_line,
        b.class AS frame_class,
        sum(b.alloc_count) AS blocks,
        keeper_class(
            b.block_size, b.last_count, b.alloc_count, k.objects, k.samples, k.lives, s.period, s.oldest_go, s.newest_go
        ) AS keeper
    FROM pair AS p
    JOIN kept AS k USING (service_id, site_id)
    JOIN block AS b ON b.service_id = p.service_id AND b.site_id = p.keeper_id
    JOIN v_sampling AS s ON s.service_id = p.service_id
    WHERE p.place <= :near
      AND b.block_size >= 1024
      AND (p.site_id <> p.keeper_id OR b.block_size <> k.size)
    GROUP BY
        p.service_id,
        p.site_id,
        p.keeper_id,
        b.leaf_id
),
best AS (
    SELECT
        j.*,
        json_extract(j.keeper, '$.certainty') AS certainty,
        row_number() OVER (
            PARTITION BY j.site_id
            ORDER BY
                json_extract(j.keeper, '$.certainty') DESC,
                j.blocks DESC,
                j.keeper_id
        ) AS place
    FROM judged AS j
    WHERE json_extract(j.keeper, '$.certainty') >= :least_certainty
),
-- One small object for each, made at the line through which the container is filled.
function_value AS (
    SELECT
        k.site_id,
        n.line,
        min(b.block_size) AS size
    FROM kept AS k
    JOIN v_sampling AS s USING (service_id)
    JOIN near AS at ON at.site_id = k.site_id AND at.level = 0
    JOIN near AS n ON n.service_id = at.service_id AND n.function = at.function AND n.level = 0 AND n.line > at.line
    JOIN block AS b ON b.site_id = n.site_id AND b.leaf_id = b.site_id
    WHERE b.block_size BETWEEN 16 AND :max_function
      AND b.last_count * 10 >= b.alloc_count * 9
      AND k.size > 0
      AND binom_tail(
            b.last_count,
            b.last_count + k.samples,
            (1 - exp(-b.block_size * 1.0 / s.period))
            / (2 - exp(-b.block_size * 1.0 / s.period) - exp(-k.size * 1.0 / s.period))
          ) >= :least_chance
      AND binom_tail(
            k.samples,
            b.last_count + k.samples,
            (1 - exp(-k.size * 1.0 / s.period))
            / (2 - exp(-b.block_size * 1.0 / s.period) - exp(-k.size * 1.0 / s.period))
          ) >= :least_chance
    GROUP BY
        k.site_id,
        n.line
),
-- Where the compiler's log has the first function literal or method value behind the line that makes what stays.
literal AS (
    SELECT
        sf.site_id,
        si.line + sf.distance AS line,
        sf.message
    FROM temp.site_fact AS sf
    JOIN v_site AS si USING (site_id)
    WHERE sf.what = 'closure-behind'
),
told AS (
    SELECT
        b.*,
        fv.line AS value_line,
        fv.size AS value_size,
        lt.line AS literal_line,
        lt.message AS literal
    FROM best AS b
    LEFT JOIN literal AS lt
        ON lt.site_id = b.site_id
        AND lt.line = b.through_line
        AND b.frame_class IS NULL
    LEFT JOIN function_value AS fv
        ON fv.site_id = b.site_id
        AND fv.line = b.through_line
        AND b.frame_class IS NULL
        AND json_extract(b.keeper, '$.class') = 'slice'
    WHERE b.place = 1
)
SELECT
    t.service_id,
    'site:' || CASE WHEN r.is_about_keeper THEN t.keeper_id ELSE t.site_id END AS subject,
    CASE
        WHEN t.frame_class IS NOT NULL THEN t.frame_class
        WHEN t.literal_line IS NOT NULL OR t.value_line IS NOT NULL THEN 'closure'
        ELSE json_extract(t.keeper, '$.class')
    END AS class,
    :strength * t.certainty AS strength,
    format(
        'about %s objects%s stay, and beside them, at %s:%d, it allocated %s (%d sampled), as a container of so many would%s',
        count_text(k.objects),
        CASE WHEN r.is_about_keeper THEN format(' of %s:%d', made.file, made.line) ELSE '' END,
        si.file,
        si.line,
        json_extract(t.keeper, '$.why'),
        t.blocks,
        CASE
            WHEN t.literal_line IS NOT NULL THEN format(
                '; of line %d, through which it is filled, the compiler says "%s"',
                t.literal_line,
                t.literal
            )
            WHEN t.value_line IS NOT NULL THEN format(
                '; line %d, through which it is filled, makes one object of %d bytes for each, as large as a function '
                || 'value with what it captured',
                t.value_line,
                t.value_size
            )
            ELSE ''
        END
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'kept_at', si.file || ':' || si.line,
        'objects', k.objects,
        'certainty', t.certainty
    ) AS evidence,
    CASE WHEN r.is_about_keeper THEN 'site:' || t.site_id END AS same_as
FROM told AS t
JOIN kept AS k USING (service_id, site_id)
JOIN v_site AS si ON si.site_id = t.keeper_id
JOIN v_site AS made ON made.site_id = t.site_id
CROSS JOIN (
    SELECT 0 AS is_about_keeper
    UNION ALL
    SELECT 1
) AS r
WHERE NOT r.is_about_keeper
   OR (t.keeper_id <> t.site_id AND t.certainty >= :sure AND si.owner = 'own' AND si.package = made.package)
ORDER BY
    t.service_id,
    t.site_id,
    r.is_about_keeper;
