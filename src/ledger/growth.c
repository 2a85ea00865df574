/* SPDX-License-Identifier: Apache-2.0 */
/* growth.c - see growth.h. */
#include "growth.h"

enum {
	OBJECTS = 2, /* of the values of a heap series: those in use */
	SPACE = 3,
};

/* The values hold for the captures from `from` up to, not including, `to`. */
static void add_run(const struct ll_growth_window *window, const int64_t *values, uint32_t from,
                    uint32_t to, struct ll_growth *growth)
{
	if (window->first >= (int32_t)from && window->first < (int32_t)to) {
		growth->first_objects = values[OBJECTS];
		growth->first_space = values[SPACE];
	}
	if (window->last >= (int32_t)from && window->last < (int32_t)to) {
		growth->last_objects = values[OBJECTS];
		growth->last_space = values[SPACE];
	}
	growth->slope += (window->before[to] - window->before[from]) * (double)values[SPACE];
}

bool ll_growth_measure(struct ll_series_reader *reader, const struct ll_growth_window *window,
                       struct ll_growth *ret_growth)
{
	struct ll_growth growth = {.slope = 0};
	struct ll_series_step step = {.index = 0}, next;
	int rc;

	while ((rc = ll_series_next(reader, &next)) > 0) {
		add_run(window, step.values, step.index, next.index, &growth);
		step = next;
	}
	add_run(window, step.values, step.index, LL_SEGMENT_CAPTURES, &growth);
	*ret_growth = growth;
	return rc == 0;
}

/* --------------------------------------------------------------------- in SQL */

/* While it is gathered `before` has the weight of each capture at its own index. */
static void take_capture(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	struct ll_growth_window *const window =
		sqlite3_aggregate_context(context, sizeof *window + 1);
	bool *const has_begun = (bool *)(window + 1);
	const sqlite3_int64 index = sqlite3_value_int64(argv[0]);

	(void)argc;
	if (!window) {
		sqlite3_result_error_nomem(context);
		return;
	}
	if (!*has_begun) {
		window->first = window->last = -1;
		*has_begun = true;
	}
	if (index < 0 || index >= LL_SEGMENT_CAPTURES ||
	    sqlite3_value_type(argv[0]) != SQLITE_INTEGER) {
		sqlite3_result_error(context, "segment_window: argument 1 must be 0 to 63", -1);
		return;
	}
	if (sqlite3_value_type(argv[1]) != SQLITE_NULL) {
		window->before[index] = sqlite3_value_double(argv[1]);
		window->has_weights = 1;
	}
	if (sqlite3_value_int64(argv[2]) != 0)
		window->first = (int32_t)index;
	if (sqlite3_value_int64(argv[3]) != 0)
		window->last = (int32_t)index;
}

static void finish_window(sqlite3_context *context)
{
	struct ll_growth_window *const window = sqlite3_aggregate_context(context, 0);
	double sum = 0;

	if (!window)
		return;
	for (size_t i = 0; i <= LL_SEGMENT_CAPTURES; i++) {
		const double weight = window->before[i];

		window->before[i] = sum;
		sum += weight;
	}
	sqlite3_result_blob(context, window, sizeof *window, SQLITE_TRANSIENT);
}

int ll_growth_register(sqlite3 *db, struct ll_error *err)
{
	static const char name[] = "segment_window";

	if (sqlite3_create_function_v2(db, name, 4,
	                               SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL,
	                               NULL, take_capture, finish_window, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, name);
	return LL_OK;
}
