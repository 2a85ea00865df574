-- id:         heap.leaps
-- title:      A map or slice doubles again and again
-- layer:      L2
-- term:       growth
-- gate:       yes
-- needs:      v_site_growth v_site_series v_leaf_block v_life v_trend_life v_stack_site v_stack_path
-- params:     min_captures=8, few_captures=6, many_leaps=4, min_either=0.7, min_leap=1.15, min_leaps=2, min_ratio=1.9, min_bytes=1048576, max_fall=0.15, append_part=0.6, double_part=0.45, min_share=0.5, min_still=0.4, still=0.02
--
-- Why: one map or slice that holds its contents by itself, numbers or small structs, does not grow steadily:
-- it stays as it is and then doubles, with hours or days between, and a test for trends sees a flat line. But
-- a container that is filled at an even pace obeys a law: what is as large as all that went before must be
-- added to double it, so its last doubling lies in the second half of its life, and the last leap of an
-- append, a quarter, in the last third. One that was filled once and is only used leaps no more. Called is a
-- container, by the ladder of its sizes, that leapt twice and more, stood still in between, hardly ever fell,
-- kept to that law in the last life that was watched, and is larger than what else its line and its function keep. One
-- that fills fast leaps between any two captures: where it stands still or leaps and does nothing else, four leaps are
-- enough. Where a line passes on whatever comes, its leaps are a container's only if that is half of what it keeps.
-- That the old array goes, which was seen beside its copy, is part of the leap.
--
-- Blind spot: a bounded table that became full after half of the time looks the same until more captures
-- show that it stays. While a map moves to its larger array both are alive; so the lowest of three captures
-- in a row is taken for each.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.5 for how maps and slices grow.
WITH laddered AS (
    SELECT
        b.site_id,
        ladder_class(
            b.block_size, b.first_objects, b.last_objects, b.last_count, b.alloc_count
        ) AS ladder,
        sum(b.last_objects * 1.0 * b.block_size) AS space
    FROM v_leaf_block AS b
    GROUP BY
        b.site_id,
        b.leaf_id
),
ruled AS (
    SELECT
        l.site_id,
        json_extract(l.ladder, '$.rule') AS rule,
        json_extract(l.ladder, '$.why') AS why,
        l.space / nullif(sum(l.space) OVER (PARTITION BY l.site_id), 0) AS share
    FROM laddered AS l
),
container AS (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.cohort,
        sg.last_space,
        max(r.rule = 'append') AS is_append,
        min(r.why) AS why
    FROM v_site_growth AS sg
    JOIN ruled AS r USING (site_id)
    WHERE r.rule IN ('append', 'bucket-map', 'table-map', 'doubling')
      AND sg.owner = 'own'
      AND sg.is_over = 0
      AND sg.captures >= :few_captures
      AND sg.last_space >= :min_bytes
    GROUP BY
        sg.service_id,
        sg.site_id
    HAVING sum(r.share) >= :min_share
),
floor AS (
    SELECT
        ss.site_id,
        ss.lifetime_id,
        l.start_ns,
        l.last_ns,
        ss.t_ns,
        ss.capture_id,
        ss.inuse_space,
        lag(ss.inuse_space) OVER (PARTITION BY ss.site_id, ss.lifetime_id ORDER BY ss.t_ns) AS before,
        lag(ss.inuse_space, 2) OVER (PARTITION BY ss.site_id, ss.lifetime_id ORDER BY ss.t_ns) AS long_before,
        min(ss.inuse_space) OVER (
            PARTITION BY ss.site_id, ss.lifetime_id
            ORDER BY ss.t_ns
            ROWS BETWEEN CURRENT ROW AND 2 FOLLOWING
        ) AS space
    FROM container AS c
    JOIN v_trend_life AS co ON co.cohort = c.cohort
    JOIN v_life AS l ON l.lifetime_id = co.lifetime_id AND l.service_id = c.service_id
    JOIN v_site_series AS ss ON ss.site_id = c.site_id AND ss.lifetime_id = l.lifetime_id
    WHERE ss.is_judged = 1
),
step AS (
    SELECT
        f.*,
        max(f.space) OVER earlier AS most,
        first_value(f.space) OVER (PARTITION BY f.site_id, f.lifetime_id ORDER BY f.t_ns) AS first
    FROM floor AS f
    WINDOW earlier AS (
        PARTITION BY f.site_id, f.lifetime_id
        ORDER BY f.t_ns
        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
course AS (
    SELECT
        s.site_id,
        s.lifetime_id,
        count(*) AS captures,
        sum(s.space > :min_leap * s.most) AS leaps,
        avg(abs(s.inuse_space - s.before) <= :still * s.inuse_space) AS still_share,
        avg(
            abs(s.inuse_space - s.before) <= :still * s.inuse_space
            OR s.inuse_space > :min_leap * s.before
            OR abs(s.before - s.long_before - s.inuse_space) <= :still * s.inuse_space
        ) AS either_share,
        max(s.most - s.space) AS fall,
        max(s.first) AS first_space,
        max(s.space) AS last_space,
        (max(CASE WHEN s.space > :min_leap * s.most THEN s.t_ns END) - min(s.start_ns)) * 1.0
            / (max(s.t_ns) - min(s.start_ns)) AS last_leap,
        json_group_array(s.capture_id) AS ids,
        row_number() OVER (PARTITION BY s.site_id ORDER BY max(s.last_ns) DESC, s.lifetime_id) AS place
    FROM step AS s
    GROUP BY
        s.site_id,
        s.lifetime_id
    HAVING count(*) >= :few_captures
),
-- What all lines of one function keep; of a line in several functions the most.
function AS MATERIALIZED (
    SELECT
        n.service_id,
        n.site_id,
        sum(sg.last_space) OVER (PARTITION BY n.service_id, n.function) AS space
    FROM (
        SELECT DISTINCT
            vs.service_id,
            vs.site_id,
            p.function
        FROM v_stack_site AS vs
        JOIN v_stack_path AS p ON p.service_id = vs.service_id AND p.stack_id = vs.stack_id AND p.level = 0
    ) AS n
    JOIN v_site_growth AS sg ON sg.site_id = n.site_id
)
SELECT
    c.service_id,
    'site:' || c.site_id AS subject,
    NULL AS class,
    clamp01(0.4 + 0.1 * o.leaps) AS strength,
    format(
        'what is kept at this line grew from %s to %s in %d leaps, the last of them after %.0f %% of the life of '
        || 'the process, and hardly ever fell: %s',
        bytes_text(CAST(o.first_space AS INTEGER)),
        bytes_text(CAST(o.last_space AS INTEGER)),
        o.leaps,
        100.0 * o.last_leap,
        c.why
    ) AS detail,
    json_object(
        'captures', json(o.ids),
        'leaps', o.leaps,
        'first_space', o.first_space,
        'last_space', o.last_space,
        'last_leap', o.last_leap
    ) AS evidence,
    NULL AS same_as
FROM container AS c
JOIN course AS o ON o.site_id = c.site_id AND o.place = 1
WHERE o.leaps >= :min_leaps
  AND (
    (o.captures >= :min_captures AND o.still_share >= :min_still)
    OR (o.leaps >= :many_leaps AND o.either_share >= :min_either)
  )
  AND o.fall <= :max_fall * o.last_space
  AND o.last_space >= :min_ratio * o.first_space
  AND o.last_leap >= CASE WHEN c.is_append THEN :append_part ELSE :double_part END
  AND c.last_space >= :min_share * coalesce((SELECT max(f.space) FROM function AS f WHERE f.site_id = c.site_id), 0)
ORDER BY
    c.service_id,
    c.site_id;
