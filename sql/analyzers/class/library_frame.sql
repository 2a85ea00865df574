-- id:         class.library_frame
-- title:      What the library frame below the line says
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_leaf_block v_site library_frame
-- params:     min_share=0.05
--
-- Why: runtime frames are cut off a heap profile's leaf, frames of the standard library are not. A line
-- whose memory was allocated inside reflect.mapassign, bytes.growSlice or time.NewTicker says what it is.
--
-- Where the line calls several such frames, each counts by its share of what was gained, and one that gained next to
-- nothing says nothing of what stays; and frames that build strings and copies say little of what keeps them.
--
-- Blind spot: only as good as the catalog.
--
-- Source: formats.md 2.4.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    t.class,
    CASE WHEN t.is_content THEN 0.4 ELSE 0.85 END * coalesce(t.share, 1.0) AS strength,
    format('allocated by %s: %s', t.leaf, t.meaning) || coalesce(' (' || t.caveat || ')', '') AS detail,
    json_object(
        'captures', json('[]'),
        'frame', t.leaf
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT
        b.service_id,
        b.site_id,
        lf.class,
        lf.meaning,
        lf.caveat,
        lf.is_content,
        leaf.function AS leaf,
        b.share
    FROM (
        SELECT
            lb.service_id,
            lb.site_id,
            lb.leaf_id,
            sum(max(lb.last_objects - lb.first_objects, 0) * 1.0 * lb.block_size) / nullif(
                sum(sum(max(lb.last_objects - lb.first_objects, 0) * 1.0 * lb.block_size)) OVER (
                    PARTITION BY lb.site_id
                ),
                0
            ) AS share
        FROM v_leaf_block AS lb
        GROUP BY
            lb.service_id,
            lb.site_id,
            lb.leaf_id
    ) AS b
    JOIN v_site_growth AS sg USING (site_id)
    JOIN v_site AS leaf ON leaf.site_id = b.leaf_id
    JOIN library_frame AS lf ON leaf.function GLOB lf.pattern
    WHERE sg.slope > 0
      AND lf.class IS NOT NULL
      AND leaf.owner <> 'own'
      AND coalesce(b.share, 1.0) >= :min_share
) AS t
ORDER BY
    t.service_id,
    t.site_id,
    t.leaf;
