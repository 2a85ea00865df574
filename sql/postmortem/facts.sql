-- The numbers that verdicts are made of.
--
--   captures                    of the level, in the dead life
--   first_level, last_level     the first (median of the first three judged captures) and the last
--   death_level                 what the victim had when it was killed; where the level is the live heap there is none
--   gain, unseen_gain           death_level less first_level, and less last_level. Fewer than five captures that are all
--                               in the second half of the watched life, or within a tenth of it, tell no course:
--                               neither gain, half_share nor slopes
--   half_share                  share of the watched life, from the first capture to the kill, after which half of the
--                               gain was there; where the gain lies behind the last capture, by a line to the end
--   slope, slope_low            of the level per ns, over the whole life
--   early_slope                 of the level over the first nine tenths of the life
--   projected                   last_level + slope x time to the kill
--   unseen_share                time between last capture and kill, as a share of the watched life
--   live_first, live_last       live heap: medians of the first and of the last three judged captures, of live_captures
--   live_slope, live_slope_low  per ns
--   gogc, gogc_known            percent; where nothing tells (gogc_known 0) what NextGC implies, if that is twice or
--                               half of 100 (leaks.md 1.1, A11: nearer it is noise), else 100
--   rest_first, rest_last       stacks, the runtime's tables and what is outside Go
--   peak_first, peak_last       live x (1 + gogc/100) + rest; with GOMEMLIMIT the heap grows no further than that asks,
--                               and never below what is alive
--   go_limit                    GOMEMLIMIT
--   unmet_goal                  least NextGC, where it was above the limit and nothing was collected while captured:
--                               GOGC off, or so high that the process had to die first; then what grew may be garbage
--   cpu_share, gc_rate          of the collector in the last quarter of the life: medians; per second
--   cpu_long_share              share of the watched life during which it took a fifth of the processor or more
INSERT INTO death_fact (name, value)
WITH level AS (
    SELECT
        lv.t_ns,
        lv.value,
        lv.source,
        row_number() OVER (ORDER BY lv.t_ns) AS ordinal,
        count(*) OVER () AS captures,
        min(lv.t_ns) OVER () AS first_ns,
        d.end_ns,
        d.first_ns AS watched_ns
    FROM death_level AS lv
    JOIN v_death AS d
),
edge AS (
    SELECT
        count(*) AS captures,
        min(l.first_ns) AS first_ns,
        max(l.t_ns) AS last_ns,
        max(l.end_ns) AS end_ns,
        count(*) >= 5
        OR (
            min(l.t_ns) <= (max(l.watched_ns) + max(l.end_ns)) / 2
            AND max(l.t_ns) - min(l.t_ns) > (max(l.end_ns) - max(l.watched_ns)) / 10
        ) AS has_course,
        median(CASE WHEN l.ordinal <= CASE WHEN l.captures >= 6 THEN 3 ELSE 1 END THEN l.value END) AS first_level,
        last_value(l.value, l.t_ns) AS last_level,
        theil_sen(l.t_ns, l.value) AS slope,
        theil_sen_low(l.t_ns, l.value) AS slope_low,
        theil_sen(
            CASE WHEN l.t_ns <= l.first_ns + 0.9 * (l.end_ns - l.first_ns) THEN l.t_ns END, l.value
        ) AS early_slope,
        (
            SELECT CASE
                WHEN d.is_survivor = 0 AND l2.source <> 'live_heap'
                    THEN coalesce(d.rss, CASE WHEN d.scope = 'memcg' THEN coalesce(d.usage, d.limit_bytes) END)
            END
            FROM v_death AS d
            JOIN death_level AS l2
            LIMIT 1
        ) AS death_level
    FROM level AS l
),
half AS (
    SELECT
        e.*,
        coalesce(e.death_level, e.last_level) AS end_level,
        e.first_level + (coalesce(e.death_level, e.last_level) - e.first_level) / 2.0 AS half_level
    FROM edge AS e
    WHERE e.captures > 0
),
-- The first moment from which on no capture lies below the half.
crossed AS (
    SELECT
        h.*,
        (
            SELECT min(lv.t_ns)
            FROM death_level AS lv
            WHERE lv.value >= h.half_level
              AND lv.t_ns > coalesce((SELECT max(x.t_ns) FROM death_level AS x WHERE x.value < h.half_level), 0)
        ) AS half_ns
    FROM half AS h
),
live AS (
    SELECT
        p.t_ns,
        p.value,
        row_number() OVER (ORDER BY p.t_ns) AS ordinal,
        row_number() OVER (ORDER BY p.t_ns DESC) AS from_end,
        count(*) OVER () AS captures
    FROM v_death AS d
    JOIN v_process_series AS p USING (lifetime_id)
    WHERE p.name = 'live_heap'
      AND p.is_judged = 1
      AND p.t_ns <= d.end_ns
),
live_sum AS (
    SELECT
        count(*) AS live_captures,
        median(CASE WHEN l.ordinal <= CASE WHEN l.captures >= 6 THEN 3 ELSE 1 END THEN l.value END) AS live_first,
        median(CASE WHEN l.from_end <= CASE WHEN l.captures >= 6 THEN 3 ELSE 1 END THEN l.value END) AS live_last,
        theil_sen(l.t_ns, l.value) AS live_slope,
        theil_sen_low(l.t_ns, l.value) AS live_slope_low
    FROM live AS l
),
rest AS (
    SELECT
        coalesce(ml.stacks, 0) + coalesce(ml.runtime, 0) + coalesce(ml.outside, 0) AS value,
        row_number() OVER (ORDER BY ml.t_ns) AS ordinal,
        row_number() OVER (ORDER BY ml.t_ns DESC) AS from_end,
        count(*) OVER () AS captures
    FROM v_death AS d
    JOIN v_memory_ledger AS ml USING (lifetime_id)
    WHERE ml.is_judged = 1
      AND ml.t_ns <= d.end_ns
      AND ml.footprint IS NOT NULL
),
rest_sum AS (
    SELECT
        median(CASE WHEN r.ordinal <= CASE WHEN r.captures >= 6 THEN 3 ELSE 1 END THEN r.value END) AS rest_first,
        median(CASE WHEN r.from_end <= CASE WHEN r.captures >= 6 THEN 3 ELSE 1 END THEN r.value END) AS rest_last
    FROM rest AS r
),
setting AS (
    SELECT
        (
            SELECT last_value(lr.value, lr.t_ns)
            FROM v_death AS d
            JOIN v_life_reading AS lr USING (lifetime_id)
            WHERE lr.use = 'gogc'
              AND lr.t_ns <= d.end_ns
        ) AS told_gogc,
        (
            SELECT CASE WHEN median(p.value) NOT BETWEEN 50 AND 200 THEN median(p.value) END
            FROM v_death AS d
            JOIN v_process_series AS p USING (lifetime_id)
            WHERE p.name = 'gogc'
              AND p.t_ns <= d.end_ns
            HAVING count(*) >= 5
        ) AS implied_gogc,
        (
            SELECT last_value(lr.value, lr.t_ns)
            FROM v_death AS d
            JOIN v_life_reading AS lr USING (lifetime_id)
            WHERE lr.use = 'go-limit'
              AND lr.t_ns <= d.end_ns
              AND lr.value < 4e18
        ) AS go_limit,
        (
            SELECT CASE
                WHEN count(m.next_gc) >= 2
                    AND max(m.num_gc) = min(m.num_gc)
                    AND min(m.next_gc) > coalesce(max(d.limit_bytes), 4611686018427387904) THEN min(m.next_gc)
            END
            FROM v_death AS d
            CROSS JOIN lifetime_capture AS lc USING (lifetime_id)
            CROSS JOIN capture AS c ON c.capture_id = lc.capture_id
            CROSS JOIN memstats AS m ON m.capture_id = c.capture_id
            WHERE c.time_ns <= d.end_ns
        ) AS unmet_goal
),
collector AS (
    SELECT
        median(CASE WHEN gi.t_ns >= d.end_ns - (d.end_ns - d.first_ns) / 4 THEN gi.cpu_share END) AS cpu_share,
        median(CASE
            WHEN gi.t_ns >= d.end_ns - (d.end_ns - d.first_ns) / 4
                THEN coalesce(gi.ring_rate, gi.cycles / gi.seconds)
        END) AS gc_rate,
        total(CASE WHEN gi.cpu_share >= 0.2 THEN gi.t_ns - gi.from_ns END)
            / nullif(total(CASE WHEN gi.cpu_share IS NOT NULL THEN gi.t_ns - gi.from_ns END), 0) AS cpu_long_share
    FROM v_death AS d
    JOIN v_gc_interval AS gi USING (lifetime_id)
    WHERE gi.t_ns <= d.end_ns
),
known AS (
    SELECT
        c.captures,
        c.first_level,
        c.last_level,
        c.death_level,
        CASE WHEN c.has_course THEN c.end_level - c.first_level END AS gain,
        c.death_level - c.last_level AS unseen_gain,
        CASE
            WHEN NOT c.has_course OR c.end_level <= c.first_level THEN NULL
            WHEN c.half_ns IS NOT NULL THEN (c.half_ns - c.first_ns) * 1.0 / max(1, c.end_ns - c.first_ns)
            ELSE (
                c.last_ns - c.first_ns
                + (c.end_ns - c.last_ns) * (c.half_level - c.last_level) / nullif(c.end_level - c.last_level, 0)
            ) / max(1, c.end_ns - c.first_ns)
        END AS half_share,
        CASE WHEN c.has_course THEN c.slope END AS slope,
        CASE WHEN c.has_course THEN c.slope_low END AS slope_low,
        CASE WHEN c.has_course THEN c.early_slope END AS early_slope,
        CASE WHEN c.has_course THEN c.last_level + max(0, c.slope) * (c.end_ns - c.last_ns) END AS projected,
        (c.end_ns - c.last_ns) * 1.0 / max(1, c.end_ns - c.first_ns) AS unseen_share
    FROM crossed AS c
),
settled AS (
    SELECT
        s.go_limit,
        s.unmet_goal,
        coalesce(s.told_gogc, s.implied_gogc, 100) AS gogc,
        s.told_gogc IS NOT NULL AS gogc_known
    FROM setting AS s
),
peak AS (
    SELECT
        l.*,
        r.*,
        s.*,
        max(
            l.live_first,
            min(l.live_first * (1 + s.gogc / 100.0), coalesce(s.go_limit - r.rest_first, 9e18))
        ) + coalesce(r.rest_first, 0) AS peak_first,
        max(
            l.live_last,
            min(l.live_last * (1 + s.gogc / 100.0), coalesce(s.go_limit - r.rest_last, 9e18))
        ) + coalesce(r.rest_last, 0) AS peak_last
    FROM live_sum AS l
    JOIN rest_sum AS r
    JOIN settled AS s
)
SELECT
    j.key AS name,
    j.value
