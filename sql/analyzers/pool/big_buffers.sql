-- id:         pool.big_buffers
-- title:      Buffers that have grown go back into a pool
-- layer:      L5
-- term:       class
-- needs:      v_site_growth v_site_block v_stack_site v_stack_path
-- params:     min_ratio=2, max_p=0.01, min_bytes=32768
--
-- Why: a pool hands out buffers of any size alike. One that a single large request has blown up goes back,
-- is kept alive by being used again, and serves small requests from then on; after a while all are large.
-- The mark is a line, in a function that takes from a pool, whose objects in use become larger and larger:
-- the mean is over bytes, so that a thousand small ones do not hide it.
--
-- Blind spot: requests that grow larger. A profile shows where a buffer grew and not where it is kept.
--
-- Source: leaks.md 1.1, A6 (put of an object that still holds hugeBytes); golang #23199, #27735.
WITH user AS MATERIALIZED (
    SELECT DISTINCT
        get.service_id,
        frame_name(caller.function) AS function
    FROM stack_frame AS get
    JOIN stack_frame AS caller
        ON caller.service_id = get.service_id
        AND caller.stack_id = get.stack_id
        AND caller.position = get.position + 1
    WHERE get.function IN ('sync.(*Pool).Get', 'sync.(*Pool).Put')
),
-- Lines in such a function, or in one that it calls.
place AS MATERIALIZED (
    SELECT DISTINCT
        vs.service_id,
        vs.site_id
    FROM user AS u
    CROSS JOIN v_stack_path AS p ON p.service_id = u.service_id AND p.function = u.function
    CROSS JOIN v_stack_site AS vs ON vs.service_id = p.service_id AND vs.stack_id = p.stack_id
    WHERE p.level <= 1
),
size AS (
    SELECT
        b.service_id,
        b.site_id,
        sum(b.first_objects * 1.0 * b.block_size * b.block_size)
            / nullif(sum(b.first_objects * b.block_size), 0) AS first_mean,
        sum(b.last_objects * 1.0 * b.block_size * b.block_size)
            / nullif(sum(b.last_objects * b.block_size), 0) AS last_mean
    FROM v_site_block AS b
    GROUP BY
        b.service_id,
        b.site_id
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    'pool' AS class,
    0.6 AS strength,
    format(
        'in a function that uses a sync.Pool the objects in use grew from %s to %s each: large ones are put '
        || 'back and kept',
        bytes_text(CAST(s.first_mean AS INTEGER)),
        bytes_text(CAST(s.last_mean AS INTEGER))
    ) AS detail,
    json_object(
        'captures', json('[]'),
        'first_mean', s.first_mean,
        'last_mean', s.last_mean
    ) AS evidence,
    NULL AS same_as
FROM v_site_growth AS sg
JOIN size AS s USING (service_id, site_id)
WHERE sg.slope_low > 0
  AND sg.p_plain <= :max_p
  AND s.last_mean >= :min_ratio * s.first_mean
  AND s.last_mean >= :min_bytes
  AND (sg.service_id, sg.site_id) IN (SELECT pl.service_id, pl.site_id FROM place AS pl)
ORDER BY
    sg.service_id,
    sg.site_id;
