/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fn_stats.c - SQL aggregates over samples, and scalar functions of numbers: tails, ramps.
 *
 * Rules common to all functions are in sqlfn.h (C1 to C11).
 */
#include "sqlfn.h"

#include <math.h>

/* --------------------------------------------------------------------- samples */

struct sample {
	struct ll_vec values; /* double */
	double percent;
	bool has_percent;
};

static void add_value(sqlite3_context *context, struct sample *sample, sqlite3_value **argv)
{
	double value;

	if (ll_sqlfn_finite(context, argv, 0, &value) &&
	    ll_sqlfn_has_room(context, sample->values.count))
		*(double *)ll_vec_push(&sample->values, sizeof value) = value;
}

static void take_value(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct sample *const sample = sqlite3_aggregate_context(context, sizeof *sample);

	if (!sample)
		sqlite3_result_error_nomem(context);
	else if (!ll_sqlfn_has_null(argc, argv))
		add_value(context, sample, argv);
}

/* What was gathered, to be freed by the caller; empty when there was no row. */
static struct sample take_sample(sqlite3_context *context)
{
	struct sample *const kept = sqlite3_aggregate_context(context, 0);
	struct sample sample = {.has_percent = false};

	if (kept) {
		sample = *kept;
		*kept = (struct sample){.has_percent = false};
	}
	return sample;
}

static void sample_done(struct sample *sample)
{
	ll_vec_done(&sample->values);
}

static void finish_sample(sqlite3_context *context,
                          bool (*statistic)(double *values, size_t count, double *ret_value))
{
	LL_CLEANUP(sample_done) struct sample sample = take_sample(context);
	double value;

	if (statistic(sample.values.items, sample.values.count, &value))
		ll_sqlfn_result(context, value);
}

/*
 * percentile(y, p)
 *
 *   Q1  The p-th percentile of y, p from 0 (the smallest y) to 100 (the largest): with n values in
 *       order, numbered from 0, the one at (n - 1) p / 100; a position between two is interpolated
 *       linearly. (Type 7 of Hyndman and Fan 1996, "Sample quantiles in statistical packages".)
 *   Q2  REAL, unit of y, also when all y are INTEGER. One row is every percentile of itself.
 *   Q3  p must be a number from 0 to 100, the same in every row, also in rows whose y is NULL; a
 *       NULL p, too, is an error. (As in SQLite's own percentile extension.)
 */
static void take_percentile(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct sample *const sample = sqlite3_aggregate_context(context, sizeof *sample);
	double percent;

	(void)argc;
	if (!sample) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (!ll_sqlfn_finite(context, argv, 1, &percent))
		return; /* Q3 */
	if (!(percent >= 0 && percent <= 100)) {
		ll_sqlfn_fail(context, "argument 2 must be from 0 to 100"); /* Q3 */
		return;
	}
	if (sample->has_percent && (percent < sample->percent || percent > sample->percent)) {
		ll_sqlfn_fail(context, "argument 2 must be the same in every row"); /* Q3 */
		return;
	}
	sample->has_percent = true;
	sample->percent = percent;
	if (sqlite3_value_type(argv[0]) != SQLITE_NULL) /* C2 */
		add_value(context, sample, argv);
}

static void finish_percentile(sqlite3_context *context)
{
	LL_CLEANUP(sample_done) struct sample sample = take_sample(context);
	double value;

	if (ll_stats_percentile(sample.values.items, sample.values.count, sample.percent, &value))
		ll_sqlfn_result(context, value); /* Q1 */
}

const struct ll_sqlfn_body ll_fn_percentile = {.step = take_percentile,
                                               .finish = finish_percentile};

/*
 * median(y)
 *
 *   Q4  percentile(y, 50): the middle value, or half-way between the middle two. REAL.
 */
static void finish_median(sqlite3_context *context)
{
	finish_sample(context, ll_stats_median);
}

const struct ll_sqlfn_body ll_fn_median = {.step = take_value, .finish = finish_median};

/*
 * mad(y)
 *
 *   Q5  1.4826 times the median of |y - median(y)|: the standard deviation of normal data, but not
 *       moved by up to half of the rows being anything. REAL, unit of y, at least 0; 0 for one row.
 *       (R's mad, with the same rounded constant.)
 */
