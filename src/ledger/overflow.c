/* SPDX-License-Identifier: Apache-2.0 */
/*
 * overflow.c - sum() and abs() that never fail.
 *
 * SQLite's own give exact integers or an error, "integer overflow", which ends the statement.
 * Captures come from strangers: two of them with absurd numbers must not end the judgment of a
 * fleet. Ours are the same but for a result that does not fit 63 bits: it is the largest or
 * smallest number that does.
 *
 * Rules of sum():
 *   1. NULLs do not count; of nothing the sum is NULL.
 *   2. A sum of integers is an integer. It is kept with 128 bits, so that a window may pass over
 *      sums that do not fit and come back to exact ones.
 *   3. Is anything else among them, the sum is a real number.
 */
#include "internal.h"

#include <math.h>

struct sum {
	uint64_t low; /* of the integers, in two's complement */
	int64_t high;
	double reals;
	int64_t count, real_count;
};

static void add_integer(struct sum *sum, int64_t value, bool is_taken_away)
{
	const int64_t sign = value < 0 ? -1 : 0;

	if (is_taken_away) {
		const uint64_t before = sum->low;

		sum->low -= (uint64_t)value;
		sum->high -= sign + (sum->low > before);
	} else {
		sum->low += (uint64_t)value;
		sum->high += sign + (sum->low < (uint64_t)value);
	}
}

static void count_value(sqlite3_context *context, sqlite3_value *value, bool is_taken_away)
{
	struct sum *const sum = sqlite3_aggregate_context(context, sizeof *sum);
	const int type = sqlite3_value_numeric_type(value);
	const int step = is_taken_away ? -1 : 1;

	if (!sum || type == SQLITE_NULL)
		return;
	sum->count += step;
	if (type == SQLITE_INTEGER) {
		add_integer(sum, sqlite3_value_int64(value), is_taken_away);
	} else {
		sum->reals += step * sqlite3_value_double(value);
		sum->real_count += step;
	}
}

static void step_sum(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	count_value(context, argv[0], false);
}

static void inverse_sum(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc;
	count_value(context, argv[0], true);
}

/* The integers as one that fits. */
static int64_t saturated(const struct sum *sum)
{
	const int64_t fits = sum->low > INT64_MAX ? -1 : 0;

	if (sum->high == fits)
		return (int64_t)sum->low;
	return sum->high < 0 ? INT64_MIN : INT64_MAX;
}

static void value_of_sum(sqlite3_context *context)
{
	const struct sum *const sum = sqlite3_aggregate_context(context, 0);

	if (!sum || sum->count == 0)
		sqlite3_result_null(context);
	else if (sum->real_count == 0)
		sqlite3_result_int64(context, saturated(sum));
	else
		sqlite3_result_double(context, sum->reals + (double)saturated(sum));
}

static void absolute(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	const int type = sqlite3_value_numeric_type(argv[0]);
	const int64_t value = sqlite3_value_int64(argv[0]);

	(void)argc;
	if (type == SQLITE_NULL)
		sqlite3_result_null(context);
	else if (type != SQLITE_INTEGER)
		sqlite3_result_double(context, fabs(sqlite3_value_double(argv[0])));
	else if (value == INT64_MIN)
		sqlite3_result_int64(context, INT64_MAX);
	else
		sqlite3_result_int64(context, value < 0 ? -value : value);
}

int ll_overflow_register(sqlite3 *db, struct ll_error *err)
{
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;

	if (sqlite3_create_window_function(db, "sum", 1, flags, NULL, step_sum, value_of_sum,
	                                   value_of_sum, inverse_sum, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "sum");
	if (sqlite3_create_function(db, "abs", 1, flags, NULL, absolute, NULL, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "abs");
	return LL_OK;
}
