-- id:         seed_band
-- title:      Memory left the band of 15 % around its median of a week
-- unit:       share of the median
-- state:      on
-- asks:       memstats
-- params:     width=0.15, window_s=604800, min_captures=5
--
-- Why: a healthy working set stays within fifteen percent; a leak leaves the band in steps and does not come back.
--
-- Blind spot: a service with a daily rhythm leaves it every day, both ways.
--
-- Source: the health table of the source documents: working set within 15 %. The resident size, or else what Go takes,
-- against the median of the seven days before the day of the capture, over all lives of the instance.
WITH cut AS (
    SELECT
        m.*,
        coalesce(m.rss, m.footprint) AS taken,
        m.t_ns / 86400000000000 AS day
    FROM v_moment AS m
),
day AS (
    SELECT DISTINCT
        c.instance_id,
        c.day
    FROM cut AS c
),
usual AS (
    SELECT
        d.instance_id,
        d.day,
        median(c.taken) AS middle
    FROM day AS d
    JOIN cut AS c
        ON c.instance_id = d.instance_id
        AND c.day BETWEEN d.day - CAST(:window_s / 86400 AS INTEGER) AND d.day - 1
    GROUP BY
        d.instance_id,
        d.day
    HAVING count(c.taken) >= :min_captures
)
SELECT
    c.service_id,
    c.instance_id,
    c.t_ns,
    abs(c.taken / u.middle - 1) > :width AS fired,
    c.taken / u.middle AS value,
    1 + :width AS threshold,
    format('%s where %s is usual', bytes_text(c.taken), bytes_text(u.middle)) AS detail,
    json_array(c.capture_id) AS captures
FROM cut AS c
JOIN usual AS u USING (instance_id, day)
WHERE u.middle > 0
  AND c.taken IS NOT NULL
ORDER BY
    c.instance_id,
    c.t_ns;
