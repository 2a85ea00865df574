-- id:         gc.gogc_drift
-- title:      The collector's target was raised
-- layer:      L5
-- term:       seen
-- gate:       yes
-- needs:      v_process_series v_memory_ledger v_life v_life_reading v_gc_interval
-- params:     min_ratio=2, max_live=1.5, min_next=1.5, min_step=1.25, many_rises=3, told_rises=2, same_live=1.2, min_rise=1.3, max_p=0.0001, told_buckets=16, min_told=4, min_implied=12
--
-- Why: with GOGC at 350 instead of 100 a heap grows to four and a half times what is alive before it is
-- collected. The memory of the process doubles, no line of code leaks, and the next peak meets the limit.
-- Called is only a rise to at least twice the value, as a step between captures of which each side agrees
-- with itself, or little by little without a doubt, over the restarts of an instance or within one process. Once, and without more memory: somebody did it on
-- purpose and should know. If memory or the heap between two collections rose with it, also if only Sys shows
-- that, which remembers the most there ever was, or if it was raised again within one life of the process, by
-- the program itself, it is a warning: two rises where readings tell GOGC, three where it is implied.
--
-- Blind spot: where no reading tells GOGC it is implied by NextGC and the total of a heap profile, which
-- lags behind in a heap that changes fast. Then NextGC must have risen too, and the live heap must not. A
-- program that changes GOGC up and down all day is not called.
--
-- Source: leaks.md 1.1, A11 to A13 (GOGC drift from 100 to 350); part 6 (implied GOGC: medians only).
WITH reading AS (
    SELECT
        ps.service_id,
        l.instance,
        ps.t_ns,
        ps.capture_id,
        ps.value AS gogc,
        ml.next_gc,
        ml.footprint,
        ml.footprint + ml.returned AS most,
        ml.heap_alloc,
        ps.lifetime_id,
        ps.service_id IN (
            SELECT r.service_id
            FROM v_life_reading AS r
            WHERE r.use = 'gogc'
        ) AS is_told,
        min(ps.lifetime_id) OVER instance <> max(ps.lifetime_id) OVER instance AS is_restarted
    FROM v_process_series AS ps
    JOIN v_life AS l USING (lifetime_id)
    LEFT JOIN v_memory_ledger AS ml ON ml.lifetime_id = ps.lifetime_id AND ml.t_ns = ps.t_ns
    WHERE ps.name = 'gogc'
    WINDOW instance AS (PARTITION BY ps.service_id, l.instance)
),
-- A course is an instance with its restarts or, where there are some, each of its processes.
point AS (
    SELECT
        r.*,
        k.is_life * r.lifetime_id AS course,
        row_number() OVER (course_of ORDER BY r.t_ns) - 1 AS place,
        count(*) OVER course_of AS places
    FROM reading AS r
    JOIN (SELECT 0 AS is_life UNION ALL SELECT 1) AS k ON k.is_life <= r.is_restarted
    WINDOW course_of AS (PARTITION BY r.service_id, r.instance, k.is_life * r.lifetime_id)
),
bucket AS (
    SELECT
        p.service_id,
        p.instance,
        p.course,
        p.is_told,
        p.place * min(:told_buckets, CASE WHEN p.is_told THEN p.places ELSE p.places / 3 END) / p.places
            AS number,
        min(p.t_ns) AS t_ns,
        median(p.gogc) AS gogc,
        median(p.next_gc) AS next_gc,
        median(p.footprint) AS footprint,
        max(p.heap_alloc) AS heap_alloc,
        max(p.most) AS most,
        min(p.lifetime_id) AS lifetime_id,
        median(p.next_gc / (1 + p.gogc / 100.0)) AS live,
        json_group_array(p.capture_id) AS captures
    FROM point AS p
    WHERE p.places >= CASE WHEN p.is_told THEN :min_told ELSE :min_implied END
    GROUP BY
        p.service_id,
        p.instance,
        p.course,
        CAST(p.place * min(:told_buckets, CASE WHEN p.is_told THEN p.places ELSE p.places / 3 END)
            / p.places AS INTEGER)
),
course AS (
    SELECT
        p.service_id,
        p.instance,
        p.course,
        kendall_p(p.t_ns, p.gogc) AS p_rise,
        kendall_p(p.t_ns, p.gogc, p.lifetime_id) AS p_in_life
    FROM point AS p
    GROUP BY
        p.service_id,
        p.instance,
        p.course
),
rise AS (
    SELECT
        r.service_id,
        r.instance,
        r.course,
        sum(r.gogc >= :min_step * r.most) AS rises
    FROM (
        SELECT
            b.service_id,
            b.instance,
            b.course,
            b.gogc,
            max(b.gogc) OVER (
                PARTITION BY b.service_id, b.instance, b.course, b.lifetime_id
                ORDER BY b.t_ns
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) AS most
        FROM bucket AS b
    ) AS r
    GROUP BY
        r.service_id,
        r.instance,
        r.course
),
split AS (
    SELECT
        cut.service_id,
        cut.instance,
        cut.course,
        cut.is_told,
        cut.t_ns,
        cut.captures,
        median(CASE WHEN b.t_ns < cut.t_ns THEN b.gogc END) AS before,
        median(CASE WHEN b.t_ns >= cut.t_ns THEN b.gogc END) AS after,
        max(CASE WHEN b.t_ns < cut.t_ns THEN b.gogc END) AS most_before,
        min(CASE WHEN b.t_ns >= cut.t_ns THEN b.gogc END) AS least_after,
        median(CASE WHEN b.t_ns >= cut.t_ns THEN b.next_gc END)
            / median(CASE WHEN b.t_ns < cut.t_ns THEN b.next_gc END) AS next_ratio,
        median(CASE WHEN b.t_ns >= cut.t_ns THEN b.footprint END)
            / median(CASE WHEN b.t_ns < cut.t_ns THEN b.footprint END) AS memory_ratio,
        max(CASE WHEN b.t_ns >= cut.t_ns THEN b.heap_alloc END) * 1.0
            / max(CASE WHEN b.t_ns < cut.t_ns THEN b.heap_alloc END) AS peak_ratio,
        max(CASE WHEN b.t_ns >= cut.t_ns THEN b.most END) * 1.0
            / max(CASE WHEN b.t_ns < cut.t_ns THEN b.most END) AS most_ratio,
        median(CASE WHEN b.t_ns >= cut.t_ns THEN b.live END)
            / median(CASE WHEN b.t_ns < cut.t_ns THEN b.live END) AS live_ratio
    FROM (
        SELECT
            o.*,
            max(o.gogc) OVER instance AS highest,
            min(o.gogc) OVER instance AS lowest
        FROM bucket AS o
        WINDOW instance AS (PARTITION BY o.service_id, o.instance, o.course)
    ) AS cut
    JOIN bucket AS b USING (service_id, instance, course)
    WHERE cut.highest >= :min_ratio * cut.lowest
    GROUP BY
        cut.service_id,
        cut.instance,
        cut.course,
        cut.t_ns
    HAVING sum(b.t_ns < cut.t_ns) >= 2
       AND sum(b.t_ns >= cut.t_ns) >= 2
),
step AS (
    SELECT
        sp.*,
        c.p_rise,
        coalesce(
            r.rises >= CASE WHEN sp.is_told THEN :told_rises ELSE :many_rises END AND c.p_in_life <= :max_p,
            0
        ) AS is_again,
        coalesce(sp.most_ratio >= :min_rise AND sp.live_ratio <= :same_live, 0) AS is_once_larger,
        (
            SELECT median(CASE WHEN gi.t_ns >= sp.t_ns THEN gi.seconds / nullif(gi.cycles, 0) END)
                / median(CASE WHEN gi.t_ns < sp.t_ns THEN gi.seconds / nullif(gi.cycles, 0) END)
            FROM v_gc_interval AS gi
            JOIN v_life AS l USING (lifetime_id)
            WHERE gi.service_id = sp.service_id
              AND l.instance = sp.instance
        ) AS period_ratio,
        row_number() OVER (
            PARTITION BY sp.service_id
            ORDER BY
                sp.least_after > sp.most_before DESC,
                sp.least_after / sp.most_before DESC,
                sp.instance,
                sp.course,
                sp.t_ns
        ) AS place
    FROM split AS sp
    JOIN course AS c USING (service_id, instance, course)
    JOIN rise AS r USING (service_id, instance, course)
    WHERE sp.after >= :min_ratio * sp.before
      AND sp.before >= 10
      AND (
        sp.least_after > sp.most_before
        OR (c.p_rise <= :max_p AND NOT sp.is_told)
      )
)
SELECT
    s.service_id,
    'service:gogc' AS subject,
    'gogc-drift' AS class,
    CASE
        WHEN s.is_again OR s.is_once_larger OR s.memory_ratio >= :min_rise OR s.peak_ratio >= :min_rise
            THEN CASE WHEN s.is_told THEN 1.0 ELSE 0.8 END
        ELSE 0.5
    END AS strength,
    format(
        'GOGC went from %.0f to %.0f %s %s%s%s%s',
        s.before,
        s.after,
        CASE WHEN s.least_after > s.most_before THEN 'at' ELSE 'little by little, around' END,
        rfc3339(s.t_ns),
        CASE WHEN s.instance = '' THEN '' ELSE ' on ' || s.instance END,
        CASE WHEN s.is_told THEN '' ELSE ' (as NextGC and heap profiles imply)' END,
        CASE
            WHEN s.memory_ratio >= :min_rise
                THEN format('; the memory of the process became %.1f times as much', s.memory_ratio)
            WHEN s.peak_ratio >= :min_rise
                THEN format('; the heap grew to %.1f times as much before it was collected', s.peak_ratio)
            WHEN s.is_once_larger
                THEN format('; the process once took %.1f times as much', s.most_ratio)
            WHEN s.is_again THEN '; it was raised again and again by the program itself'
            ELSE '; the memory of the process did not rise with it'
        END
    ) AS detail,
    json_object(
        'captures', json(s.captures),
        'before', s.before,
        'after', s.after,
        'memory_ratio', s.memory_ratio,
        'peak_ratio', s.peak_ratio,
        'most_ratio', s.most_ratio,
        'is_again', s.is_again,
        'goal_ratio', s.next_ratio,
        'gc_period_ratio', s.period_ratio,
        'is_told', s.is_told
    ) AS evidence,
    NULL AS same_as
FROM step AS s
WHERE s.place = 1
  AND (
    s.is_told
    OR (
        s.live_ratio BETWEEN 1.0 / :max_live AND :max_live
        AND s.next_ratio >= :min_next
        AND (s.p_rise <= :max_p OR s.least_after >= :min_next * s.most_before)
    )
  )
ORDER BY s.service_id;
