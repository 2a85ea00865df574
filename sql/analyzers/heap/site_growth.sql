-- id:         heap.site_growth
-- title:      Memory in use grows at one place
-- layer:      L2
-- term:       growth
-- gate:       yes
-- needs:      v_site_growth v_leaf_block v_site v_live_beside v_live_growth v_live_series v_trend_life v_life v_site_series
-- params:     min_captures=5, max_p=0.01, sure_p=0.001, min_bytes=524288, min_samples=5, many_samples=8, min_late=0.3, min_late_high=0.5, max_fall=0.35, min_work=0.8, min_live=8, min_part=0.3, few_captures=4, many_captures=7, sure_samples=30, max_gone=0.1, taken=12, turnover=0.25, max_steady=0.1, max_load=0.5, min_steady=10, live_late=0.5, most=0.5, least_late=0.25, straight=0.95
--
-- Why: memory that a place in the code allocated and that is still in use grows through the whole time
-- that was watched, warm-up left out. Six things must hold together: the trend is unlikely in something
-- that only wobbles; even the lower end of its confidence interval rises; it rests on at least five
-- sampled objects more at the end than at the start, and on eight where as many went as came (all instances
-- together), because a few lucky samples make a staircase too; it goes on in the second half, and the upper end of what it does
-- there is not far below the whole, so it is no cache that fills up; where most was there before the first
-- capture it must not slow down at all; and it never falls back by a third of what it gained, or by more than
-- sampling so few objects explains, so it is no sawtooth and no burst.
-- "Goes on" is asked of the time and of the work done, which is what the process allocated in all: at night
-- a leak slows down in time and not for each request, and a cache of what is asked for does slow down for
-- each request. And the live heap must not be flat while the place grows, or something else gave back as much.
-- What piles up resembles the capture before by its nature, and the allowance for that makes the trend
-- test blind in short series. So it is also enough that captures rise one after the other and that of the
-- sampled objects so many more came than went that chance cannot explain it. A line that calls a decoder, say,
-- makes much that goes at once beside what stays; each place of the library that allocates for it is
-- therefore asked by itself, too, and the chance that one of so many looks like that is allowed for. The order of
-- the captures and the count of samples are two witnesses: six heaps that only rise say no more than one in 720. Where
-- the samples are surer, both together must be as unlikely as one in a million, and the second half must bring nearly
-- as much as the first, in time and by the work done. Timers and contexts are kept by the runtime until somebody
-- stops or cancels them: where they only come, a chance of one in a hundred is enough.
-- Where a quarter and more of what came has gone, each sample of it may only be passing through: things that come
-- and go all the time make long waves, and a service has hundreds of such places. So the rise has to be larger than a
-- steady coming and going would show in one of ten cases, however long each thing stays. And where it is so large that it
-- does not in one of a hundred, also with what more allocations at the place would explain taken off, and goes on by
-- the clock, that is enough of a trend: a queue of which less is taken than is put in has much that comes and goes, which
-- blinds the test of births and deaths.
-- Where a life has fewer than eight captures on average, the second half must bring three quarters of the whole: caches of
-- several instances fill together, and their number makes the end of the course no longer.
-- A process that allocates little is collected once in minutes: of a dozen captures and more in ten of them only
-- four heaps may be left to compare, too few for any trend. Where each is larger than the one before, and dozens of
-- sampled objects came of which hardly any went, in the second half of the work as many as in the first, they decide.
-- A dozen sampled objects come in fits and starts where memory grows evenly. MemStats' live heap is counted and not
-- sampled: where it rises all the time, in the second half as well, and one line makes half of that and more and has not
-- stopped itself, it speaks for the line on whether it goes on and whether that was luck.
-- What fills up says so by its process' whole life, the warm-up too: what came first is most of it, unless the live heap,
-- which is counted, goes on as fast as ever. And where an earlier
-- process held as much for half of its time and grew no more, this one only fills again what that one had.
-- And where a quarter and more has gone again, and the allocations at the place explain what more there is of it better
-- than not, more is asked of the service and nothing is called.
--
-- Blind spot: a warm-up longer than the captures cover looks the same. So does memory that follows a
-- load which rose all the time. Growth below about five samples (some 2.5 MiB at the default rate) is
-- not seen.
--
-- Source: leaks.md 2.4 and 3.1, features 4, 11 and 12; the sampling error follows formats.md 1.8.
WITH part AS (
    SELECT
        b.site_id,
        b.leaf_id,
        sum(b.alloc_count - b.first_count) AS births,
        sum(b.alloc_count - b.last_count) AS deaths,
        max(leaf.function IN ('time.NewTimer', 'time.newTimer', 'time.NewTicker', 'time.AfterFunc')
            OR leaf.package = 'context') AS is_kept
    FROM v_leaf_block AS b
    JOIN v_site AS leaf ON leaf.site_id = b.leaf_id
    GROUP BY
        b.site_id,
        b.leaf_id
),
purest AS (
    SELECT
        p.site_id,
        count(*) * min(binom_tail(max(p.births, 0), max(p.births, 0) + max(p.deaths, 0), 0.5)) AS chance,
        max(p.is_kept) AS is_kept
    FROM part AS p
    GROUP BY p.site_id
),
-- Places that make most of what the live heap gains, where that is MemStats' own and rises all the time.
borne AS (
    SELECT
        sg.site_id,
        1 AS is_borne,
        lg.late_slope >= :straight * lg.slope AS is_straight
    FROM v_site_growth AS sg
    JOIN v_live_growth AS lg USING (service_id)
    WHERE sg.cohort IN ('all', 'build')
      AND lg.is_rising = 1
      AND lg.captures >= :min_live
      AND lg.late_slope >= :live_late * lg.slope
      AND sg.slope >= :most * lg.slope
      AND sg.p_plain <= :sure_p
      AND sg.late_net >= :least_late * sg.early_net
      AND EXISTS (
        SELECT 1
        FROM v_live_series AS ls
        JOIN v_trend_life AS co ON co.cohort = sg.cohort AND co.lifetime_id = ls.lifetime_id
        WHERE ls.service_id = sg.service_id
          AND ls.source <> 'HeapAlloc'
      )
),
growing AS (
    SELECT
        sg.*,
        min(
            binom_tail(sg.births, sg.births + sg.deaths, 0.5),
            coalesce(p.chance, 1.0)
        ) AS chance,
        coalesce(p.is_kept, 0) AS is_kept,
        coalesce(wl.is_borne, 0) AS is_borne,
        coalesce(wl.is_straight, 0) AS is_straight
    FROM v_site_growth AS sg
    LEFT JOIN purest AS p USING (site_id)
    LEFT JOIN borne AS wl USING (site_id)
),
-- Places of which much has gone again: how likely such a rise is in a number that stays the same on average.
passing AS (
    SELECT
        sg.site_id,
        steady_p(ss.t_ns, ss.inuse_count, ss.lifetime_id) AS chance,
        steady_load_p(ss.t_ns, ss.inuse_count, ss.alloc_count, ss.lifetime_id) AS load_chance
    FROM v_site_growth AS sg
    JOIN v_trend_life AS co USING (cohort)
    JOIN v_site_series AS ss USING (site_id, lifetime_id)
    WHERE sg.slope_low > 0
      AND sg.p_plain <= :max_p
      AND sg.births - sg.deaths >= :min_samples
      AND sg.deaths >= :turnover * sg.births
      AND ss.is_judged = 1
    GROUP BY sg.site_id
)
SELECT
    sg.service_id,
    'site:' || sg.site_id AS subject,
    NULL AS class,
    clamp01(
        0.4 - log10(max(
            min(sg.p_trend, max(sg.p_plain, min(sg.chance, coalesce(ps.load_chance, 1.0)), 0.0001)),
            1e-12
        )) / 10.0
    ) AS strength,
    format(
        'in use at this line: about %s in the first quarter of the captures, about %s in the last '
        || '(%s; noise shows such a trend in %s)',
        bytes_text(CAST(sg.first_space AS INTEGER)),
        bytes_text(CAST(sg.last_space AS INTEGER)),
        rate_text(sg.slope * 86400e9, sg.span_ns, 1),
        chance_text(sg.p_trend)
    ) || coalesce(format(
        '; %s sampled objects came and %s went, and a steady coming and going rises so in %s at most',
        count_text(sg.births),
        count_text(sg.deaths),
        chance_text(ps.chance)
    ), '') AS detail,
    json_object(
        'captures', (
            SELECT json_group_array(e.capture_id)
            FROM (
                SELECT ss.capture_id
                FROM v_site_series AS ss
                JOIN v_trend_life AS co ON co.cohort = sg.cohort AND co.lifetime_id = ss.lifetime_id
                WHERE ss.site_id = sg.site_id
                  AND ss.is_judged = 1
                ORDER BY ss.t_ns
            ) AS e
        ),
        'bytes_per_day', sg.slope * 86400e9,
        'low', sg.slope_low * 86400e9,
        'high', sg.slope_high * 86400e9,
        'p', sg.p_trend,
        'p_plain', sg.p_plain,
        'births', sg.births,
        'deaths', sg.deaths,
        'tau', sg.tau,
        'p_steady', ps.chance,
        'p_steady_load', ps.load_chance
    ) AS evidence,
    NULL AS same_as
