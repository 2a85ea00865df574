/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fn_trend.c - SQL aggregates over points in time: how fast does it grow, and is that chance?
 *
 *     SELECT theil_sen(t_ns, inuse_space, lifetime_id) FROM ...
 *
 * Rules of all functions here, beside those of sqlfn.h:
 *
 *   P1  Arguments are x, y and, where it is allowed, the stratum. Without one all rows are one
 *       stratum. Two rows of different strata are never compared; sums run over strata.
 *   P2  x is usually a time in ns. When all x are INTEGER they are shifted to the smallest of them
 *       before they become doubles: exact up to 2^53 ns (104 days) from it, and rounded to one part
 *       in 2^53 beyond. x that round to the same double are equal. With a REAL among them all are
 *       taken as REAL.
 *   P3  The order of rows does not matter.
 *   P4  x so far apart that their difference is no double are an error.
 */
#include "sqlfn.h"

static void take_point(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_points *const points = sqlite3_aggregate_context(context, sizeof *points);

	if (points)
		ll_sqlfn_take_point(context, argc, argv, points);
	else
		sqlite3_result_error_nomem(context);
}

/*
 * The points that were gathered, to be freed by the caller. SQLite finishes every aggregate that
 * took a row, also one that failed; one that took none has no context.
 */
static struct ll_points take_points(sqlite3_context *context)
{
	struct ll_points *const kept = sqlite3_aggregate_context(context, 0);
	struct ll_points points = {.has_real_x = false};

	if (kept) {
		points = *kept;
		*kept = (struct ll_points){.has_real_x = false};
	}
	return points;
}

/* C3, C5, P2 to P4, for a statistic of points. */
static void finish_points(sqlite3_context *context,
                          bool (*statistic)(const struct ll_points *points, double *ret_value))
{
	LL_CLEANUP(ll_points_done) struct ll_points points = take_points(context);
	double value;

	if (!ll_points_arrange(&points))
		ll_sqlfn_fail(context, "x are too far apart"); /* P4 */
	else if (statistic(&points, &value))
		ll_sqlfn_result(context, value);
}

/*
 * theil_sen(x, y [, stratum])
 *
 *   T1  The median of the slopes of all pairs of points with different x; with an even number of
 *       slopes the mean of the middle two. (Theil 1950; Sen 1968, "Estimates of the regression
 *       coefficient based on Kendall's tau".)
 *   T2  Pairs with equal x have no slope and are passed over. Slopes of all strata are pooled.
 *   T3  The result has the unit of y per unit of x: bytes per ns. REAL. NULL without a pair, so
 *       also for one row.
 *   T4  It is the double that sorting all slopes would give (stats_slope.c says in which case it is
 *       the neighbouring one), for any number of rows, in O(n log n) and bounded memory.
 */
static void finish_theil_sen(sqlite3_context *context)
{
	finish_points(context, ll_stats_slope);
}

const struct ll_sqlfn_body ll_fn_theil_sen = {.step = take_point, .finish = finish_theil_sen};

/*
 * theil_sen_low(x, y [, stratum]), theil_sen_high(x, y [, stratum])
 *
 *   L1  The limits of a two-sided 95 % confidence interval of the slope: of N slopes in order,
 *       counted from 1, those of rank M1 = (N - C) / 2 and M2 + 1 = (N + C) / 2 + 1, where
 *       C = 1.96 sqrt(variance of S), with the variance of kendall_z (K2). (Sen 1968; Gilbert 1987,
 *       16.4.2.)
 *   L2  A rank that is not whole lies between two slopes a <= b: a (1 - f) + b f, f its fraction.
 *       For up to 20 rows, of which no two of a stratum have equal x or equal y, the interval is
 *       exact: of N slopes those of rank f + 1 and N - f, f being the most falls with a chance of
 *       at most 2.5 % without a trend. Its confidence is 95 % or a little more.
 *   L3  NULL when M1 < 1: of so few slopes none is a limit. Exact ones exist from n = 5 on.
 *   L4  T2, T3 and T4 hold. low <= theil_sen <= high.
 *   L5  The interval takes captures for independent. With autocorrelation it is too narrow.
 */
static void finish_theil_sen_low(sqlite3_context *context)
{
	finish_points(context, ll_stats_slope_low);
}

const struct ll_sqlfn_body ll_fn_theil_sen_low = {.step = take_point,
                                                  .finish = finish_theil_sen_low};

static void finish_theil_sen_high(sqlite3_context *context)
{
	finish_points(context, ll_stats_slope_high);
}

const struct ll_sqlfn_body ll_fn_theil_sen_high = {.step = take_point,
                                                   .finish = finish_theil_sen_high};

/*
 * theil_sen_intercept(x, y [, stratum])
 *
 *   I1  The median over all rows, of all strata, of y - slope * (x - x0), where slope is theil_sen
 *       of the same rows and x0 the smallest x among them: the height of the line at x0. To get it
 *       at another x, add slope * (x - min(x)).
 *   I2  Strata share the line; each one's own level is not looked at.
 *   I3  NULL when theil_sen is NULL. REAL, unit of y.
 */
static void finish_theil_sen_intercept(sqlite3_context *context)
{
	finish_points(context, ll_stats_intercept);
}

const struct ll_sqlfn_body ll_fn_theil_sen_intercept = {.step = take_point,
                                                        .finish = finish_theil_sen_intercept};

