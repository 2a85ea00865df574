-- v_caller: calls through which a heap site was reached whose memory rises: the next own function on its stacks, and the
-- line in it. Sampled objects between the first and the last judged capture, lives added up
--   service_id, site_id
--   function, line   of the caller
--   is_foreign       1: its package is another than the site's
--   births           objects that came through it
--   gain             objects in use more at the end than at the beginning
--   last_space       bytes in use at the end

CREATE VIEW v_caller AS
WITH growing AS MATERIALIZED (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.package
    FROM v_site_growth AS sg
    WHERE sg.slope_low > 0
      AND sg.p_plain <= 0.01
      AND sg.owner = 'own'
),
span AS (
    SELECT
        hc.lifetime_id,
        min(hc.ordinal) AS first_ordinal,
        max(hc.ordinal) AS last_ordinal
    FROM temp.heap_capture AS hc
    WHERE hc.is_judged = 1
    GROUP BY hc.lifetime_id
),
edge AS MATERIALIZED (
    SELECT
        l.service_id,
        hc.ordinal = span.last_ordinal AS is_last,
        c.segment_id,
        c.segment_index
    FROM temp.heap_capture AS hc
    JOIN span USING (lifetime_id)
    JOIN temp.life AS l USING (lifetime_id)
    JOIN capture AS c USING (capture_id)
    WHERE hc.ordinal IN (span.first_ordinal, span.last_ordinal)
      AND span.first_ordinal < span.last_ordinal
)
SELECT
    gr.service_id,
    gr.site_id,
    p.function,
    p.line,
    p.function NOT GLOB gr.package || '.*' AS is_foreign,
    sum(CASE WHEN e.is_last THEN sp.alloc_count ELSE -sp.alloc_count END) AS births,
    sum(CASE WHEN e.is_last THEN sp.inuse_count ELSE -sp.inuse_count END) AS gain,
    sum(CASE WHEN e.is_last THEN sp.v3 ELSE 0 END) AS last_space
FROM growing AS gr
CROSS JOIN temp.stack_site AS ss ON ss.service_id = gr.service_id AND ss.site_id = gr.site_id
CROSS JOIN temp.stack_path AS p ON p.service_id = ss.service_id AND p.stack_id = ss.stack_id AND p.level = 1
CROSS JOIN edge AS e ON e.service_id = gr.service_id
CROSS JOIN segment AS seg ON seg.segment_id = e.segment_id
CROSS JOIN series AS se ON se.segment_id = e.segment_id AND se.is_live IN (0, 1) AND se.stack_id = ss.stack_id
LEFT JOIN unsample AS u ON u.period = seg.period AND u.block_size = se.block_size
JOIN series_points(
    se.data, se.form, 4, se.block_size, coalesce(u.factor, 1.0), seg.captures
) AS sp ON sp.capture_index = e.segment_index
GROUP BY
    gr.service_id,
    gr.site_id,
    p.function,
    p.line;