FROM growing AS sg
LEFT JOIN v_live_beside AS lg USING (service_id, cohort)
LEFT JOIN passing AS ps USING (site_id)
WHERE sg.owner <> 'runtime'
  AND (
    (
        sg.captures >= :min_captures
        AND sg.slope_low > 0
        AND sg.births - sg.deaths >= :min_samples
        AND (
            sg.p_trend <= :max_p
            OR (
                sg.p_plain <= :sure_p
                AND sg.chance <= CASE WHEN sg.is_kept THEN :max_p ELSE :sure_p END
            )
            OR (
                sg.p_plain <= :max_p
                AND sg.p_plain * sg.chance <= :sure_p * :sure_p
                AND sg.tau = 1
                AND sg.drawdown = 0
                AND sg.late_net >= :min_work * sg.early_net
                AND sg.late_slope >= :min_work * sg.slope
            )
            OR sg.is_borne
            OR (
                ps.load_chance <= :max_p
                AND sg.cohort IN ('all', 'build')
                AND sg.captures >= :min_steady * sg.lives
                AND sg.late_slope >= :min_late * sg.slope
            )
        )
    )
    OR (
        sg.captures BETWEEN :few_captures AND :many_captures
        AND sg.drawdown = 0
        AND sg.tau = 1
        AND sg.births - sg.deaths >= :sure_samples
        AND sg.deaths <= :max_gone * sg.births
        AND sg.late_net >= :min_work * sg.early_net
        AND (
            SELECT count(*)
            FROM v_trend_life AS co
            JOIN v_life AS l ON l.lifetime_id = co.lifetime_id AND l.service_id = sg.service_id
            JOIN lifetime_capture AS lc ON lc.lifetime_id = co.lifetime_id
            JOIN capture AS c ON c.capture_id = lc.capture_id AND c.kind = 'heap'
            WHERE co.cohort = sg.cohort
        ) >= :taken
    )
  )
  AND coalesce(ps.chance <= :max_steady AND ps.load_chance <= :max_load, 1)
  AND sg.growth >= max(:min_bytes, 0.02 * coalesce(lg.last_live, 0))
  AND (
    sg.growth >= :many_samples * sg.sample_space
    OR (
        sg.instances >= 2
        AND sg.births - sg.deaths >= :many_samples
        AND sg.growth >= :min_samples * sg.sample_space
    )
    OR sg.chance <= :max_p
    OR (sg.is_borne AND sg.growth >= :min_samples * sg.sample_space)
  )
  AND (
    sg.is_borne
    OR (
        sg.late_slope >= sg.slope * CASE
            WHEN sg.first_space > 0.6 * sg.last_space THEN 0.9
            WHEN sg.captures < 8 * sg.lives THEN 0.75
            ELSE :min_late
        END
        AND coalesce(sg.late_high >= :min_late_high * sg.slope, 1)
    )
    OR (
        sg.late_slope >= 0
        AND sg.early_net >= :min_samples
        AND sg.late_net >= :min_work * sg.early_net
    )
  )
  AND NOT sg.is_slowing
  AND (sg.is_kept OR sg.is_straight OR NOT sg.is_filling)
  AND (sg.is_kept OR NOT sg.is_refill)
  AND NOT coalesce(lg.captures >= :min_live AND lg.slope_high < :min_part * sg.slope, 0)
  AND sg.drawdown <= max(:max_fall * sg.growth, sqrt(2.0 * sg.growth * sg.sample_space))
ORDER BY
    sg.service_id,
    sg.site_id;
