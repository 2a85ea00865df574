-- id:         class.library_frame
-- title:      What the library frame below the line says
-- layer:      L4
-- term:       class
-- needs:      v_site_growth v_stack_site v_site library_frame
--
-- Why: runtime frames are cut off a heap profile's leaf, frames of the standard library are not. A line
-- whose memory was allocated inside reflect.mapassign, bytes.growSlice or time.NewTicker says what it is.
--
-- Blind spot: only as good as the catalog.
--
-- Source: formats.md 2.4.
SELECT
    t.service_id,
    'site:' || t.site_id AS subject,
    t.class,
    0.85 AS strength,
    format('allocated by %s: %s', t.leaf, t.meaning) AS detail,
    json_object(
        'captures', json('[]'),
        'frame', t.leaf
    ) AS evidence,
    NULL AS same_as
FROM (
    SELECT DISTINCT
        sg.service_id,
        sg.site_id,
        lf.class,
        lf.meaning,
        leaf.function AS leaf
    FROM v_site_growth AS sg
    JOIN v_stack_site AS vs USING (service_id, site_id)
    JOIN v_site AS leaf ON leaf.site_id = vs.leaf_id
    JOIN library_frame AS lf ON leaf.function GLOB lf.pattern
    WHERE sg.slope > 0
      AND leaf.owner <> 'own'
) AS t
ORDER BY
    t.service_id,
    t.site_id,
    t.leaf;
