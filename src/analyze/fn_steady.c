/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fn_steady.c - SQL aggregates over numbers of things: do they only come and go?
 *
 *     SELECT steady_p(t_ns, inuse_count, lifetime_id) FROM ...
 *
 * P1 to P4 of fn_trend.c hold. stats_steady.c has the reasoning; S1 to S5 are its rules.
 */
#include "sqlfn.h"

/** Of each row how many things there are (`there`) and how many came until then (`made`). */
struct number {
	struct ll_points there, made;
};

static void number_done(struct number *number)
{
	ll_points_done(&number->there);
	ll_points_done(&number->made);
}

/* x, y [, stratum] */
static void take_there(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct number *const number = sqlite3_aggregate_context(context, sizeof *number);

	if (number)
		ll_sqlfn_take_point(context, argc, argv, &number->there);
	else
		sqlite3_result_error_nomem(context);
}

/* x, y, made, stratum */
static void take_both(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct number *const number = sqlite3_aggregate_context(context, sizeof *number);
	int64_t stratum;
	double x, y, made;

	if (!number) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (ll_sqlfn_has_null(argc, argv))
		return; /* C2 */
	if (!ll_sqlfn_finite(context, argv, 0, &x) || !ll_sqlfn_finite(context, argv, 1, &y) ||
	    !ll_sqlfn_finite(context, argv, 2, &made) ||
	    !ll_sqlfn_stratum(context, argv, 3, &stratum) ||
	    !ll_sqlfn_has_room(context, number->there.items.count))
		return;
	ll_sqlfn_add_point(&number->there, argv[0], y, stratum);
	ll_sqlfn_add_point(&number->made, argv[0], made, stratum);
}

/* As take_points in fn_trend.c: to be freed by the caller. */
static struct number take_number(sqlite3_context *context)
{
	struct number *const kept = sqlite3_aggregate_context(context, 0);
	struct number number = {.there = {.has_real_x = false}};

	if (kept) {
		number = *kept;
		*kept = (struct number){.there = {.has_real_x = false}};
	}
	return number;
}

static bool find_steady(const struct number *number, double *ret_p)
{
	return ll_stats_steady_p(&number->there, ret_p);
}

static bool find_steady_load(const struct number *number, double *ret_p)
{
	return ll_stats_steady_load_p(&number->there, &number->made, ret_p);
}

/* C3, P2 to P4 */
static void finish_number(sqlite3_context *context,
                          bool (*chance)(const struct number *number, double *ret_p))
{
	LL_CLEANUP(number_done) struct number number = take_number(context);
	double p;

	if (!ll_points_arrange(&number.there) || !ll_points_arrange(&number.made))
		ll_sqlfn_fail(context, "x are too far apart"); /* P4 */
	else if (chance(&number, &p))
		ll_sqlfn_result(context, p);
}

/*
 * steady_p(x, y [, stratum])
 *
 *   N1  One-sided: the probability that the number y of things rises with x as it does or more,
 *       when they come at an even rate and each stays as long as it likes, by S1 to S4. An upper
 *       bound.
 *   N2  y is a number of things, as sampled objects are, not their estimate and not bytes.
 *   N3  NULL without three points of one stratum, of which two differ in x, and a mean y above 0.
 */
static void finish_steady_p(sqlite3_context *context)
{
	finish_number(context, find_steady);
}

const struct ll_sqlfn_body ll_fn_steady_p = {.step = take_there, .finish = finish_steady_p};

/*
 * steady_load_p(x, y, made, stratum)
 *
 *   N4  As steady_p, with S5: `made` is how many things came until x, in all. A fall of it counts
 *       as none. Of rows with equal x and stratum the order of y and that of `made` are one.
 */
static void finish_steady_load_p(sqlite3_context *context)
{
	finish_number(context, find_steady_load);
}

const struct ll_sqlfn_body ll_fn_steady_load_p = {.step = take_both,
                                                  .finish = finish_steady_load_p};
