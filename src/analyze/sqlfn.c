/* SPDX-License-Identifier: Apache-2.0 */
/*
 * sqlfn.c - THE TABLE of SQL functions.
 *
 * One line declares a function, registers it, and is what `leakledger list functions` shows. The
 * rules behind each line stand above its code: fn_trend.c and fn_steady.c (points in time),
 * fn_stats.c (samples, tails, ramps), fn_text.c (texts and symbol names), fn_ladder.c (sizes of
 * objects); what all have in common in sqlfn.h.
 */
#include "sqlfn.h"

#include <leakledger/sqlite.h>

/*
 * X(name, fewest arguments, most arguments, kind, arguments, what it is, unit of the result)
 *
 * In alphabetical order within each group.
 */
/* clang-format off */
#define LL_SQLFNS(X) \
	/* points in time */ \
	X(kendall_p, 2, 3, aggregate, "x, y [, stratum]", \
	  "chance of so steady a rise without a trend, one-sided", "0..1") \
	X(kendall_p_corrected, 2, 3, aggregate, "x, y [, stratum]", \
	  "kendall_p, allowing for captures that resemble the ones before", "0..1") \
	X(kendall_tau, 2, 3, aggregate, "x, y [, stratum]", \
	  "how steadily y rises with x: 1 always, -1 always falls (tau-b)", "-1..1") \
	X(kendall_z, 2, 3, aggregate, "x, y [, stratum]", \
	  "Kendall's S in standard deviations, with ties and continuity corrected", "none") \
	X(max_drawdown, 2, 2, aggregate, "x, y", \
	  "largest fall of y from an earlier maximum", "y") \
	X(rising_streak, 2, 2, aggregate, "x, y", \
	  "rises in a row up to the largest x", "count") \
	X(share_rising, 2, 2, aggregate, "x, y", \
	  "share of steps that rise", "0..1") \
	X(steady_load_p, 4, 4, aggregate, "x, y, made, stratum", \
	  "steady_p, with what follows from more being made taken off", "0..1") \
	X(steady_p, 2, 3, aggregate, "x, y [, stratum]", \
	  "chance that y things rise so, when they come and go steadily", "0..1") \
	X(theil_sen, 2, 3, aggregate, "x, y [, stratum]", \
	  "slope: median of all pairwise slopes", "y per x") \
	X(theil_sen_high, 2, 3, aggregate, "x, y [, stratum]", \
	  "upper 95 % limit of the slope", "y per x") \
	X(theil_sen_intercept, 2, 3, aggregate, "x, y [, stratum]", \
	  "height of the line at the smallest x", "y") \
	X(theil_sen_low, 2, 3, aggregate, "x, y [, stratum]", \
	  "lower 95 % limit of the slope", "y per x") \
	/* samples */ \
	X(elbow_rank, 1, 1, aggregate, "y", \
	  "items before the first drop of half or more, largest first", "count") \
	X(first_value_by, 2, 2, aggregate, "y, x", \
	  "y at the smallest x", "y") \
	X(last_value, 2, 2, aggregate, "y, x", \
	  "y at the largest x", "y") \
	X(mad, 1, 1, aggregate, "y", \
	  "median absolute deviation times 1.4826: a robust standard deviation", "y") \
	X(median, 1, 1, aggregate, "y", \
	  "middle value", "y") \
	X(percentile, 2, 2, aggregate, "y, p", \
	  "p-th percentile, p 0 to 100, interpolated", "y") \
	X(robust_iqr, 1, 1, aggregate, "y", \
	  "distance of the 25th and 75th percentile", "y") \
	/* tails and ramps */ \
	X(binom_tail, 3, 3, scalar, "k, n, p", \
	  "chance of k or more successes in n trials", "0..1") \
	X(clamp01, 1, 1, scalar, "v", \
	  "v cut to 0..1", "0..1") \
	X(logistic_ramp, 3, 3, scalar, "v, low, high", \
	  "strength of v: 0 at low, 1 at high, smooth between", "0..1") \
	X(normal_tail, 1, 1, scalar, "z", \
	  "chance of a standard normal value of z or more", "0..1") \
	X(poisson_tail, 2, 2, scalar, "k, mu", \
	  "chance of k or more events where mu are expected", "0..1") \
	/* texts */ \
	X(bytes_text, 1, 1, scalar, "bytes", \
	  "'12.4 MiB'", "text") \
	X(chance_text, 1, 1, scalar, "p", \
	  "'0.05 % of cases', 'less than one case in a million'", "text") \
	X(count_text, 1, 1, scalar, "n", \
	  "'1,234,567'", "text") \
	X(duration_text, 1, 1, scalar, "ns", \
	  "'3.5 h'", "text") \
	X(file_name, 1, 1, scalar, "text", \
	  "a name for a file, of a text: as it is, or cut down, with a hash", "text") \
	X(per_day_text, 1, 1, scalar, "bytes_per_day", \
	  "'38 MiB/day'", "text") \
	X(rate_text, 3, 3, scalar, "per_day, watched_ns, is_bytes", \
	  "'25.6 MiB an hour', '70 a day': by the hour when nothing was watched for a day", "text") \
	X(rfc3339, 1, 1, scalar, "ns", \
	  "time in UTC, '2026-11-21T01:06:27Z'", "text") \
	/* objects and symbol names */ \
	X(frame_file, 2, 2, scalar, "file, function", \
	  "file name without the build directory", "text") \
	X(frame_name, 1, 1, scalar, "function", \
	  "function name that compares across builds and Go versions", "text") \
	X(frame_owner, 2, 2, scalar, "function, file", \
	  "'runtime', 'standard', 'library', 'own' or 'unknown'", "text") \
	X(frame_package, 1, 1, scalar, "function", \
	  "package path", "text") \
	X(keeper_class, 9, 9, aggregate, \
	  "size, alive, alloc_count, objects, samples, lives, period, oldest_go, newest_go", \
	  "which container of so many objects has blocks of such sizes", "JSON") \
	X(ladder_class, 5, 5, aggregate, \
	  "size, first_objects, last_objects, last_count, alloc_count", \
	  "what the sizes of the objects of one place say about its kind", "JSON")

