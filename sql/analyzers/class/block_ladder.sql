-- id:         class.block_ladder
-- title:      What the sizes of the objects say
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_leaf_block v_site library_frame
--
-- Why: the sizes of the objects that one line allocated are a fingerprint. A slice that grows by append
-- leaves a ladder of sizes a quarter apart, of which only the last rung is alive. A map before Go 1.24 leaves
-- doubled sizes beside many small overflow buckets; a map since then has many blocks of one size, half of
-- those ever made, and no power of two. Channels come as pairs of 96 or 112 bytes and a buffer. Objects that
-- are kept have one size and are all alive.
--
-- Where captures tell the version of Go, the other kind of map is none.
--
-- Where the line calls a library, each place in it that allocates has a ladder of its own, and the class of
-- a map or a growing slice is believed of the line whatever else it holds: the rest is what is put into it.
-- Structures are as large as channels are; libraries hand out many of them and few channels.
--
-- What the catalog knows for a map, a channel, a timer or a context is none of the other kinds, whatever its sizes: small
-- maps of a library are as large as its structures are.
--
-- Blind spot: at the default sampling rate small rungs are seen by luck only.
--
-- Source: formats.md 2.5; leaks.md 3.1, feature 1.
WITH version AS (
    SELECT
        c.service_id,
        min(CAST(substr(c.go_version, 5) AS INTEGER)) AS lowest,
        max(CAST(substr(c.go_version, 5) AS INTEGER)) AS highest
    FROM temp.scope_service AS s
    CROSS JOIN capture AS c USING (service_id)
    WHERE c.go_version GLOB 'go1.[0-9]*'
    GROUP BY c.service_id
),
leaf AS (
    SELECT
        b.service_id,
        b.site_id,
        b.leaf_id,
        sum(max(b.last_objects - b.first_objects, 0) * 1.0 * b.block_size) AS gained,
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
    FROM v_leaf_block AS b
    JOIN v_site_growth AS sg USING (site_id)
    WHERE sg.slope > 0
    GROUP BY
        b.service_id,
        b.site_id,
        b.leaf_id
),
part AS (
    SELECT
        l.*,
        json_extract(l.ladder, '$.rule') AS rule,
        l.gained / nullif(sum(l.gained) OVER (PARTITION BY l.site_id), 0) AS share
    FROM leaf AS l
)
SELECT
    p.service_id,
    'site:' || p.site_id AS subject,
    json_extract(v.value, '$.class') AS class,
    json_extract(v.value, '$.strength') * CASE
        WHEN p.rule IN ('append', 'bucket-map', 'small-maps', 'table-map') AND p.share >= 0.1 THEN 1.0
        ELSE coalesce(p.share, 0.0)
    END * CASE WHEN json_extract(v.value, '$.class') = 'channel' AND p.leaf_id <> p.site_id THEN 0.5 ELSE 1.0 END
        AS strength,
    json_extract(p.ladder, '$.why') || CASE
        WHEN p.leaf_id = p.site_id THEN ''
        ELSE format(' (allocated at %s:%d)', si.file, si.line)
    END AS detail,
    json_object(
        'captures', json('[]'),
        'rule', p.rule,
        'share', p.share,
        'sizes', json(p.sizes)
    ) AS evidence,
    NULL AS same_as
FROM part AS p
JOIN v_site AS si ON si.site_id = p.leaf_id
JOIN json_each(p.ladder, '$.votes') AS v
LEFT JOIN version AS gv ON gv.service_id = p.service_id
WHERE (
    json_extract(v.value, '$.class') <> 'map'
    OR coalesce(
        CASE
            WHEN p.rule = 'table-map' THEN gv.highest >= 24
            WHEN p.rule IN ('bucket-map', 'small-maps') THEN gv.lowest < 24
        END,
        1
    )
  )
  AND NOT EXISTS (
    SELECT 1
    FROM library_frame AS lf
    WHERE si.function GLOB lf.pattern
      AND si.owner <> 'own'
      AND lf.is_content = 0
      AND lf.class IN ('map', 'channel', 'timer', 'context')
      AND lf.class <> json_extract(v.value, '$.class')
  )
ORDER BY
    p.service_id,
    p.site_id,
    p.leaf_id,
    v.key;
