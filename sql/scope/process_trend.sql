-- How each course of a process moved, over the judged captures of all lives with at least three of them;
-- once for all lives and once for those of the newest build (cohorts.sql); the live heap also for each of several
-- instances (trend_lives.sql). Columns as in site_trend.
--
-- Where a life was watched for two days or more, the lowest value of each hour stands for the hour: between
-- collections and under a load that comes and goes, only the floor tells of a leak (leaks.md 2.4).
--
--   first, last_value  medians of the first and last quarter of each life, averaged
--   last_gain          median of the last quarter less that of the one before, averaged: 0 on a plateau
INSERT INTO process_trend (
    service_id, name, cohort, lives, instances, captures, longest_captures, span_ns, first_ns, last_ns,
    first_value, last_value, last_gain, slope, slope_low, slope_high, late_slope, p_trend, p_plain, tau, drawdown
)
WITH span AS (
    SELECT
        p.lifetime_id,
        p.name,
        min(p.t_ns) AS first_ns,
        max(p.t_ns) AS last_ns
    FROM process_point AS p
    JOIN process_series AS ps USING (name)
    WHERE p.is_judged = 1
    GROUP BY
        p.lifetime_id,
        p.name
    HAVING count(*) >= 3
),
floor AS (
    SELECT
        p.lifetime_id,
        p.name,
        min(p.t_ns) AS t_ns,
        min(p.value) AS value,
        count(*) AS captures,
        min(p.t_ns) >= s.first_ns + (s.last_ns - s.first_ns) / 2 AS is_late,
        row_number() OVER (PARTITION BY p.lifetime_id, p.name ORDER BY min(p.t_ns)) - 1 AS place,
        count(*) OVER (PARTITION BY p.lifetime_id, p.name) AS places
    FROM process_point AS p
    JOIN span AS s USING (lifetime_id, name)
    WHERE p.is_judged = 1
    GROUP BY
        p.lifetime_id,
        p.name,
        CASE
            WHEN s.last_ns - s.first_ns >= 172800000000000 THEN p.t_ns / 3600000000000
            ELSE p.t_ns
        END
),
in_life AS (
    SELECT
        f.name,
        f.lifetime_id,
        sum(f.captures) AS captures,
        min(f.t_ns) AS first_ns,
        max(f.t_ns) AS last_ns,
        median(CASE WHEN f.place < max(1, f.places / 4) THEN f.value END) AS first_value,
        median(CASE
            WHEN f.place >= f.places - 2 * max(1, f.places / 4)
                AND f.place < f.places - max(1, f.places / 4) THEN f.value
        END) AS before_value,
        median(CASE WHEN f.place >= f.places - max(1, f.places / 4) THEN f.value END) AS last_value,
        max_drawdown(f.t_ns, f.value) AS drawdown
    FROM floor AS f
    GROUP BY
        f.name,
        f.lifetime_id
    HAVING count(*) >= 3
),
over_lives AS (
    SELECT
        l.service_id,
        il.name,
        co.cohort,
        count(*) AS lives,
        count(DISTINCT l.instance_id) AS instances,
        sum(il.captures) AS captures,
        CAST(last_value(il.captures, il.last_ns - il.first_ns) AS INTEGER) AS longest_captures,
        max(il.last_ns - il.first_ns) AS span_ns,
        min(il.first_ns) AS first_ns,
        max(il.last_ns) AS last_ns,
        avg(il.first_value) AS first_value,
        avg(il.last_value) AS last_value,
        avg(il.last_value - il.before_value) AS last_gain,
        max(il.drawdown) AS drawdown
    FROM in_life AS il
    JOIN life AS l USING (lifetime_id)
    JOIN trend_life AS co USING (lifetime_id)
    WHERE co.cohort IN ('all', 'build')
       OR il.name = 'live_heap'
    GROUP BY
        l.service_id,
        il.name,
        co.cohort
)
SELECT
    ol.service_id,
    ol.name,
    ol.cohort,
    ol.lives,
    ol.instances,
    ol.captures,
    ol.longest_captures,
    ol.span_ns,
    ol.first_ns,
    ol.last_ns,
    ol.first_value,
    ol.last_value,
    ol.last_gain,
    theil_sen(f.t_ns, f.value, f.lifetime_id) AS slope,
    theil_sen_low(f.t_ns, f.value, f.lifetime_id) AS slope_low,
    theil_sen_high(f.t_ns, f.value, f.lifetime_id) AS slope_high,
    theil_sen(CASE WHEN f.is_late THEN f.t_ns END, f.value, f.lifetime_id) AS late_slope,
    kendall_p_corrected(f.t_ns, f.value, f.lifetime_id) AS p_trend,
    kendall_p(f.t_ns, f.value, f.lifetime_id) AS p_plain,
    kendall_tau(f.t_ns, f.value, f.lifetime_id) AS tau,
    ol.drawdown
FROM over_lives AS ol
JOIN trend_life AS co USING (cohort)
JOIN life AS l ON l.lifetime_id = co.lifetime_id AND l.service_id = ol.service_id
JOIN floor AS f ON f.lifetime_id = l.lifetime_id AND f.name = ol.name
GROUP BY
    ol.service_id,
    ol.name,
    ol.cohort;