#define DECLARE(name_, fewest_, most_, kind_, arguments_, what_, unit_) \
	extern const struct ll_sqlfn_body ll_fn_##name_;
LL_SQLFNS(DECLARE)

static const struct ll_sqlfn functions[] = {
#define LIST(name_, fewest_, most_, kind_, arguments_, what_, unit_) \
	{.name = #name_, .arguments = (fewest_) == (most_) ? (fewest_) : -1, .kind = #kind_, \
	 .description = "(" arguments_ "): " what_ " [" unit_ "]"},
	LL_SQLFNS(LIST)
};

/* Row i says how functions[i] is called. */
static const struct {
	int fewest, most;
	const struct ll_sqlfn_body *body;
} calls[] = {
#define CALL(name_, fewest_, most_, kind_, arguments_, what_, unit_) \
	{(fewest_), (most_), &ll_fn_##name_},
	LL_SQLFNS(CALL)
};
/* clang-format on */

const struct ll_sqlfn *ll_sqlfn_all(size_t *ret_count)
{
	*ret_count = LL_COUNT(functions);
	return functions;
}

/* To make a function known again would expire every prepared statement of the connection. */
static bool is_registered(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	const int state = sqlite3_prepare_v2(db, "SELECT median(1)", -1, &stmt, NULL);

	(void)sqlite3_finalize(stmt);
	return state == SQLITE_OK;
}

int ll_sqlfn_register(sqlite3 *db, struct ll_error *err)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

	if (is_registered(db))
		return LL_OK;
	for (size_t i = 0; i < LL_COUNT(functions); i++) {
		const struct ll_sqlfn_body *const body = calls[i].body;
		union {
			const struct ll_sqlfn *from;
			void *to;
		} self = {.from = &functions[i]}; /* SQLite's pointer lacks const */

		for (int count = calls[i].fewest; count <= calls[i].most; count++) {
			if (sqlite3_create_function_v2(db, functions[i].name, count, flags, self.to,
			                               body->call, body->step, body->finish,
			                               NULL) != SQLITE_OK)
				return ll_sqlite_fail(db, err, functions[i].name);
		}
	}
	return LL_OK;
}
