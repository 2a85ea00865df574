/* SPDX-License-Identifier: Apache-2.0 */
/* test_columns.c - names, types and texts of columns. */
#include "columns.h"
#include "queries.h"

/* The first row of `sql`, column 0, as people read it. */
static void assert_text(void *state, const char *sql, const char *expected)
{
	struct ll_stmt *const stmt = queries_prepare(state, sql);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_columns columns;
	char buffer[LL_UNIT_TEXT];
	struct ll_str text;

	assert_ok(ll_columns_read(stmt, &columns, &err), &err);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	text = ll_column_text(stmt, &columns.items[0], 0, buffer);
	if (!ll_str_equal(text, ll_str(expected)))
		fail_msg("%s gives '%.*s' and not '%s'", sql, LL_STR_ARG(text), expected);
	ll_stmt_free(stmt);
}

static void the_type_stands_behind_the_last_colon(void **state)
{
	struct ll_stmt *const stmt = queries_prepare(
		*state, "SELECT 1 AS \"grown:bytes\", 2 AS plain, 3 AS \"a:b:count\", "
			"4 AS \"odd:nonsense\", 5 AS \":time\"");
	struct ll_error err = LL_ERROR_INIT;
	struct ll_columns columns;

	assert_ok(ll_columns_read(stmt, &columns, &err), &err);

	assert_int_equal(columns.count, 5);
	assert_true(ll_str_equal(columns.items[0].name, ll_str("grown")));
	assert_int_equal(columns.items[0].type, LL_CELL_BYTES);
	assert_true(ll_str_equal(columns.items[1].name, ll_str("plain")));
	assert_int_equal(columns.items[1].type, LL_CELL_OWN);
	assert_true(ll_str_equal(columns.items[2].name, ll_str("a:b")));
	assert_int_equal(columns.items[2].type, LL_CELL_COUNT);
	assert_int_equal(columns.items[3].type, LL_CELL_OWN);
	assert_int_equal(columns.items[4].type, LL_CELL_TIME);
	ll_stmt_free(stmt);
}

static void every_type_reads_well(void **state)
{
	assert_text(*state, "SELECT 13002342 AS \"x:bytes\"", "12.4 MiB");
	assert_text(*state, "SELECT 1234567 AS \"x:count\"", "1,234,567");
	assert_text(*state, "SELECT 1795223187000000000 AS \"x:time\"", "2026-11-21T01:06:27Z");
	assert_text(*state, "SELECT 720000000000 AS \"x:duration\"", "12 min");
	assert_text(*state, "SELECT 2.5 AS \"x:real\"", "2.5");
	assert_text(*state, "SELECT 1 AS \"x:bool\"", "yes");
	assert_text(*state, "SELECT 0 AS \"x:bool\"", "no");
	assert_text(*state, "SELECT 'a' || char(10) || 'b' AS \"x:lines\"", "a\nb");
	assert_text(*state, "SELECT '[1]' AS \"x:json\"", "[1]");
	assert_text(*state, "SELECT 'text' AS x", "text");
	assert_text(*state, "SELECT 7 AS x", "7");
	assert_text(*state, "SELECT 0.125 AS x", "0.125");
}

static void null_is_empty_in_every_type(void **state)
{
	static const char *const types[] = {"",      ":text", ":lines", ":count", ":bytes",
	                                    ":time", ":real", ":bool",  ":json",  ":duration"};

	for (size_t i = 0; i < LL_COUNT(types); i++) {
		char sql[64];

		(void)snprintf(sql, sizeof sql, "SELECT NULL AS \"x%s\"", types[i]);
		assert_text(*state, sql, "");
	}
}

static void numbers_stand_at_the_right(void **state)
{
	static const enum ll_cell right[] = {LL_CELL_COUNT, LL_CELL_BYTES, LL_CELL_DURATION,
	                                     LL_CELL_REAL};
	static const enum ll_cell left[] = {LL_CELL_OWN,  LL_CELL_TEXT, LL_CELL_LINES,
	                                    LL_CELL_TIME, LL_CELL_BOOL, LL_CELL_JSON};
	(void)state;

	for (size_t i = 0; i < LL_COUNT(right); i++)
		assert_true(ll_column_is_numeric(&(struct ll_column){.type = right[i]}));
	for (size_t i = 0; i < LL_COUNT(left); i++)
		assert_false(ll_column_is_numeric(&(struct ll_column){.type = left[i]}));
}

static void more_columns_than_there_is_room_for_are_an_error(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_columns columns;
	struct ll_stmt *stmt;
	struct ll_buf sql;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_puts(&sql, "SELECT 0");
	for (int i = 0; i < LL_COLUMNS_MAX; i++)
		ll_buf_printf(&sql, ", %d", i);
	stmt = queries_prepare(*state, sql.data);

	assert_int_equal(ll_columns_read(stmt, &columns, &err), LL_E_LIMIT);

	assert_string_equal(err.text, "more than 64 columns");
	ll_stmt_free(stmt);
	ll_buf_done(&sql);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_type_stands_behind_the_last_colon),
		cmocka_unit_test(every_type_reads_well),
		cmocka_unit_test(null_is_empty_in_every_type),
		cmocka_unit_test(numbers_stand_at_the_right),
		cmocka_unit_test(more_columns_than_there_is_room_for_are_an_error),
	};

	return cmocka_run_group_tests(tests, queries_set_up, queries_tear_down);
}
