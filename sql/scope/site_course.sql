-- What the lives of a process say of a heap site that rises: does it fill up, as a cache does that began empty with its
-- process? Of sites only whose trend is worth the question, for each of their trends (site_trend.sql).
--
--   slowing_work, slowing_time   how much earlier in the life, warm-up included, the sampled objects came that are kept
--                than if they had come evenly, by the work done (what the process allocated in all) and by the
--                clock, lives of the trend taken together: in standard deviations of chance, negative where growth slows
--                down. What came evenly stands on average in the middle, with a variance of a twelfth for each
--   is_refill    1: an earlier life held as much as the newest lives do now, for half of its time, and grew no more; by
--                eight sampled objects and more, for fewer stand still by chance
--   is_new       1: an earlier life that lasted as long (four fifths at least) ended with a third of it at most: it is not
--                what each process does when it begins; nor is it by luck, with eight sampled objects now
INSERT INTO site_course (site_id, cohort, slowing_work, slowing_time, is_refill, is_new)
WITH asked AS (
    SELECT
        st.site_id,
        st.cohort
    FROM site_trend AS st
    WHERE st.slope_low > 0
      AND st.p_plain <= 0.05
      AND st.births - st.deaths >= 4
),
life_of AS (
    SELECT
        a.site_id,
        a.cohort,
        tl.lifetime_id
    FROM asked AS a
    JOIN site AS s USING (site_id)
    JOIN trend_life AS tl ON tl.cohort = a.cohort
    JOIN life AS l ON l.lifetime_id = tl.lifetime_id AND l.service_id = s.service_id
),
step AS (
    SELECT
        lo.site_id,
        lo.cohort,
        lo.lifetime_id,
        p.inuse_count AS held,
        lag(p.inuse_count) OVER life AS held_before,
        first_value(p.inuse_count) OVER life AS held_first,
        t.value - lag(t.value) OVER life AS work,
        hc.t_ns - lag(hc.t_ns) OVER life AS time_ns,
        row_number() OVER (
            PARTITION BY
                lo.site_id,
                lo.cohort,
                lo.lifetime_id
            ORDER BY p.ordinal DESC
        ) AS newness
    FROM life_of AS lo
    CROSS JOIN heap_point AS p ON p.site_id = lo.site_id AND p.lifetime_id = lo.lifetime_id
    JOIN heap_capture AS hc ON hc.lifetime_id = p.lifetime_id AND hc.ordinal = p.ordinal
    JOIN total AS t ON t.capture_id = hc.capture_id AND t.type = 'alloc_space'
    WINDOW life AS (
        PARTITION BY
            lo.site_id,
            lo.cohort,
            lo.lifetime_id
        ORDER BY p.ordinal
    )
),
-- The area under the course: what came evenly makes half of the rectangle.
in_life AS (
    SELECT
        s.site_id,
        s.cohort,
        max(CASE WHEN s.newness = 1 THEN s.held - s.held_first END) AS gained,
        sum(s.work * ((s.held + s.held_before) / 2.0 - s.held_first)) / nullif(sum(s.work), 0) AS mean_by_work,
        sum(s.time_ns * ((s.held + s.held_before) / 2.0 - s.held_first)) / nullif(sum(s.time_ns), 0) AS mean_by_time
    FROM step AS s
    GROUP BY
        s.site_id,
        s.cohort,
        s.lifetime_id
),
course AS (
    SELECT
        il.site_id,
        il.cohort,
        sum(il.gained / 2.0 - il.mean_by_work) / sqrt(sum(il.gained) / 12.0) AS slowing_work,
        sum(il.gained / 2.0 - il.mean_by_time) / sqrt(sum(il.gained) / 12.0) AS slowing_time
    FROM in_life AS il
    WHERE il.gained >= 4
    GROUP BY
        il.site_id,
        il.cohort
),
-- Levels of each life of the service at the place, whatever its build.
level AS (
    SELECT
        a.site_id,
        l.lifetime_id,
        l.first_ns,
        l.last_ns,
        count(*) AS captures,
        median(CASE WHEN 2 * hc.t_ns >= l.first_ns + l.last_ns AND 4 * hc.t_ns < l.first_ns + 3 * l.last_ns
            THEN coalesce(p.inuse_space, 0) END) AS third,
        median(CASE WHEN 4 * hc.t_ns >= l.first_ns + 3 * l.last_ns THEN coalesce(p.inuse_space, 0) END) AS fourth,
        median(CASE WHEN 2 * hc.t_ns >= l.first_ns + l.last_ns THEN coalesce(p.inuse_count, 0) END) AS held,
        last_value(coalesce(p.inuse_space, 0), hc.ordinal) AS now,
        last_value(coalesce(p.inuse_count, 0), hc.ordinal) AS count_now
    FROM (SELECT DISTINCT b.site_id FROM asked AS b) AS a
    JOIN site AS s USING (site_id)
    JOIN life AS l ON l.service_id = s.service_id
    JOIN heap_capture AS hc ON hc.lifetime_id = l.lifetime_id
    LEFT JOIN heap_point AS p ON p.site_id = a.site_id AND p.lifetime_id = hc.lifetime_id AND p.ordinal = hc.ordinal
    GROUP BY
        a.site_id,
        l.lifetime_id
),
-- The newest lives: those that none of the same trend began after.
newest AS (
    SELECT
        lo.site_id,
        lo.cohort,
        lo.lifetime_id,
        l.last_ns >= max(l.first_ns) OVER (PARTITION BY lo.site_id, lo.cohort) AS is_newest
    FROM life_of AS lo
    JOIN life AS l USING (lifetime_id)
),
present AS (
    SELECT
        n.site_id,
        n.cohort,
        max(le.now) AS now,
        min(le.count_now) AS count_now,
        min(le.first_ns) AS first_ns,
        max(le.last_ns - le.first_ns) AS span_ns
    FROM newest AS n
    JOIN level AS le USING (site_id, lifetime_id)
    WHERE n.is_newest = 1
    GROUP BY
        n.site_id,
        n.cohort
),
earlier AS (
    SELECT
        pr.site_id,
        pr.cohort,
        max(
            le.held >= 8
            AND le.third >= 0.9 * pr.now
            AND le.fourth BETWEEN 0.9 * pr.now AND 1.1 * le.third
        ) AS is_refill,
        max(
            pr.count_now >= 8
            AND le.last_ns - le.first_ns >= 0.8 * pr.span_ns
            AND le.fourth <= 0.3 * pr.now
        ) AS is_new
    FROM present AS pr
    JOIN level AS le USING (site_id)
    WHERE le.last_ns <= pr.first_ns
      AND le.captures >= 8
    GROUP BY
        pr.site_id,
        pr.cohort
)
SELECT
    a.site_id,
    a.cohort,
    co.slowing_work,
    co.slowing_time,
    coalesce(ea.is_refill, 0) AS is_refill,
    coalesce(ea.is_new, 0) AS is_new
FROM asked AS a
LEFT JOIN course AS co USING (site_id, cohort)
LEFT JOIN earlier AS ea USING (site_id, cohort);