static void finish_mad(sqlite3_context *context)
{
	finish_sample(context, ll_stats_mad);
}

const struct ll_sqlfn_body ll_fn_mad = {.step = take_value, .finish = finish_mad};

/*
 * robust_iqr(y)
 *
 *   Q6  percentile(y, 75) - percentile(y, 25). REAL, unit of y, at least 0; 0 for one row. Not
 *       scaled to a standard deviation (divide by 1.349 for that).
 */
static void finish_robust_iqr(sqlite3_context *context)
{
	finish_sample(context, ll_stats_iqr);
}

const struct ll_sqlfn_body ll_fn_robust_iqr = {.step = take_value, .finish = finish_robust_iqr};

/*
 * elbow_rank(y)
 *
 *   E1  With y in falling order, the number of items before the first drop of half or more: the
 *       smallest k >= 1 with y[k + 1] <= y[k] / 2. They are what stands out. (After Chromium's
 *       allocator leak detector, leaks.md 2.3; what E2 says is ours.)
 *   E2  Behind the last item there is nothing, which is a drop: without one before it, all items
 *       count. Items of 0 or less are nothing. INTEGER; 0 when no item is positive.
 */
static void finish_elbow_rank(sqlite3_context *context)
{
	LL_CLEANUP(sample_done) struct sample sample = take_sample(context);

	if (sample.values.count > 0) /* C3 */
		sqlite3_result_int64(context,
		                     ll_stats_elbow(sample.values.items, sample.values.count));
}

const struct ll_sqlfn_body ll_fn_elbow_rank = {.step = take_value, .finish = finish_elbow_rank};

/* ------------------------------------------------------------- first and last */

/* A number as it came, so that an INTEGER stays one. */
struct number {
	bool is_whole;
	int64_t whole;
	double real;
};

static struct number number_of(sqlite3_value *value)
{
	return (struct number){.is_whole = sqlite3_value_type(value) == SQLITE_INTEGER,
	                       .whole = sqlite3_value_int64(value),
	                       .real = sqlite3_value_double(value)};
}

static int compare_numbers(const struct number *a, const struct number *b)
{
	if (a->is_whole && b->is_whole)
		return (a->whole > b->whole) - (a->whole < b->whole);
	return (a->real > b->real) - (a->real < b->real);
}

struct extreme {
	bool has_row;
	struct number x, y;
};

/* Keeps the row when its x lies further in `direction`, or as far with a larger y. */
static void take_extreme(sqlite3_context *context, int argc, sqlite3_value **argv, int direction)
{
	struct extreme *const kept = sqlite3_aggregate_context(context, sizeof *kept);
	struct extreme row = {.has_row = true};
	int order;

	if (!kept) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (ll_sqlfn_has_null(argc, argv) || !ll_sqlfn_finite(context, argv, 0, &row.y.real) ||
	    !ll_sqlfn_finite(context, argv, 1, &row.x.real))
		return;
	row.y = number_of(argv[0]);
	row.x = number_of(argv[1]);
	order = compare_numbers(&row.x, &kept->x) * direction;
	if (order == 0)
		order = compare_numbers(&row.y, &kept->y);
	if (!kept->has_row || order > 0)
		*kept = row;
}

static void finish_extreme(sqlite3_context *context)
{
	const struct extreme *const kept = sqlite3_aggregate_context(context, 0);

	if (!kept || !kept->has_row)
		return; /* C3 */
	if (kept->y.is_whole)
		sqlite3_result_int64(context, kept->y.whole);
	else
		sqlite3_result_double(context, kept->y.real);
}

/*
 * last_value(y, x), first_value_by(y, x)
 *
 *   F1  y at the largest (first_value_by: the smallest) x. Of several rows with that x the largest
 *       y, whichever function (D2).
 *   F2  y comes back as it is, INTEGER or REAL, without rounding: C9 does not apply.
 *   F3  SQLite's own window function last_value(y) has one argument and stays what it is.
 */
static void take_last(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	take_extreme(context, argc, argv, 1);
}

const struct ll_sqlfn_body ll_fn_last_value = {.step = take_last, .finish = finish_extreme};

static void take_first(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	take_extreme(context, argc, argv, -1);
}

