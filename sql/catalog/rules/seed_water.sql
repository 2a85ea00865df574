-- id:         seed_water
-- title:      The memory fuse: above 0.75 of the limit three times in a row, until below 0.6
-- unit:       share of the limit
-- state:      replay
-- asks:       memstats limit
-- params:     high=0.75, low=0.6, in_a_row=3, to_sys=0
--
-- Why: a service that sheds load before its limit survives; what the fuse would have done tells how near it came.
--
-- Blind spot: it is to look five times a second; captures are minutes apart, so what came and went between two of
-- them is not in here, and "three in a row" takes longer. It says that memory is short and not why.
--
-- Source: the memory fuse of the source documents: idle, warned above 0.75, degraded after three in a row, back below
-- 0.6. They divide Alloc by Sys, which is near a half by design and falls after a spike (seed_water_sys); this is the
-- resident size, or else what Go takes, over the limit.
WITH level AS (
    SELECT
        m.service_id,
        m.instance_id,
        m.lifetime_id,
        m.capture_id,
        m.t_ns,
        CASE
            WHEN :to_sys THEN m.alloc * 1.0 / nullif(m.sys, 0)
            ELSE coalesce(m.rss, m.footprint) * 1.0 / m.memory_limit
        END AS share
    FROM v_moment AS m
),
step AS (
    SELECT
        l.*,
        row_number() OVER life_by_time AS number,
        total(l.share > :high) OVER (
            life_by_time
            ROWS BETWEEN CAST(:in_a_row - 1 AS INTEGER) PRECEDING AND CURRENT ROW
        ) AS above
    FROM level AS l
    WHERE l.share IS NOT NULL
    WINDOW life_by_time AS (PARTITION BY l.lifetime_id ORDER BY l.t_ns, l.capture_id)
),
-- The state is what the last of the two events made of it: the fuse blows, or is back.
event AS (
    SELECT
        s.*,
        max(CASE WHEN s.above = :in_a_row THEN s.number ELSE 0 END) OVER life_by_time AS blown,
        max(CASE WHEN s.share < :low THEN s.number ELSE 0 END) OVER life_by_time AS back
    FROM step AS s
    WINDOW life_by_time AS (PARTITION BY s.lifetime_id ORDER BY s.number)
)
SELECT
    e.service_id,
    e.instance_id,
    e.t_ns,
    e.blown > e.back AS fired,
    e.share AS value,
    :high AS threshold,
    format(
        '%.0f %% of %s: %s',
        100 * e.share,
        CASE WHEN :to_sys THEN 'Sys' ELSE 'the limit' END,
        CASE WHEN e.above = :in_a_row THEN 'above the line ' || CAST(:in_a_row AS INTEGER) || ' times in a row' ELSE 'not yet back' END
    ) AS detail,
    json_array(e.capture_id) AS captures
FROM event AS e
ORDER BY
    e.instance_id,
    e.t_ns;
