-- id:         class.block_ladder
-- title:      What the sizes of the objects say
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_site_block
--
-- Why: the sizes of the objects that one line allocated are a fingerprint. A slice that grows by append
-- leaves a ladder of sizes a quarter apart, of which only the last rung is alive. A map before Go 1.24 leaves
-- doubled sizes beside many small overflow buckets; a map since then has many blocks of one size, half of
-- those ever made. Channels come as pairs of 96 or 112 bytes and a buffer. Objects that are kept have one
-- size and are all alive.
--
-- Blind spot: at the default sampling rate small rungs are seen by luck only.
--
-- Source: formats.md 2.5; leaks.md 3.1, feature 1.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    json_extract(v.value, '$.class') AS class,
    json_extract(v.value, '$.strength') AS strength,
    json_extract(t.ladder, '$.why') AS detail,
    json_object(
        'captures', json('[]'),
        'rule', json_extract(t.ladder, '$.rule'),
        'sizes', json(t.sizes)
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        b.service_id,
        b.site_id,
        ladder_class(
            b.block_size, b.first_objects, b.last_objects, b.last_count, b.alloc_count
        ) AS ladder,
        json_group_array(
            json_object(
                'size', b.block_size,
                'in_use', b.last_objects,
                'allocated', b.alloc_objects,
                'samples', b.alloc_count
            )
        ) AS sizes
    FROM v_site_block AS b
    JOIN v_site_growth AS sg USING (site_id)
    WHERE sg.slope > 0
    GROUP BY
        b.service_id,
        b.site_id
) AS t
JOIN json_each(t.ladder, '$.votes') AS v
ORDER BY
    t.service_id,
    t.site_id,
    v.key;