const struct ll_sqlfn_body ll_fn_first_value_by = {.step = take_first, .finish = finish_extreme};

/* ----------------------------------------------------------------------- tails */

/*
 * binom_tail(k, n, p)
 *
 *   B1  P(X >= k) for n independent trials that succeed with probability p: exact, to a relative
 *       error of 1e-10 (measured: 1e-12) down to 1e-300. Method and source: stats_tail.c.
 *   B2  k and n are counts (C10); k <= 0 gives 1, k > n gives 0.
 *   B3  n from 0 to 10^12, p from 0 to 1; otherwise NULL (C6). REAL, 0..1.
 */
static void call_binom_tail(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int64_t k, n;
	double p;

	(void)argc;
	if (ll_sqlfn_count(context, argv, 0, &k) || ll_sqlfn_count(context, argv, 1, &n) ||
	    ll_sqlfn_real(context, argv, 2, &p))
		return;
	if (n >= 0 && (double)n <= LL_STATS_TAIL_MAX && p >= 0 && p <= 1)
		ll_sqlfn_result(context, ll_stats_binom_tail(k, n, p));
}

const struct ll_sqlfn_body ll_fn_binom_tail = {.call = call_binom_tail};

/*
 * poisson_tail(k, mu)
 *
 *   B4  P(X >= k) for a count with mean mu; accuracy as B1.
 *   B5  k is a count (C10); k <= 0 gives 1. mu from 0 to 10^12; otherwise NULL (C6), as is k above
 *       10^12. mu = 0 gives 0 for k > 0. REAL, 0..1.
 */
static void call_poisson_tail(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	int64_t k;
	double mu;

	(void)argc;
	if (ll_sqlfn_count(context, argv, 0, &k) || ll_sqlfn_real(context, argv, 1, &mu))
		return;
	if ((double)k <= LL_STATS_TAIL_MAX && mu >= 0 && mu <= LL_STATS_TAIL_MAX)
		ll_sqlfn_result(context, ll_stats_poisson_tail(k, mu));
}

const struct ll_sqlfn_body ll_fn_poisson_tail = {.call = call_poisson_tail};

/*
 * normal_tail(z)
 *
 *   B6  P(Z >= z) of the standard normal distribution, erfc(z / sqrt 2) / 2, to a relative error of
 *       1e-12 down to 1e-300. Infinity gives 0, minus infinity 1. REAL, 0..1.
 */
static void call_normal_tail(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	double z;

	(void)argc;
	if (ll_sqlfn_real(context, argv, 0, &z) == LL_ARG_READY)
		ll_sqlfn_result(context, ll_stats_normal_tail(z));
}

const struct ll_sqlfn_body ll_fn_normal_tail = {.call = call_normal_tail};

/* ----------------------------------------------------------------------- ramps */

/*
 * clamp01(v)
 *
 *   R1  v, but 0 below 0 and 1 above 1; infinities too. REAL.
 */
static void call_clamp01(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	double value;

	(void)argc;
	if (ll_sqlfn_real(context, argv, 0, &value) == LL_ARG_READY)
		ll_sqlfn_result(context, fmax(0, fmin(1, value)));
}

const struct ll_sqlfn_body ll_fn_clamp01 = {.call = call_clamp01};

/*
 * logistic_ramp(v, low, high)
 *
 *   R2  Turns a number into a strength: 0 at low and before, 1 at high and beyond, between them the
 *       smoothstep 3 t^2 - 2 t^3 with t = (v - low) / (high - low), which is 1/2 half-way and
 *       levels off at both ends as a logistic curve does.
 *   R3  low may lie above high: then it falls with v. low = high: 0 below, 1 from there on.
 *   R4  v may be infinite; low and high must be finite, else NULL (C6). REAL, 0..1.
 */
static void call_logistic_ramp(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	double value, low, high;

	(void)argc;
	if (ll_sqlfn_real(context, argv, 0, &value) || ll_sqlfn_real(context, argv, 1, &low) ||
	    ll_sqlfn_real(context, argv, 2, &high))
		return;
	if (isfinite(low) && isfinite(high))
		ll_sqlfn_result(context, ll_stats_ramp(value, low, high));
}

const struct ll_sqlfn_body ll_fn_logistic_ramp = {.call = call_logistic_ramp};
