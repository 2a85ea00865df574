-- id:         seed_conf
-- title:      The confidence of the source documents is above 0.75 at some place
-- unit:       score, 0 to 1
-- state:      shown
-- asks:       heap memstats
-- params:     min_score=0.75, age=0.45, depth=0.35, freq=0.20, max_age=10, max_depth=8, max_freq=200
--
-- Why: what is old, deep in the program and allocated often looks like a leak.
--
-- Blind spot: it knows no growth: a full cache scores as a leak does. And it cannot reach its own alert line at
-- its own marks of high risk: age 6, depth 7 and 100 a second give 0.676.
--
-- Source: the source documents: 0.45 min(age / 10, 1) + 0.35 min(depth / 8, 1) + 0.20 min(freq / 200, 1), alert above
-- 0.75. Age is in collections, by Little's law: objects in use over objects allocated in a second, over the time
-- between two collections; depth is that of the stack, since captures know no references.
WITH rhythm AS (
    SELECT
        m.lifetime_id,
        (max(m.t_ns) - min(m.t_ns)) / 1e9 / nullif(total(m.cycles), 0) AS period_s
    FROM v_moment AS m
    GROUP BY m.lifetime_id
),
deep AS (
    SELECT
        ss.site_id,
        avg(st.depth) AS depth
    FROM v_stack_site AS ss
    JOIN stack AS st USING (service_id, stack_id)
    GROUP BY ss.site_id
),
step AS (
    SELECT
        s.*,
        (s.alloc_objects - lag(s.alloc_objects) OVER life_by_time) * 1e9
            / nullif(s.t_ns - lag(s.t_ns) OVER life_by_time, 0) AS freq
    FROM v_site_series AS s
    WINDOW life_by_time AS (PARTITION BY s.site_id, s.lifetime_id ORDER BY s.ordinal)
),
scored AS (
    SELECT
        s.service_id,
        s.lifetime_id,
        s.t_ns,
        s.capture_id,
        s.site_id,
        s.freq,
        d.depth,
        s.inuse_objects / s.freq / r.period_s AS age,
        :age * min(s.inuse_objects / s.freq / r.period_s / :max_age, 1)
            + :depth * min(d.depth / :max_depth, 1)
            + :freq * min(s.freq / :max_freq, 1) AS score
    FROM step AS s
    JOIN rhythm AS r USING (lifetime_id)
    JOIN deep AS d USING (site_id)
    WHERE s.freq > 0
      AND s.inuse_objects > 0
      AND r.period_s > 0
),
ranked AS (
    SELECT
        sc.*,
        row_number() OVER (
            PARTITION BY sc.lifetime_id, sc.capture_id
            ORDER BY sc.score DESC, sc.site_id
        ) AS place
    FROM scored AS sc
)
SELECT
    t.service_id,
    l.instance_id,
    t.t_ns,
    t.score > :min_score AS fired,
    t.score AS value,
    :min_score AS threshold,
    format(
        '%s: age %s collections, depth %.0f, %s allocated in a second',
        si.function,
        CASE WHEN t.age < 100 THEN format('%.1f', t.age) ELSE count_text(t.age) END,
        t.depth,
        CASE WHEN t.freq < 10 THEN format('%.2g', t.freq) ELSE count_text(t.freq) END
    ) AS detail,
    json_array(t.capture_id) AS captures
FROM ranked AS t
JOIN v_site AS si USING (site_id)
JOIN temp.life AS l USING (lifetime_id)
WHERE t.place = 1
ORDER BY
    l.instance_id,
    t.t_ns;
