-- What each verdict asks for. A condition whose number is not known holds neither way, and says why it is not.
--
-- Numbers: a fifth of the processor and six tenths of GOMEMLIMIT are those of gc.limit_spiral (leaks.md 2.2). A leak
-- gains over its life, a burst at its end: half of what a straight line gains is there after half of the time, so
-- four fifths and nine tenths leave a fuzzy tenth between the two, in which neither holds. A twentieth of room
-- is what a peak computed from medians may be wrong by.
INSERT INTO death_condition (verdict, ordinal, asks, found, holds)
WITH fact AS (
    SELECT
        max(CASE WHEN f.name = 'captures' THEN f.value END) AS captures,
        max(CASE WHEN f.name = 'first_level' THEN f.value END) AS first_level,
        max(CASE WHEN f.name = 'last_level' THEN f.value END) AS last_level,
        max(CASE WHEN f.name = 'death_level' THEN f.value END) AS death_level,
        max(CASE WHEN f.name = 'gain' THEN f.value END) AS gain,
        max(CASE WHEN f.name = 'half_share' THEN f.value END) AS half_share,
        max(CASE WHEN f.name = 'slope' THEN f.value END) AS slope,
        max(CASE WHEN f.name = 'slope_low' THEN f.value END) AS slope_low,
        max(CASE WHEN f.name = 'early_slope' THEN f.value END) AS early_slope,
        max(CASE WHEN f.name = 'projected' THEN f.value END) AS projected,
        max(CASE WHEN f.name = 'unseen_share' THEN f.value END) AS unseen_share,
        max(CASE WHEN f.name = 'live_captures' THEN f.value END) AS live_captures,
        max(CASE WHEN f.name = 'live_first' THEN f.value END) AS live_first,
        max(CASE WHEN f.name = 'live_last' THEN f.value END) AS live_last,
        max(CASE WHEN f.name = 'live_slope_low' THEN f.value END) AS live_slope_low,
        max(CASE WHEN f.name = 'gogc' THEN f.value END) AS gogc,
        max(CASE WHEN f.name = 'gogc_known' THEN f.value END) AS gogc_known,
        max(CASE WHEN f.name = 'peak_first' THEN f.value END) AS peak_first,
        max(CASE WHEN f.name = 'go_limit' THEN f.value END) AS go_limit,
        max(CASE WHEN f.name = 'unmet_goal' THEN f.value END) AS unmet_goal,
        max(CASE WHEN f.name = 'cpu_share' THEN f.value END) AS cpu_share,
        max(CASE WHEN f.name = 'gc_rate' THEN f.value END) AS gc_rate,
        max(CASE WHEN f.name = 'cpu_long_share' THEN f.value END) AS cpu_long_share
    FROM death_fact AS f
),
known AS (
    SELECT
        f.*,
        coalesce(f.death_level, f.last_level) AS end_level,
        d.limit_bytes,
        d.is_survivor,
        d.lifetime_id,
        d.unseen_ns,
        d.died_ns,
        d.pace_ns,
        d.end_ns - d.first_ns AS watched_ns,
        CASE
            WHEN d.lifetime_id IS NULL THEN 'nothing of it was captured'
            WHEN f.unmet_goal IS NOT NULL THEN 'nothing was collected, so nothing tells what of its heap was alive'
            WHEN EXISTS (
                SELECT 1
                FROM v_process_series AS p
                WHERE p.lifetime_id = d.lifetime_id
                  AND p.name = 'live_heap'
            ) THEN 'the live heap is known of its warm-up only'
            WHEN EXISTS (
                SELECT 1
                FROM v_memory_ledger AS ml
                WHERE ml.lifetime_id = d.lifetime_id
            ) THEN 'NextGC does not tell what was alive: GOGC was off, or something else than GOGC set it'
            ELSE 'no MemStats and no heap profile tell what was alive'
        END AS no_live,
        CASE
            WHEN f.captures IS NULL THEN 'no capture tells how much memory it had'
            WHEN f.gain <= 0 THEN 'it gained nothing'
            WHEN f.captures = 1 THEN 'one capture of its memory is too few'
            WHEN f.gain IS NULL THEN 'its memory was read in too short a part of the watched time'
            ELSE format('%d captures of its memory are too few', f.captures)
        END AS no_course,
        CASE
            WHEN (SELECT lv.source FROM death_level AS lv LIMIT 1) = 'live_heap'
                THEN 'only its live heap was captured, which cannot be held against what the kernel counts'
            ELSE 'nothing tells what it had when it was killed'
        END AS no_death_level
    FROM v_death AS d
    JOIN fact AS f
),
asked AS (
    SELECT
        v.verdict,
        0 AS ordinal,
        'the captured process is the one that was killed' AS asks,
        CASE
            WHEN k.lifetime_id IS NULL THEN 'nothing of it was captured'
            WHEN k.is_survivor = 1 THEN 'it was captured long after the kill'
            ELSE 'its captures end with the kill'
        END AS found,
        CASE WHEN k.lifetime_id IS NOT NULL THEN k.is_survivor = 0 END AS holds
    FROM known AS k
    JOIN (
        SELECT 'spiral' AS verdict
        UNION ALL SELECT 'leak'
        UNION ALL SELECT 'limit'
        UNION ALL SELECT 'burst'
    ) AS v
    UNION ALL
    SELECT
        'spiral', 1,
        'the live heap takes 60 % of GOMEMLIMIT or more at the end',
        CASE
            WHEN k.go_limit IS NULL THEN 'no capture tells of a GOMEMLIMIT'
            WHEN k.live_last IS NULL THEN k.no_live
            ELSE format('%s of %s', bytes_text(CAST(k.live_last AS INTEGER)), bytes_text(CAST(k.go_limit AS INTEGER)))
        END,
        CASE WHEN k.go_limit IS NOT NULL THEN k.live_last >= 0.6 * k.go_limit END
    FROM known AS k
    UNION ALL
    SELECT
        'spiral', 2,
        'in the last quarter of its life the collector takes 20 % of the processor or more, or where that is not '
        || 'known collects twice a second',
        CASE
            WHEN k.cpu_share IS NOT NULL THEN format('%.0f %%', 100 * k.cpu_share)
            WHEN k.gc_rate IS NOT NULL THEN format('%.2f collections a second', k.gc_rate)
            ELSE 'no two captures of MemStats there tell what the collector did'
        END,
        CASE WHEN k.cpu_share IS NOT NULL THEN k.cpu_share >= 0.2 ELSE k.gc_rate >= 2 END
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 1,
        'at least five captures of its memory, the last in the last third of its life',
        format('%d %s', coalesce(k.captures, 0), iif(k.captures = 1, 'capture', 'captures'))
        || CASE
            WHEN k.captures > 0 THEN coalesce(format(', the last %s before the kill', duration_text(k.unseen_ns)), '')
            ELSE ''
        END,
        CASE WHEN k.captures IS NULL THEN NULL WHEN k.captures < 5 OR k.unseen_share > 0.34 THEN NULL ELSE 1 END
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 2,
        'a quarter or more of what it had at its end was gained in its life',
        CASE
            WHEN k.gain IS NULL THEN k.no_course
            ELSE format('%s to %s', bytes_text(CAST(k.first_level AS INTEGER)), bytes_text(CAST(k.end_level AS INTEGER)))
        END,
        k.gain >= 0.25 * k.end_level
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 3,
        'the rise is more than chance: its 95 % interval is above zero',
        CASE
            WHEN k.slope_low IS NULL THEN k.no_course
            ELSE format(
                '%s an hour, at least %s',
                bytes_text(CAST(k.slope * 3600e9 AS INTEGER)),
                bytes_text(CAST(k.slope_low * 3600e9 AS INTEGER))
            )
        END,
        k.slope_low > 0
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 4,
        'half of the gain was there within 80 % of the watched life',
        CASE WHEN k.half_share IS NULL THEN k.no_course ELSE format('after %.0f %%', 100 * k.half_share) END,
        k.half_share <= 0.8
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 5,
        'going on as before leads to at least 70 % of what it had when it was killed',
        CASE
            WHEN k.projected IS NULL THEN k.no_course
            WHEN k.death_level IS NULL THEN k.no_death_level
            ELSE format(
                '%s of %s',
                bytes_text(CAST(k.projected AS INTEGER)),
                bytes_text(CAST(k.death_level AS INTEGER))
            )
        END,
        CASE WHEN k.death_level IS NOT NULL THEN k.projected >= 0.7 * k.death_level ELSE 1 END
    FROM known AS k
    UNION ALL
    SELECT
        'leak', 6,
        'it was collected: what the collector leaves alone rises without a leak, too',
        CASE
            WHEN k.unmet_goal > 4e18 THEN 'the collector was off: nothing was collected'
            WHEN k.unmet_goal IS NOT NULL THEN format(
                'nothing was collected: NextGC stood at %s, above the limit of %s',
                bytes_text(CAST(k.unmet_goal AS INTEGER)),
                bytes_text(k.limit_bytes)
            )
            ELSE 'nothing tells otherwise'
        END,
        CASE WHEN k.unmet_goal IS NULL THEN 1 END
    FROM known AS k
    UNION ALL
    SELECT
        'limit', 1,
        'the limit is known',
        coalesce(bytes_text(k.limit_bytes), 'nobody tells the limit'),
        CASE WHEN k.limit_bytes IS NOT NULL THEN 1 END
    FROM known AS k
    UNION ALL
    SELECT
        'limit', 2,
        'live heap x (1 + GOGC/100) and the rest met 95 % of the limit from the beginning',
        CASE
            WHEN k.limit_bytes IS NULL THEN 'nobody tells the limit'
            WHEN k.peak_first IS NULL THEN k.no_live
            ELSE format(
                'up to %s of %s, with %s alive and GOGC %.0f%s',
                bytes_text(CAST(k.peak_first AS INTEGER)),
                bytes_text(k.limit_bytes),
                bytes_text(CAST(k.live_first AS INTEGER)),
                k.gogc,
                CASE WHEN k.gogc_known THEN '' ELSE ' (assumed)' END
            )
        END,
        k.peak_first >= 0.95 * k.limit_bytes
    FROM known AS k
    UNION ALL
    SELECT
        'limit', 3,
        'the live heap did not grow by a quarter',
        CASE
            WHEN k.live_first IS NULL THEN k.no_live
            WHEN k.live_captures < 2
                THEN format('%s, in the one capture behind its warm-up', bytes_text(CAST(k.live_first AS INTEGER)))
            ELSE format(
                '%s to %s',
                bytes_text(CAST(k.live_first AS INTEGER)),
                bytes_text(CAST(k.live_last AS INTEGER))
            )
        END,
        CASE WHEN k.live_captures > 1 THEN k.live_last < 1.25 * k.live_first OR k.live_slope_low <= 0 END
    FROM known AS k
    UNION ALL
    SELECT
        'burst', 1,
        'at least five captures of its memory',
        format('%d %s', coalesce(k.captures, 0), iif(k.captures = 1, 'capture', 'captures')),
        CASE WHEN k.captures >= 5 THEN 1 END
    FROM known AS k
    UNION ALL
    SELECT
        'burst', 2,
        'half of the gain came in the last tenth of the watched life, or behind the last capture',
        CASE
            WHEN k.half_share IS NULL THEN k.no_course
            ELSE format(
                'half was there after %.0f %%; last captured %s of %s',
                100 * k.half_share,
                bytes_text(CAST(k.last_level AS INTEGER)),
                bytes_text(CAST(k.end_level AS INTEGER))
            )
        END,
        k.half_share >= 0.9 OR k.last_level <= k.first_level + 0.5 * k.gain
    FROM known AS k
    UNION ALL
    SELECT
        'burst', 3,
        'the jump is at least a quarter of what it had at its end',
        CASE
            WHEN k.gain IS NULL THEN k.no_course
            ELSE bytes_text(CAST(k.gain AS INTEGER)) || ' of ' || bytes_text(CAST(k.end_level AS INTEGER))
        END,
        k.gain >= 0.25 * k.end_level
    FROM known AS k
    UNION ALL
    SELECT
        'burst', 4,
        'the rise before would not have led there: to less than 70 %',
        CASE
            WHEN k.early_slope IS NULL THEN k.no_course
            WHEN k.death_level IS NULL THEN k.no_death_level
            ELSE format(
                '%s of %s',
                bytes_text(CAST(k.first_level + max(0, k.early_slope) * k.watched_ns AS INTEGER)),
                bytes_text(CAST(k.death_level AS INTEGER))
            )
        END,
        k.first_level + max(0, k.early_slope) * k.watched_ns < 0.7 * k.death_level
    FROM known AS k
)
SELECT
    a.verdict,
    a.ordinal,
    a.asks,
    a.found,
    a.holds
FROM asked AS a;
