/* SPDX-License-Identifier: Apache-2.0 */
/* fn_args.c - arguments and results of SQL functions: the rules C1 to C11 of sqlfn.h. */
#include "sqlfn.h"

#include <math.h>

/* 2^63, the first double beyond int64_t. */
#define BEYOND_INT64 9223372036854775808.0

void ll_sqlfn_fail(sqlite3_context *context, const char *format, ...)
{
	const struct ll_sqlfn *const function = sqlite3_user_data(context);
	char what[128], text[192];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(what, sizeof what, format, args);
	va_end(args);
	(void)snprintf(text, sizeof text, "%s: %s", function->name, what);
	sqlite3_result_error(context, text, -1);
}

void ll_sqlfn_result(sqlite3_context *context, double value)
{
	if (!isfinite(value))
		ll_sqlfn_fail(context, "result is too large"); /* C5 */
	else
		sqlite3_result_double(context, value + 0.0); /* C11 */
}

static const char *type_name(sqlite3_value *value)
{
	static const char *const names[] = {
		[SQLITE_INTEGER] = "integer", [SQLITE_FLOAT] = "real", [SQLITE_TEXT] = "text",
		[SQLITE_BLOB] = "blob",       [SQLITE_NULL] = "null",
	};
	const int type = sqlite3_value_type(value);

	return type > 0 && (size_t)type < LL_COUNT(names) ? names[type] : "unknown";
}

/* C1 */
static bool is_number(sqlite3_context *context, sqlite3_value *value, int at)
{
	const int type = sqlite3_value_type(value);

	if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
		return true;
	ll_sqlfn_fail(context, "argument %d must be a number, not %s", at + 1, type_name(value));
	return false;
}

/* --------------------------------------------------------------------- scalars */

enum ll_arg ll_sqlfn_real(sqlite3_context *context, sqlite3_value **argv, int at, double *ret_value)
{
	if (sqlite3_value_type(argv[at]) == SQLITE_NULL)
		return LL_ARG_NULL;
	if (!is_number(context, argv[at], at))
		return LL_ARG_WRONG;
	*ret_value = sqlite3_value_double(argv[at]);
	return LL_ARG_READY;
}

/* C10: rounds a REAL; `must_be_whole` refuses one that needs it. */
static enum ll_arg whole(sqlite3_context *context, sqlite3_value **argv, int at, bool must_be_whole,
                         int64_t *ret_value)
{
	double real, rounded;
	const enum ll_arg state = ll_sqlfn_real(context, argv, at, &real);

	if (state != LL_ARG_READY)
		return state;
	if (sqlite3_value_type(argv[at]) == SQLITE_INTEGER) {
		*ret_value = sqlite3_value_int64(argv[at]);
		return LL_ARG_READY;
	}
	rounded = round(real);
	if (!(rounded >= -BEYOND_INT64 && rounded < BEYOND_INT64))
		return LL_ARG_NULL;
	if (must_be_whole && (rounded < real || rounded > real))
		return LL_ARG_NULL;
	*ret_value = (int64_t)rounded;
	return LL_ARG_READY;
}

enum ll_arg ll_sqlfn_rounded(sqlite3_context *context, sqlite3_value **argv, int at,
                             int64_t *ret_value)
{
	return whole(context, argv, at, false, ret_value);
}

enum ll_arg ll_sqlfn_count(sqlite3_context *context, sqlite3_value **argv, int at,
                           int64_t *ret_value)
{
	return whole(context, argv, at, true, ret_value);
}

enum ll_arg ll_sqlfn_text(sqlite3_context *context, sqlite3_value **argv, int at,
                          struct ll_str *ret_text)
{
	const int type = sqlite3_value_type(argv[at]);
	const char *text;

	if (type == SQLITE_NULL)
		return LL_ARG_NULL;
	if (type != SQLITE_TEXT) {
		ll_sqlfn_fail(context, "argument %d must be text, not %s", at + 1,
		              type_name(argv[at]));
		return LL_ARG_WRONG;
	}
	text = (const char *)sqlite3_value_text(argv[at]);
	if (!text) {
		sqlite3_result_error_nomem(context);
		return LL_ARG_WRONG;
	}
	*ret_text = ll_str_n(text, (size_t)sqlite3_value_bytes(argv[at]));
	return LL_ARG_READY;
}

/* ------------------------------------------------------------------ aggregates */

bool ll_sqlfn_has_null(int argc, sqlite3_value **argv)
{
	for (int i = 0; i < argc; i++) {
		if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
			return true;
	}
	return false;
}

bool ll_sqlfn_finite(sqlite3_context *context, sqlite3_value **argv, int at, double *ret_value)
{
	double value;

	if (!is_number(context, argv[at], at))
		return false;
	value = sqlite3_value_double(argv[at]);
	if (!isfinite(value)) {
		ll_sqlfn_fail(context, "argument %d must be finite", at + 1);
		return false;
	}
	*ret_value = value;
	return true;
}

bool ll_sqlfn_stratum(sqlite3_context *context, sqlite3_value **argv, int at, int64_t *ret_value)
{
	if (sqlite3_value_type(argv[at]) != SQLITE_INTEGER) {
		ll_sqlfn_fail(context, "argument %d must be an integer, not %s", at + 1,
		              type_name(argv[at]));
		return false;
	}
	*ret_value = sqlite3_value_int64(argv[at]);
	return true;
}

bool ll_sqlfn_has_room(sqlite3_context *context, size_t count)
{
	if (count < LL_STATS_MAX)
		return true;
	ll_sqlfn_fail(context, "more than %zu rows", LL_STATS_MAX);
	return false;
}

void ll_sqlfn_add_point(struct ll_points *points, sqlite3_value *x, double y, int64_t stratum)
{
	if (sqlite3_value_type(x) == SQLITE_INTEGER)
		ll_points_add_whole(points, sqlite3_value_int64(x), y, stratum);
	else
		ll_points_add_real(points, sqlite3_value_double(x), y, stratum);
}

void ll_sqlfn_take_point(sqlite3_context *context, int argc, sqlite3_value **argv,
                         struct ll_points *points)
{
	int64_t stratum = 0;
	double x, y;

	if (ll_sqlfn_has_null(argc, argv))
		return; /* C2 */
	if (!ll_sqlfn_finite(context, argv, 0, &x) || !ll_sqlfn_finite(context, argv, 1, &y) ||
	    (argc > 2 && !ll_sqlfn_stratum(context, argv, 2, &stratum)) ||
	    !ll_sqlfn_has_room(context, points->items.count))
		return;
	ll_sqlfn_add_point(points, argv[0], y, stratum);
}