FROM (
    SELECT json_patch(
        coalesce((
            SELECT json_object(
                'captures', k.captures,
                'first_level', k.first_level,
                'last_level', k.last_level,
                'death_level', k.death_level,
                'gain', k.gain,
                'unseen_gain', k.unseen_gain,
                'half_share', k.half_share,
                'slope', k.slope,
                'slope_low', k.slope_low,
                'early_slope', k.early_slope,
                'projected', k.projected,
                'unseen_share', k.unseen_share
            )
            FROM known AS k
        ), '{}'),
        json_object(
            'live_captures', p.live_captures,
            'live_first', p.live_first,
            'live_last', p.live_last,
            'live_slope', p.live_slope,
            'live_slope_low', p.live_slope_low,
            'gogc', p.gogc,
            'gogc_known', p.gogc_known,
            'rest_first', p.rest_first,
            'rest_last', p.rest_last,
            'peak_first', p.peak_first,
            'peak_last', p.peak_last,
            'go_limit', p.go_limit,
            'unmet_goal', p.unmet_goal,
            'cpu_share', c.cpu_share,
            'gc_rate', c.gc_rate,
            'cpu_long_share', c.cpu_long_share
        )
    ) AS facts
    FROM peak AS p
    JOIN collector AS c
) AS f
JOIN json_each(f.facts) AS j
WHERE j.value IS NOT NULL;
