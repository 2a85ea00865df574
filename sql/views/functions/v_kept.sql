-- v_sampling: how heap profiles of a service were sampled
--   service_id
--   period       bytes between samples (MemProfileRate); the largest where captures differ
--   oldest_go    minor version of Go, 19 for 1.19, of the captures that tell; 0 where none does
--   newest_go
--
-- v_kept: what stays at a heap site whose memory rises: the objects of the size of which most was sampled, or all where
-- no size makes up half
--   service_id, site_id
--   p_plain      as in v_site_growth
--   lives
--   size         bytes of one; 0 where it is several sizes
--   samples      sampled objects in use at the end, lives added up
--   objects      estimate for one life
--
-- v_hand: own functions that have a hand in what a heap site allocates; as often as it has stacks
--   service_id, site_id
--   function, level, line, is_direct   as in v_stack_path; main.main and main.init, which have a hand in all, are left out

CREATE VIEW v_sampling AS
SELECT
    l.service_id,
    max(hc.period) AS period,
    coalesce(min(CAST(substr(c.go_version, 5) AS INTEGER)), 0) AS oldest_go,
    coalesce(max(CAST(substr(c.go_version, 5) AS INTEGER)), 0) AS newest_go
FROM temp.heap_capture AS hc
JOIN temp.life AS l USING (lifetime_id)
LEFT JOIN capture AS c ON c.capture_id = hc.capture_id AND c.go_version GLOB 'go1.[0-9]*'
GROUP BY l.service_id;

CREATE VIEW v_kept AS
SELECT
    t.service_id,
    t.site_id,
    t.p_plain,
    t.lives,
    CASE WHEN 2 * t.last_count >= t.all_count THEN t.block_size ELSE 0 END AS size,
    CASE WHEN 2 * t.last_count >= t.all_count THEN t.last_count ELSE t.all_count END AS samples,
    CASE WHEN 2 * t.last_count >= t.all_count THEN t.last_objects ELSE t.all_objects END / t.lives AS objects
FROM (
    SELECT
        sg.service_id,
        sg.site_id,
        sg.p_plain,
        sg.lives,
        lb.block_size,
        lb.last_count,
        lb.last_objects,
        sum(lb.last_count) OVER (PARTITION BY sg.site_id) AS all_count,
        sum(lb.last_objects) OVER (PARTITION BY sg.site_id) AS all_objects,
        row_number() OVER (
            PARTITION BY sg.site_id
            ORDER BY
                lb.last_count DESC,
                lb.block_size,
                lb.leaf_id
        ) AS place
    FROM v_site_growth AS sg
    JOIN v_leaf_block AS lb USING (service_id, site_id)
    WHERE sg.slope_low > 0
      AND sg.owner <> 'runtime'
) AS t
WHERE t.place = 1
  AND t.last_count > 0;

CREATE VIEW v_hand AS
SELECT
    ss.service_id,
    ss.site_id,
    p.function,
    p.level,
    p.line,
    p.is_direct
FROM temp.stack_site AS ss
CROSS JOIN temp.stack_path AS p USING (service_id, stack_id)
WHERE p.function NOT IN ('main.main', 'main.init');