static bool find_tau(const struct ll_points *points, double *ret_tau)
{
	struct ll_kendall kendall;

	ll_stats_kendall(points, &kendall);
	return ll_stats_kendall_tau(&kendall, ret_tau);
}

/*
 * kendall_tau(x, y [, stratum])
 *
 *   K1  tau-b = S / sqrt(pairs with different x * pairs with different y), each of the three summed
 *       over strata first. S counts pairs that rise minus pairs that fall; pairs with equal x or
 *       equal y count for neither. -1..1. NULL when there is no pair with different x, or none with
 *       different y. (Kendall 1945, "The treatment of ties in ranking problems".)
 */
static void finish_kendall_tau(sqlite3_context *context)
{
	finish_points(context, find_tau);
}

const struct ll_sqlfn_body ll_fn_kendall_tau = {.step = take_point, .finish = finish_kendall_tau};

static bool find_z(const struct ll_points *points, double *ret_z)
{
	struct ll_kendall kendall;

	ll_stats_kendall(points, &kendall);
	return ll_stats_kendall_z(&kendall, ret_z);
}

/*
 * kendall_z(x, y [, stratum])
 *
 *   K2  (S - 1) / s for S > 0, (S + 1) / s for S < 0, 0 for S = 0, where s^2 is the variance of S
 *       without a trend, corrected for ties in x and in y, summed over strata (formula and source:
 *       variance_of in stats_kendall.c). The 1 corrects for S moving in steps of 2.
 *   K3  NULL without a pair with different x. 0 when no y moves.
 */
static void finish_kendall_z(sqlite3_context *context)
{
	finish_points(context, find_z);
}

const struct ll_sqlfn_body ll_fn_kendall_z = {.step = take_point, .finish = finish_kendall_z};

static bool find_p(const struct ll_points *points, double *ret_p)
{
	struct ll_kendall kendall;

	ll_stats_kendall(points, &kendall);
	return ll_stats_kendall_p(&kendall, ret_p);
}

/*
 * kendall_p(x, y [, stratum])
 *
 *   K4  One-sided, for a rise: the probability that S is at least as large as it is when there is
 *       no trend. 0..1; small means that it rises.
 *   K5  For up to 20 rows, of which no two of a stratum have equal x: exact, from the number of
 *       orders of each stratum's y in which so few pairs fall (count_orders in stats_kendall.c).
 *   K6  Else the normal approximation P(Z >= (S - 1) / s), with s of K2. For S > 0 that is
 *       normal_tail(kendall_z), for S <= 0 it is above one half.
 *   K7  NULL without a pair with different x. 1 when no y moves: S is then 0 with certainty.
 */
static void finish_kendall_p(sqlite3_context *context)
{
	finish_points(context, find_p);
}

const struct ll_sqlfn_body ll_fn_kendall_p = {.step = take_point, .finish = finish_kendall_p};

/*
 * kendall_p_corrected(x, y [, stratum])
 *
 *   K8  As K6, but with the variance inflated for autocorrelation of the detrended ranks, after
 *       Hamed and Rao 1998: rules A1 to A5 in stats_kendall.c.
 *   K9  Where nothing is autocorrelated, the result of kendall_p, also where that is exact (K5).
 *       For S > 0 never below kendall_p.
 */
static void finish_kendall_p_corrected(sqlite3_context *context)
{
	finish_points(context, ll_stats_kendall_p_corrected);
}

const struct ll_sqlfn_body ll_fn_kendall_p_corrected = {.step = take_point,
                                                        .finish = finish_kendall_p_corrected};

/*
 * max_drawdown(x, y)
 *
 *   D1  In the order of x, the largest fall of y from the largest y before it: the most that was
 *       given back. REAL, unit of y, at least 0; 0 for one row and for what never falls.
 *   D2  Of rows with equal x the one with the largest y stands for all. (Also of the next two, and
 *       of last_value and first_value_by.)
 */
static void finish_max_drawdown(sqlite3_context *context)
{
	finish_points(context, ll_points_drawdown);
}

const struct ll_sqlfn_body ll_fn_max_drawdown = {.step = take_point, .finish = finish_max_drawdown};

/*
 * rising_streak(x, y)
 *
 *   D3  In the order of x, how many steps in a row rise, counted back from the end; an equal or
 *       smaller y ends the streak. INTEGER, 0 for one row. Ties in x: D2.
 */
static void finish_rising_streak(sqlite3_context *context)
{
	LL_CLEANUP(ll_points_done) struct ll_points points = take_points(context);
	int64_t rises;

	if (!ll_points_arrange(&points))
		ll_sqlfn_fail(context, "x are too far apart"); /* P4 */
	else if (ll_points_streak(&points, &rises))
		sqlite3_result_int64(context, rises);
}

const struct ll_sqlfn_body ll_fn_rising_streak = {.step = take_point,
                                                  .finish = finish_rising_streak};

/*
 * share_rising(x, y)
 *
 *   D4  In the order of x, the share of steps from one row to the next that rise. REAL, 0..1. NULL
 *       without a step. Ties in x: D2.
 */
static void finish_share_rising(sqlite3_context *context)
{
	finish_points(context, ll_points_share_rising);
}

const struct ll_sqlfn_body ll_fn_share_rising = {.step = take_point, .finish = finish_share_rising};
