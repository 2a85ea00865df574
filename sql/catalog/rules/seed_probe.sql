-- id:         seed_probe
-- title:      Objects at a growing place are older than 30 seconds and three collections
-- unit:       seconds of age
-- state:      on
-- asks:       heap memstats
-- params:     min_age_s=30, min_cycles=3, sigmas=2
--
-- Why: what three collections did not free while more of it came is kept by somebody.
--
-- Blind spot: caches keep things too; only that they stop to grow tells them apart, and two captures do not show it.
--
-- Source: the finalizer probe of the source documents: 30 s, three collections. In captures the age is that of the heap,
-- by Little's law: objects in use over objects allocated in a second.
WITH rhythm AS (
    SELECT
        m.lifetime_id,
        (max(m.t_ns) - min(m.t_ns)) / 1e9 / nullif(total(m.cycles), 0) AS period_s
    FROM v_moment AS m
    GROUP BY m.lifetime_id
),
step AS (
    SELECT
        s.*,
        s.inuse_count - lag(s.inuse_count) OVER life_by_time AS samples,
        s.inuse_count + lag(s.inuse_count) OVER life_by_time AS both,
        (s.alloc_objects - lag(s.alloc_objects) OVER life_by_time) * 1e9
            / nullif(s.t_ns - lag(s.t_ns) OVER life_by_time, 0) AS freq
    FROM v_site_series AS s
    WINDOW life_by_time AS (PARTITION BY s.site_id, s.lifetime_id ORDER BY s.ordinal)
),
aged AS (
    SELECT
        s.service_id,
        s.lifetime_id,
        s.t_ns,
        s.capture_id,
        r.period_s,
        CASE WHEN s.freq > 0 AND s.samples > :sigmas * sqrt(s.both) THEN s.inuse_objects / s.freq ELSE 0 END AS age_s
    FROM step AS s
    JOIN rhythm AS r USING (lifetime_id)
    WHERE s.both IS NOT NULL
      AND r.period_s > 0
),
oldest AS (
    SELECT
        a.*,
        max(a.age_s) AS most_s
    FROM aged AS a
    GROUP BY
        a.lifetime_id,
        a.capture_id
)
SELECT
    o.service_id,
    l.instance_id,
    o.t_ns,
    o.most_s > :min_age_s AND o.most_s > :min_cycles * o.period_s AS fired,
    o.most_s AS value,
    max(:min_age_s, :min_cycles * o.period_s) AS threshold,
    format('%s old, %.0f collections', duration_text(o.most_s * 1e9), o.most_s / o.period_s) AS detail,
    json_array(o.capture_id) AS captures
FROM oldest AS o
JOIN temp.life AS l USING (lifetime_id)
ORDER BY
    l.instance_id,
    o.t_ns;
