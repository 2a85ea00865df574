-- id:         seed_std7
-- title:      The memory of a week has a standard deviation above 300 MB
-- unit:       bytes
-- state:      info
-- asks:       memstats
-- params:     max_bytes=300000000, window_s=604800, min_captures=5
--
-- Why: memory that swings so far is not sized by anybody.
--
-- Blind spot: 300 MB are much for a service of 200 MB and nothing for one of 20 GB; it tells a swing and a climb
-- not apart.
--
-- Source: the source documents: standard deviation of the container's memory over seven days above 300 MB. Said once a
-- day, of the resident size or else of what Go takes.
WITH cut AS (
    SELECT
        m.*,
        coalesce(m.rss, m.footprint) / 1048576.0 AS mib,
        m.t_ns / 86400000000000 AS day
    FROM v_moment AS m
),
day AS (
    SELECT
        c.service_id,
        c.instance_id,
        c.day,
        max(c.t_ns) AS t_ns,
        last_value(c.capture_id, c.t_ns) AS capture_id
    FROM cut AS c
    GROUP BY
        c.instance_id,
        c.day
),
spread AS (
    SELECT
        d.*,
        1048576 * sqrt(max(0, avg(c.mib * c.mib) - avg(c.mib) * avg(c.mib))) AS deviation
    FROM day AS d
    JOIN cut AS c
        ON c.instance_id = d.instance_id
        AND c.day BETWEEN d.day - CAST(:window_s / 86400 AS INTEGER) + 1 AND d.day
    GROUP BY
        d.instance_id,
        d.day
    HAVING count(c.mib) >= :min_captures
)
SELECT
    s.service_id,
    s.instance_id,
    s.t_ns,
    s.deviation > :max_bytes AS fired,
    s.deviation AS value,
    :max_bytes AS threshold,
    format('standard deviation %s', bytes_text(s.deviation)) AS detail,
    json_array(CAST(s.capture_id AS INTEGER)) AS captures
FROM spread AS s
ORDER BY
    s.instance_id,
    s.t_ns;
