-- How every heap site moved, over the judged captures of all lives with at least three of them; once for all
-- lives, once for those of the newest build (see cohorts.sql), and for each of several instances (trend_lives.sql).
--
--   slope, low, high   Theil-Sen, pairs within one life only; bytes per ns, 95 % limits
--   late_slope, _high  the same over the second half of each life, with its upper limit: a cache that has
--                      filled up is flat
--   p_trend            Kendall, summed over lives, corrected for autocorrelation; one-sided
--   p_plain            the same without the correction: what it would be if captures were independent
--   drawdown           largest fall from an earlier maximum, bytes; a sawtooth falls as far as it rises
--   births, deaths     sampled objects that came and went between the first and last capture of a life
--   early, late_net    sampled objects gained until the process had done half of its work, and after that. Work
--                      is what it allocated in all: a load that comes and goes with the day does not count
--   first, last_space  medians of the first and last quarter of captures of each life, averaged
--   longest_captures   captures of the life that was watched longest
--   sample_space       bytes that one sampled object stands for: what a step of one is worth
INSERT INTO site_trend (
    site_id, cohort, service_id, lives, instances, captures, longest_captures, span_ns, first_ns, last_ns,
    first_space, last_space, last_objects, slope, slope_low, slope_high, late_slope, late_high, objects_slope,
    objects_low, objects_high, p_trend, p_plain, tau, drawdown, births, deaths, early_net, late_net, alloc_per_s,
    sample_space
)
WITH span AS (
    SELECT
        hc.lifetime_id,
        count(*) AS captures,
        min(hc.ordinal) AS first_ordinal,
        max(hc.ordinal) AS last_ordinal,
        min(hc.t_ns) AS first_ns,
        max(hc.t_ns) AS last_ns
    FROM heap_capture AS hc
    WHERE hc.is_judged = 1
    GROUP BY hc.lifetime_id
    HAVING count(*) >= 3
),
work AS (
    SELECT
        hc.lifetime_id,
        hc.ordinal,
        t.value,
        (
            min(t.value) OVER (PARTITION BY hc.lifetime_id) + max(t.value) OVER (PARTITION BY hc.lifetime_id)
        ) / 2 AS half
    FROM heap_capture AS hc
    JOIN total AS t ON t.capture_id = hc.capture_id AND t.type = 'alloc_space'
    WHERE hc.is_judged = 1
),
-- An instance is asked by itself where it gained something worth to be asked for.
gained AS (
    SELECT
        p.site_id,
        p.lifetime_id
    FROM heap_point AS p
    JOIN span USING (lifetime_id)
    WHERE p.ordinal IN (span.first_ordinal, span.last_ordinal)
    GROUP BY
        p.site_id,
        p.lifetime_id
    HAVING sum(CASE WHEN p.ordinal = span.last_ordinal THEN p.inuse_count ELSE -p.inuse_count END) >= 5
),
middle AS (
    SELECT
        w.lifetime_id,
        max(w.ordinal) AS ordinal
    FROM work AS w
    WHERE w.value <= w.half
    GROUP BY w.lifetime_id
),
point AS (
    SELECT
        p.site_id,
        co.cohort,
        p.lifetime_id,
        p.ordinal,
        hc.t_ns,
        hc.t_ns >= span.first_ns + (span.last_ns - span.first_ns) / 2 AS is_late,
        p.ordinal < span.first_ordinal + max(1, span.captures / 4) AS is_first_part,
        p.ordinal > span.last_ordinal - max(1, span.captures / 4) AS is_last_part,
        p.ordinal = span.first_ordinal AS is_first,
        p.ordinal = span.last_ordinal AS is_last,
        p.ordinal = middle.ordinal AS is_middle,
        p.inuse_objects,
        p.inuse_space,
        p.alloc_objects,
        p.inuse_count,
        p.alloc_count
    FROM heap_point AS p
    JOIN span USING (lifetime_id)
    LEFT JOIN middle USING (lifetime_id)
    JOIN trend_life AS co USING (lifetime_id)
    JOIN heap_capture AS hc ON hc.lifetime_id = p.lifetime_id AND hc.ordinal = p.ordinal
    WHERE hc.is_judged = 1
      AND p.site_id IN (
        SELECT big.site_id
        FROM heap_point AS big
        GROUP BY big.site_id
        HAVING max(big.inuse_space) >= 65536
      )
      AND (
        co.cohort IN ('all', 'build')
        OR (p.site_id, p.lifetime_id) IN (SELECT ga.site_id, ga.lifetime_id FROM gained AS ga)
      )
),
in_life AS (
    SELECT
        pt.site_id,
        pt.cohort,
        pt.lifetime_id,
        count(*) AS captures,
        min(pt.t_ns) AS first_ns,
        max(pt.t_ns) AS last_ns,
        median(CASE WHEN pt.is_first_part THEN pt.inuse_space END) AS first_space,
        median(CASE WHEN pt.is_last_part THEN pt.inuse_space END) AS last_space,
        max(CASE WHEN pt.is_last THEN pt.inuse_objects END) AS last_objects,
        max_drawdown(pt.t_ns, pt.inuse_space) AS drawdown,
        max(pt.is_last * pt.alloc_count) - max(pt.is_first * pt.alloc_count) AS births,
        max(pt.is_last * pt.inuse_count) - max(pt.is_first * pt.inuse_count) AS net,
        max(pt.is_middle * pt.inuse_count) - max(pt.is_first * pt.inuse_count) AS early_net,
        max(pt.is_last * pt.inuse_count) - max(pt.is_middle * pt.inuse_count) AS late_net,
        max(pt.is_last * pt.alloc_objects) - max(pt.is_first * pt.alloc_objects) AS allocated,
        sum(pt.inuse_space) * 1.0 / max(1, sum(pt.inuse_count)) AS sample_space
    FROM point AS pt
    GROUP BY
        pt.site_id,
        pt.cohort,
        pt.lifetime_id
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
        avg(il.first_space) AS first_space,
        avg(il.last_space) AS last_space,
        sum(il.last_objects) AS last_objects,
        max(il.drawdown) AS drawdown,
        sum(max(il.births, il.net, 0)) AS births,
        sum(max(il.births, il.net, 0) - il.net) AS deaths,
        sum(il.early_net) AS early_net,
        sum(il.late_net) AS late_net,
        sum(il.allocated) * 1e9 / sum(il.last_ns - il.first_ns) AS alloc_per_s,
        avg(il.sample_space) AS sample_space
    FROM in_life AS il
    JOIN life AS l USING (lifetime_id)
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
    ol.first_space,
    ol.last_space,
    ol.last_objects,
    theil_sen(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS slope,
    theil_sen_low(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS slope_low,
    theil_sen_high(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS slope_high,
    theil_sen(CASE WHEN pt.is_late THEN pt.t_ns END, pt.inuse_space, pt.lifetime_id) AS late_slope,
    theil_sen_high(CASE WHEN pt.is_late THEN pt.t_ns END, pt.inuse_space, pt.lifetime_id) AS late_high,
    theil_sen(pt.t_ns, pt.inuse_objects, pt.lifetime_id) AS objects_slope,
    theil_sen_low(pt.t_ns, pt.inuse_objects, pt.lifetime_id) AS objects_low,
    theil_sen_high(pt.t_ns, pt.inuse_objects, pt.lifetime_id) AS objects_high,
    kendall_p_corrected(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS p_trend,
    kendall_p(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS p_plain,
    kendall_tau(pt.t_ns, pt.inuse_space, pt.lifetime_id) AS tau,
    ol.drawdown,
    ol.births,
    ol.deaths,
    ol.early_net,
    ol.late_net,
    ol.alloc_per_s,
    ol.sample_space
FROM over_lives AS ol
JOIN site AS s USING (site_id)
JOIN point AS pt USING (site_id, cohort)
GROUP BY
    ol.site_id,
    ol.cohort;
