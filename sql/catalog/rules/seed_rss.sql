-- id:         seed_rss
-- title:      Resident above 80 % of the limit for 30 seconds
-- unit:       percent of the limit
-- state:      info
-- asks:       rss limit
-- params:     max_percent=80, for_s=30
--
-- Why: the source documents allow captures only then: it tells which nights would have had any.
--
-- Blind spot: a collector that waits for it has no capture of the time when all was well, and after a fast leak none
-- at all.
--
-- Source: the capture policy of the source documents: RSS above 80 % of the container's limit for 30 s.
WITH step AS (
    SELECT
        lv.*,
        coalesce(
            max(CASE WHEN lv.value <= :max_percent THEN lv.t_ns END) OVER (
                PARTITION BY lv.lifetime_id
                ORDER BY lv.t_ns
            ),
            0
        ) AS below_ns
    FROM v_level AS lv
    WHERE lv.name = 'memory'
),
run AS (
    SELECT
        s.*,
        min(CASE WHEN s.value > :max_percent THEN s.t_ns END) OVER (
            PARTITION BY s.lifetime_id, s.below_ns
        ) AS above_ns
    FROM step AS s
)
SELECT
    r.service_id,
    r.instance_id,
    r.t_ns,
    coalesce(r.value > :max_percent AND r.t_ns - r.above_ns >= :for_s * 1e9, 0) AS fired,
    r.value,
    :max_percent AS threshold,
    format('%.0f %% of the limit for %s', r.value, duration_text(r.t_ns - r.above_ns)) AS detail,
    json_array(r.capture_id) AS captures
FROM run AS r
ORDER BY
    r.instance_id,
    r.t_ns;
