-- How many goroutines stood at each place over time; columns as in site_trend. Counts are exact, so there
-- are no births and deaths. total is the number of all goroutines in the last capture of each life.
INSERT INTO cluster_trend (
    site_id, cohort, service_id, lives, instances, captures, longest_captures, span_ns, first_ns, last_ns,
    first_count, last_count, slope, slope_low, slope_high, late_slope, late_high, p_trend, p_plain, tau, drawdown, max_minutes,
    leaked, total
)
WITH judged AS (
    SELECT
        gc.lifetime_id,
        gc.ordinal,
        gc.t_ns,
        coalesce(
            gc.t_ns - lag(gc.t_ns) OVER (PARTITION BY gc.lifetime_id ORDER BY gc.ordinal) < 2000000000,
            0
        ) AS is_again
    FROM goroutine_capture AS gc
    WHERE gc.is_judged = 1
),
span AS (
    SELECT
        j.lifetime_id,
        count(*) AS captures,
        min(j.ordinal) AS first_ordinal,
        max(j.ordinal) AS last_ordinal,
        min(j.t_ns) AS first_ns,
        max(j.t_ns) AS last_ns
    FROM judged AS j
    GROUP BY j.lifetime_id
    HAVING count(*) >= 3
),
gained AS (
    SELECT
        p.site_id,
        p.lifetime_id
    FROM goroutine_point AS p
    JOIN span USING (lifetime_id)
    WHERE p.ordinal IN (span.first_ordinal, span.last_ordinal)
    GROUP BY
        p.site_id,
        p.lifetime_id
    HAVING sum(CASE WHEN p.ordinal = span.last_ordinal THEN p.count ELSE -p.count END) >= 10
),
point AS (
    SELECT
        p.site_id,
        co.cohort,
        p.lifetime_id,
        p.ordinal,
        j.t_ns,
        j.is_again,
        j.t_ns >= span.first_ns + (span.last_ns - span.first_ns) / 2 AS is_late,
        p.ordinal < span.first_ordinal + max(1, span.captures / 4) AS is_first_part,
        p.ordinal > span.last_ordinal - max(1, span.captures / 4) AS is_last_part,
        p.count,
        p.max_minutes,
        p.leaked
    FROM goroutine_point AS p
    JOIN span USING (lifetime_id)
    JOIN trend_life AS co USING (lifetime_id)
    JOIN judged AS j ON j.lifetime_id = p.lifetime_id AND j.ordinal = p.ordinal
    WHERE co.cohort IN ('all', 'build')
       OR (p.site_id, p.lifetime_id) IN (SELECT ga.site_id, ga.lifetime_id FROM gained AS ga)
),
in_life AS (
    SELECT
        pt.site_id,
        pt.cohort,
        pt.lifetime_id,
        sum(1 - pt.is_again) AS captures,
        min(pt.t_ns) AS first_ns,
        max(pt.t_ns) AS last_ns,
        median(CASE WHEN pt.is_first_part THEN pt.count END) AS first_count,
        median(CASE WHEN pt.is_last_part THEN pt.count END) AS last_count,
        max_drawdown(pt.t_ns, pt.count) AS drawdown,
        max(pt.max_minutes) AS max_minutes,
        max(pt.leaked) AS leaked
    FROM point AS pt
    GROUP BY
        pt.site_id,
        pt.cohort,
        pt.lifetime_id
    HAVING max(pt.count) >= 3
),
total AS (
    SELECT
        p.lifetime_id,
        sum(p.count) AS goroutines
    FROM goroutine_point AS p
    JOIN span ON span.lifetime_id = p.lifetime_id AND span.last_ordinal = p.ordinal
    GROUP BY p.lifetime_id
),
over_lives AS (
    SELECT
        il.site_id,
        il.cohort,
        count(*) AS lives,
        count(DISTINCT l.instance_id) AS instances,
        sum(il.captures) AS captures,
        CAST(last_value(il.captures, il.last_ns - il.first_ns) AS INTEGER) AS longest_captures,
        max(il.last_ns - il.first_ns) AS span_ns,
        min(il.first_ns) AS first_ns,
        max(il.last_ns) AS last_ns,
        avg(il.first_count) AS first_count,
        avg(il.last_count) AS last_count,
        max(il.drawdown) AS drawdown,
        max(il.max_minutes) AS max_minutes,
        sum(il.leaked) AS leaked,
        avg(t.goroutines) AS goroutines
    FROM in_life AS il
    JOIN life AS l USING (lifetime_id)
    JOIN total AS t USING (lifetime_id)
    GROUP BY
        il.site_id,
        il.cohort
)
SELECT
    ol.site_id,
    ol.cohort,
    s.service_id,
    ol.lives,
    ol.instances,
    ol.captures,
    ol.longest_captures,
    ol.span_ns,
    ol.first_ns,
    ol.last_ns,
    ol.first_count,
    ol.last_count,
    theil_sen(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS slope,
    theil_sen_low(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS slope_low,
    theil_sen_high(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS slope_high,
    theil_sen(CASE WHEN pt.is_late AND NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS late_slope,
    theil_sen_high(CASE WHEN pt.is_late AND NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS late_high,
    kendall_p_corrected(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS p_trend,
    kendall_p(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS p_plain,
    kendall_tau(CASE WHEN NOT pt.is_again THEN pt.t_ns END, pt.count, pt.lifetime_id) AS tau,
    ol.drawdown,
    ol.max_minutes,
    ol.leaked,
    ol.goroutines AS total
FROM over_lives AS ol
JOIN site AS s USING (site_id)
JOIN point AS pt USING (site_id, cohort)
GROUP BY
    ol.site_id,
    ol.cohort;
