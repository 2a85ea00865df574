-- id:         class.one_for_each
-- title:      A library keeps one thing for each object
-- layer:      L4
-- term:       keeper
-- needs:      v_site_growth v_sampling v_hand v_leaf_block v_site library_frame
-- params:     max_p=0.01, max_level=1, max_size=1024, min_samples=2, min_alive=0.9, least_chance=0.01, strength=0.7, most=16
--
-- Why: an entry of a sync.Map, a child of a context or a timer is small beside what hangs on it, and one or two of them
-- are sampled where there are twenty of the objects. But there is one for each: how many of the samples are its own
-- follows from the two sizes. Called is a line that grows where the same function also has a library make such
-- things, of which all but one in ten that were ever sampled are alive, in equal numbers as far as so few samples tell.
--
-- Blind spot: something that a library keeps for another reason, in the same function and in equal numbers. Of a function
-- the 16 things of which most stay are looked at.
--
-- Source: leaks.md 3.1, feature 1; formats.md 2.2 and 2.4.
WITH object AS MATERIALIZED (
    SELECT
        sg.service_id,
        sg.site_id,
        lb.block_size,
        sum(lb.last_count) AS samples
    FROM v_site_growth AS sg
    JOIN v_leaf_block AS lb USING (service_id, site_id)
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
      AND sg.owner <> 'runtime'
      AND lb.leaf_id = lb.site_id
      AND lb.last_count > 0
    GROUP BY
        sg.service_id,
        sg.site_id,
        lb.block_size
    HAVING sum(lb.last_count) >= :min_samples
),
thing AS MATERIALIZED (
    SELECT
        lb.service_id,
        lb.site_id,
        lb.block_size,
        lf.class,
        lf.meaning,
        leaf.function AS leaf,
        lb.last_count,
        lb.alloc_count
    FROM v_leaf_block AS lb
    JOIN v_site AS leaf ON leaf.site_id = lb.leaf_id
    JOIN library_frame AS lf ON leaf.function GLOB lf.pattern
    WHERE leaf.owner <> 'own'
      AND lf.is_content = 0
      AND lf.class IN ('map', 'timer', 'context')
      AND lb.block_size <= :max_size
      AND lb.last_count >= :min_samples
      AND lb.last_count >= :min_alive * lb.alloc_count
      AND lb.service_id IN (SELECT o.service_id FROM object AS o)
),
near AS MATERIALIZED (
    SELECT DISTINCT
        h.service_id,
        h.site_id,
        h.function
    FROM (
        SELECT
            o.service_id,
            o.site_id
        FROM object AS o
        UNION
        SELECT
            t.service_id,
            t.site_id
        FROM thing AS t
    ) AS p
    CROSS JOIN v_hand AS h USING (service_id, site_id)
    WHERE h.level <= :max_level
      AND h.is_direct
),
-- Of a function the things of which most stay: the work grows with the lines and not with their pairs.
thing_near AS MATERIALIZED (
    SELECT n.*
    FROM (
        SELECT
            n.function,
            t.*,
            row_number() OVER (
                PARTITION BY n.service_id, n.function
                ORDER BY t.last_count DESC, t.leaf, t.block_size, t.site_id
            ) AS place
        FROM thing AS t
        JOIN near AS n USING (service_id, site_id)
    ) AS n
    WHERE n.place <= :most
),
pair AS (
    SELECT
        o.service_id,
        o.site_id,
        o.samples,
        t.class,
        t.meaning,
        t.leaf,
        t.last_count,
        t.block_size,
        min(a.function) AS function,
        (1 - exp(-t.block_size * 1.0 / s.period))
        / (2 - exp(-t.block_size * 1.0 / s.period) - exp(-o.block_size * 1.0 / s.period)) AS share
    FROM object AS o
    JOIN near AS a ON a.site_id = o.site_id
    JOIN thing_near AS t ON t.service_id = a.service_id AND t.function = a.function
    JOIN v_sampling AS s ON s.service_id = o.service_id
    GROUP BY
        o.site_id,
        o.block_size,
        t.site_id,
        t.leaf,
        t.block_size
),
placed AS (
    SELECT
        p.*,
        row_number() OVER (
            PARTITION BY p.site_id
            ORDER BY
                p.last_count DESC,
                p.leaf,
                p.block_size,
                p.samples
        ) AS place
    FROM pair AS p
    WHERE binom_tail(p.last_count, p.last_count + p.samples, p.share) >= :least_chance
      AND binom_tail(p.samples, p.last_count + p.samples, 1 - p.share) >= :least_chance
)
SELECT
    p.service_id,
    'site:' || p.site_id AS subject,
    p.class,
    :strength AS strength,
    format(
        '%s also has %s made (by %s): %d of %d bytes are sampled beside %d of these objects, and one for each would give %.1f',
        p.function,
        p.meaning,
        p.leaf,
        p.last_count,
        p.block_size,
        p.samples,
        (p.last_count + p.samples) * p.share
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'frame', p.leaf,
        'sampled', p.last_count,
        'expected', (p.last_count + p.samples) * p.share
    ) AS evidence,
    NULL AS same_as
FROM placed AS p
WHERE p.place = 1
ORDER BY
    p.service_id,
    p.site_id;
