/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sqlfn.c - the SQL functions rule by rule: NULL, nothing, one row, ties, wrong types, the
 * ends of the ranges. Values are in test_sqlfn_reference.c.
 *
 * Each case cites the rules (C in sqlfn.h, the others above the code in fn_*.c) it walks along. An
 * expression is evaluated by SQLite and compared as SQLite quotes it: 7 is an INTEGER, 7.0 a REAL.
 */
#include "sqlfn.h"
#include "support.h"

struct check {
	const char *rules;
	const char *expression; /* over tables that it brings along, or none */
	const char *expected;   /* as quote() writes it, or "error: ..." */
};

static int open_database(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_ok(ll_sqlfn_register(db, &err), &err);
	*state = db;
	return 0;
}

static int close_database(void **state)
{
	return sqlite3_close(*state) == SQLITE_OK ? 0 : -1;
}

/* The first column of the first row, or "error: ...". */
static void evaluate(sqlite3 *db, const char *sql, char *result, size_t room)
{
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		(void)snprintf(result, room, "%s", (const char *)sqlite3_column_text(stmt, 0));
	else
		(void)snprintf(result, room, "error: %s", sqlite3_errmsg(db));
	(void)sqlite3_finalize(stmt);
}

static void run(sqlite3 *db, const struct check *checks, size_t count)
{
	size_t wrong = 0;

	for (size_t i = 0; i < count; i++) {
		char sql[1024], result[512];

		(void)snprintf(sql, sizeof sql, "SELECT quote((%s))", checks[i].expression);
		evaluate(db, sql, result, sizeof result);
		if (strcmp(result, checks[i].expected) != 0) {
			print_error("%s: %s\n    is       %s\n    not      %s\n", checks[i].rules,
			            checks[i].expression, result, checks[i].expected);
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

#define RUN(db, checks) run((db), (checks), LL_COUNT(checks))

/* ---------------------------------------------------------------- the table */

static void every_function_of_the_table_is_registered_deterministic_and_innocuous(void **state)
{
	const int wanted = SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	sqlite3_stmt *stmt = NULL;
	size_t count;
	const struct ll_sqlfn *const functions = ll_sqlfn_all(&count);

	assert_true(count > 30);
	assert_int_equal(sqlite3_prepare_v2(*state,
	                                    "SELECT count(*), max(type), min(flags & ?2)"
	                                    " FROM pragma_function_list"
	                                    " WHERE name = ?1 AND NOT builtin",
	                                    -1, &stmt, NULL),
	                 SQLITE_OK);
	for (size_t i = 0; i < count; i++) {
		(void)sqlite3_reset(stmt);
		assert_int_equal(sqlite3_bind_text(stmt, 1, functions[i].name, -1, SQLITE_STATIC),
		                 SQLITE_OK);
		assert_int_equal(sqlite3_bind_int(stmt, 2, wanted), SQLITE_OK);
		assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
		assert_int_equal(sqlite3_column_int(stmt, 0), functions[i].arguments < 0 ? 2 : 1);
		assert_int_equal(sqlite3_column_text(stmt, 1)[0], functions[i].kind[0]);
		assert_int_equal(sqlite3_column_int(stmt, 2), wanted);
	}
	(void)sqlite3_finalize(stmt);
}

static void every_function_says_what_it_takes_and_gives(void **state)
{
	size_t count;
	const struct ll_sqlfn *const functions = ll_sqlfn_all(&count);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		const struct ll_str description = ll_str(functions[i].description);

		assert_true(ll_str_starts(description, "("));
		assert_true(ll_str_find(description, "): ") != SIZE_MAX);
		assert_true(ll_str_ends(description, "]"));
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(functions[i].name, functions[k].name);
	}
}

static void null_for_all(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	(void)argc, (void)argv;
	sqlite3_result_null(context);
}

static void a_second_time_changes_nothing(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;

	(void)state;
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_ok(ll_sqlfn_register(db, &err), &err);
	assert_int_equal(sqlite3_prepare_v2(db, "SELECT median(column1) FROM (VALUES (1), (5))", -1,
	                                    &stmt, NULL),
	                 SQLITE_OK);

	assert_ok(ll_sqlfn_register(db, &err), &err);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_int_equal(sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_REPREPARE, 0), 0);

	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(db);
}

static void a_closed_door_is_reported(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	sqlite3_stmt *stmt = NULL;
	sqlite3 *db;

	(void)state;
	/* SQLite refuses to replace a function while a statement runs. */
	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_int_equal(sqlite3_create_function_v2(db, "clamp01", 1, SQLITE_UTF8, NULL,
	                                            null_for_all, NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db, "VALUES (1), (2)", -1, &stmt, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);

	assert_true(ll_sqlfn_register(db, &err) < 0);
	assert_non_null(strstr(err.text, "unable to delete/modify user-function"));

	(void)sqlite3_finalize(stmt);
	(void)sqlite3_close(db);
}

/* ------------------------------------------------------------- aggregates, common */

static void aggregates_of_nothing_are_null(void **state)
{
	static const char *const calls[] = {
		"theil_sen(x, y)",
		"theil_sen(x, y, s)",
		"theil_sen_low(x, y)",
		"theil_sen_high(x, y, s)",
		"theil_sen_intercept(x, y)",
		"kendall_tau(x, y)",
		"kendall_z(x, y)",
		"kendall_p(x, y)",
		"kendall_p_corrected(x, y)",
		"max_drawdown(x, y)",
		"rising_streak(x, y)",
		"share_rising(x, y)",
		"steady_p(x, y)",
		"steady_load_p(x, y, s, s)",
		"median(y)",
		"mad(y)",
		"robust_iqr(y)",
		"percentile(y, 50)",
		"elbow_rank(y)",
		"last_value(y, x)",
		"first_value_by(y, x)",
	};

	for (size_t i = 0; i < LL_COUNT(calls); i++) {
		char none[256], passed_over[256];
		const struct check checks[] = {
			{"C3", none, "NULL"},
			{"C2 C3", passed_over, "NULL"},
		};

		(void)snprintf(none, sizeof none,
		               "SELECT %s FROM (SELECT 1 AS x, 2 AS y, 3 AS s) WHERE 0", calls[i]);
		(void)snprintf(passed_over, sizeof passed_over,
		               "SELECT %s FROM (SELECT 1 AS x, NULL AS y, 3 AS s)", calls[i]);
		RUN(*state, checks);
	}
}

static void aggregates_pass_over_rows_with_null(void **state)
{
#define ROWS                                                                                       \
	" FROM (SELECT 1 AS x, 10 AS y, 0 AS s UNION ALL SELECT NULL, 99, 0"                       \
	" UNION ALL SELECT 2, NULL, 0 UNION ALL SELECT 3, 14, 0 UNION ALL SELECT 4, 77, NULL"      \
	" UNION ALL SELECT 4, 12, 0)"
	static const struct check checks[] = {
		{"C2", "SELECT round(theil_sen(x, y, s), 6)" ROWS, "0.666667"},
		{"C2", "SELECT theil_sen(x, y)" ROWS, "2.0"},
		{"C2", "SELECT round(kendall_tau(x, y, s), 6)" ROWS, "0.333333"},
		{"C2", "SELECT max_drawdown(x, y)" ROWS, "0.0"},
		{"C2 D2", "SELECT last_value(y, x)" ROWS, "77"},
		{"C2", "SELECT first_value_by(y, x)" ROWS, "10"},
		{"C2", "SELECT median(y)" ROWS, "14.0"},
		{"C2 Q3", "SELECT percentile(y, 0)" ROWS, "10.0"},
	};

	RUN(*state, checks);
#undef ROWS
}

static void aggregates_refuse_what_is_no_number(void **state)
{
	static const struct check checks[] = {
		{"C1", "SELECT theil_sen(1, 'a')",
	         "error: theil_sen: argument 2 must be a number, not text"},
		{"C1", "SELECT theil_sen('1', 2)",
	         "error: theil_sen: argument 1 must be a number, not text"},
		{"C1", "SELECT kendall_p(1, x'31')",
	         "error: kendall_p: argument 2 must be a number, not blob"},
		{"C1", "SELECT median('7')",
	         "error: median: argument 1 must be a number, not text"},
		{"C1", "SELECT last_value(1, 'x')",
	         "error: last_value: argument 2 must be a number, not text"},
		{"C1", "SELECT first_value_by('x', 1)",
	         "error: first_value_by: argument 1 must be a number, not text"},
		{"C1", "SELECT elbow_rank(x'00')",
	         "error: elbow_rank: argument 1 must be a number, not blob"},
		{"C1", "SELECT rising_streak(1, '')",
	         "error: rising_streak: argument 2 must be a number, not text"},
		{"C8", "SELECT kendall_z(1, 2, 'a')",
	         "error: kendall_z: argument 3 must be an integer, not text"},
		{"C8", "SELECT theil_sen_low(1, 2, 3.0)",
	         "error: theil_sen_low: argument 3 must be an integer, not real"},
	};

	RUN(*state, checks);
}

static void aggregates_refuse_infinity(void **state)
{
	static const struct check checks[] = {
		{"C4", "SELECT theil_sen(1, 9e999)", "error: theil_sen: argument 2 must be finite"},
		{"C4", "SELECT theil_sen(-9e999, 1)",
	         "error: theil_sen: argument 1 must be finite"},
		{"C4", "SELECT median(-9e999)", "error: median: argument 1 must be finite"},
		{"C4", "SELECT last_value(1, 9e999)",
	         "error: last_value: argument 2 must be finite"},
		{"C4", "SELECT percentile(1, 9e999)",
	         "error: percentile: argument 2 must be finite"},
		{"C4: NaN is NULL", "SELECT median(y) FROM (SELECT 9e999 - 9e999 AS y)", "NULL"},
	};

	RUN(*state, checks);
}

static void an_error_in_the_middle_frees_what_was_gathered(void **state)
{
	static const struct check checks[] = {
		{"C1",
	         "SELECT theil_sen(x, y) FROM (SELECT 1 AS x, 2 AS y UNION ALL SELECT 2, 3"
	         " UNION ALL SELECT 3, 'x' UNION ALL SELECT 4, 5)",
	         "error: theil_sen: argument 2 must be a number, not text"},
		{"C1",
	         "SELECT rising_streak(x, y) FROM (SELECT 1 AS x, 2 AS y UNION ALL SELECT 3, 'x')",
	         "error: rising_streak: argument 2 must be a number, not text"},
		{"C1", "SELECT mad(y) FROM (SELECT 1 AS y UNION ALL SELECT 'x')",
	         "error: mad: argument 1 must be a number, not text"},
		{"Q3", "SELECT percentile(y, p) FROM (SELECT 1 AS y, 5 AS p UNION ALL SELECT 2, 6)",
	         "error: percentile: argument 2 must be the same in every row"},
	};

	RUN(*state, checks); /* the leak checker looks */
}

static void results_that_are_too_large_are_errors(void **state)
{
	static const struct check checks[] = {
		{"C5",
	         "SELECT theil_sen(x, y) FROM (SELECT 0 AS x, -1e308 AS y UNION ALL SELECT 1e-9, 1e308)",
	         "error: theil_sen: result is too large"},
		{"C5",
	         "SELECT robust_iqr(y) FROM (SELECT -1.7e308 AS y UNION ALL SELECT 1.7e308"
	         " UNION ALL SELECT -1.7e308 UNION ALL SELECT 1.7e308)",
	         "error: robust_iqr: result is too large"},
		{"C5",
	         "SELECT max_drawdown(x, y) FROM (SELECT 0 AS x, 1e308 AS y UNION ALL SELECT 1, -1e308)",
	         "error: max_drawdown: result is too large"},
		{"P4",
	         "SELECT kendall_p(x, y) FROM (SELECT -1e308 AS x, 1 AS y UNION ALL SELECT 1e308, 2)",
	         "error: kendall_p: x are too far apart"},
		{"P4",
	         "SELECT rising_streak(x, y) FROM (SELECT -1e308 AS x, 1 AS y UNION ALL SELECT 1e308, 2)",
	         "error: rising_streak: x are too far apart"},
	};

	RUN(*state, checks);
}

static void a_million_rows_are_taken_and_one_more_is_not(void **state)
{
#define NUMBERS(n) "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT " #n ")"
	static const struct check checks[] = {
		{"C7", "SELECT * FROM " NUMBERS(1000000) " SELECT median(i) FROM n)", "500000.5"},
		{"C7", "SELECT * FROM " NUMBERS(1000001) " SELECT median(i) FROM n)",
	         "error: median: more than 1000000 rows"},
		{"C7", "SELECT * FROM " NUMBERS(1000001) " SELECT max_drawdown(i, -i) FROM n)",
	         "error: max_drawdown: more than 1000000 rows"},
	};

	RUN(*state, checks);
#undef NUMBERS
}

static void aggregates_take_distinct_filter_and_groups(void **state)
{
	static const struct check checks[] = {
		{"", "SELECT median(DISTINCT column1) FROM (VALUES (1), (1), (1), (2), (3))",
	         "2.0"},
		{"",
	         "SELECT median(column1) FILTER (WHERE column1 > 1) FROM (VALUES (1), (2), (3))",
	         "2.5"},
		{"",
	         "SELECT group_concat(m) FROM (SELECT median(column2) AS m"
	         " FROM (VALUES (1, 5), (2, 7), (1, 6)) GROUP BY column1 ORDER BY column1)",
	         "'5.5,7.0'"},
		{"F3", "SELECT last_value(column1) OVER (ORDER BY column1) FROM (VALUES (3))", "3"},
		{"", "SELECT median(column1) OVER () FROM (VALUES (3))",
	         "error: median() may not be used as a window function"},
	};

	RUN(*state, checks);
}

static void views_and_indexes_may_use_them(void **state)
{
	assert_int_equal(sqlite3_exec(*state,
	                              "PRAGMA trusted_schema = OFF;"
	                              "CREATE TABLE load(y REAL);"
	                              "CREATE INDEX strong ON load(clamp01(y));"
	                              "CREATE VIEW middle AS SELECT median(y) AS y FROM load;"
	                              "INSERT INTO load VALUES (1), (4);"
	                              "SELECT y FROM middle",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
}

/* ------------------------------------------------------------------------ trends */

static void one_row_has_no_trend(void **state)
{
	static const struct check checks[] = {
		{"T3", "SELECT theil_sen(1, 2)", "NULL"},
		{"L3", "SELECT theil_sen_low(1, 2)", "NULL"},
		{"L3", "SELECT theil_sen_high(1, 2)", "NULL"},
		{"I3", "SELECT theil_sen_intercept(1, 2)", "NULL"},
		{"K1", "SELECT kendall_tau(1, 2)", "NULL"},
		{"K3", "SELECT kendall_z(1, 2)", "NULL"},
		{"K7", "SELECT kendall_p(1, 2)", "NULL"},
		{"K9", "SELECT kendall_p_corrected(1, 2)", "NULL"},
		{"D1", "SELECT max_drawdown(1, 2)", "0.0"},
		{"D3", "SELECT rising_streak(1, 2)", "0"},
		{"D4", "SELECT share_rising(1, 2)", "NULL"},
		{"N3", "SELECT steady_p(1, 2)", "NULL"},
		{"N3", "SELECT steady_load_p(1, 2, 3, 4)", "NULL"},
	};

	RUN(*state, checks);
}

static void rows_of_different_strata_are_never_compared(void **state)
{
#define ROWS                                                                                       \
	" FROM (SELECT column1 AS x, column2 AS y, column3 AS s FROM"                              \
	" (VALUES (1, 10, 1), (2, 11, 1), (3, 5, 2), (4, 6, 2)))"
	static const struct check checks[] = {
		{"P1 T2", "SELECT theil_sen(x, y, s)" ROWS, "1.0"},
		{"P1", "SELECT round(theil_sen(x, y), 6)" ROWS, "-1.916667"},
		{"P1 K1", "SELECT kendall_tau(x, y, s)" ROWS, "1.0"},
		{"P1 K1", "SELECT round(kendall_tau(x, y), 6)" ROWS, "-0.333333"},
		{"P1 T3", "SELECT theil_sen(x, y, x)" ROWS, "NULL"},
		{"P1 K7", "SELECT kendall_p(x, y, x)" ROWS, "NULL"},
		{"I1 I2", "SELECT theil_sen_intercept(x, y, s)" ROWS, "6.5"},
	};

	RUN(*state, checks);
#undef ROWS
}

static void times_keep_every_nanosecond(void **state)
{
#define ROWS(type)                                                                                 \
	" FROM (SELECT CAST(1795223187000000000 + column1 AS " type ") AS x, column1 AS y"         \
	" FROM (VALUES (0), (1), (2), (3)))"
	static const struct check checks[] = {
		{"P2", "SELECT theil_sen(x, y)" ROWS("INTEGER"), "1.0"},
		{"P2", "SELECT kendall_tau(x, y)" ROWS("INTEGER"), "1.0"},
		{"F2", "SELECT last_value(x, y)" ROWS("INTEGER"), "1795223187000000003"},
		{"P2: as REAL they are all equal", "SELECT theil_sen(x, y)" ROWS("REAL"), "NULL"},
		{"P2: integers up to the ends",
	         "SELECT theil_sen(column1, column2) FROM"
	         " (VALUES (-9223372036854775807 - 1, 0), (9223372036854775807, 36893488147419103232.0))",
	         "2.0"},
		{"P2: one REAL makes all REAL",
	         "SELECT theil_sen(column1, column2) FROM (VALUES (1, 1), (1.5, 2))", "2.0"},
	};

	RUN(*state, checks);
#undef ROWS
}

static void one_x_stands_for_the_largest_y(void **state)
{
#define ROWS " FROM (VALUES (1, 4), (1, 9), (2, 5), (2, 3), (0, 7), (0, 8))"
	static const struct check checks[] = {
		{"F1 D2", "SELECT last_value(column2, column1)" ROWS, "5"},
		{"F1 D2", "SELECT first_value_by(column2, column1)" ROWS, "8"},
		{"D1 D2", "SELECT max_drawdown(column1, column2)" ROWS, "4.0"},
		{"D3 D2", "SELECT rising_streak(column1, column2)" ROWS, "0"},
		{"D4 D2", "SELECT share_rising(column1, column2)" ROWS, "0.5"},
	};

	RUN(*state, checks);
#undef ROWS
}

static void first_and_last_values_come_back_as_they_are(void **state)
{
	static const struct check checks[] = {
		{"F2", "SELECT last_value(9223372036854775807, 1)", "9223372036854775807"},
		{"F2", "SELECT last_value(0.1, 1)", "0.1"},
		{"F1", "SELECT last_value(column1, column2) FROM (VALUES (1, 2), (2, 1.5))", "1"},
		{"F1", "SELECT first_value_by(column1, column2) FROM (VALUES (1, 2), (2, 1.5))",
	         "2"},
		{"F1",
	         "SELECT last_value(column1, column2) FROM"
	         " (VALUES (1, 9007199254740993), (2, 9007199254740992))",
	         "1"},
	};

	RUN(*state, checks);
}

static void samples_follow_their_rules(void **state)
{
	static const struct check checks[] = {
		{"Q2", "SELECT percentile(7, 30)", "7.0"},
		{"Q1", "SELECT percentile(column1, 25) FROM (VALUES (1), (2), (3))", "1.5"},
		{"Q3", "SELECT percentile(7, 100.5)",
	         "error: percentile: argument 2 must be from 0 to 100"},
		{"Q3", "SELECT percentile(7, -1)",
	         "error: percentile: argument 2 must be from 0 to 100"},
		{"Q3", "SELECT percentile(NULL, -1)",
	         "error: percentile: argument 2 must be from 0 to 100"},
		{"Q3", "SELECT percentile(7, NULL)",
	         "error: percentile: argument 2 must be a number, not null"},
		{"Q3", "SELECT percentile(7, 'half')",
	         "error: percentile: argument 2 must be a number, not text"},
		{"Q4", "SELECT median(7)", "7.0"},
		{"Q5", "SELECT mad(7)", "0.0"},
		{"Q6", "SELECT robust_iqr(7)", "0.0"},
		{"E1", "SELECT elbow_rank(7)", "1"},
		{"E2", "SELECT elbow_rank(0)", "0"},
		{"E2", "SELECT elbow_rank(column1) FROM (VALUES (3), (3), (3))", "3"},
		{"C11", "SELECT median(-0.0)", "0.0"},
	};

	RUN(*state, checks);
}

/* ----------------------------------------------------------------------- scalars */

static void scalars_of_null_are_null(void **state)
{
	static const struct check checks[] = {
		{"C2", "SELECT binom_tail(NULL, 1, 0.5)", "NULL"},
		{"C2", "SELECT binom_tail(1, NULL, 0.5)", "NULL"},
		{"C2", "SELECT binom_tail(1, 1, NULL)", "NULL"},
		{"C2", "SELECT poisson_tail(NULL, 1)", "NULL"},
		{"C2", "SELECT poisson_tail(1, NULL)", "NULL"},
		{"C2", "SELECT normal_tail(NULL)", "NULL"},
		{"C2", "SELECT clamp01(NULL)", "NULL"},
		{"C2", "SELECT logistic_ramp(NULL, 0, 1)", "NULL"},
		{"C2", "SELECT logistic_ramp(1, 0, NULL)", "NULL"},
		{"C2", "SELECT rfc3339(NULL)", "NULL"},
		{"C2", "SELECT bytes_text(NULL)", "NULL"},
		{"C2", "SELECT count_text(NULL)", "NULL"},
		{"C2", "SELECT duration_text(NULL)", "NULL"},
		{"C2", "SELECT per_day_text(NULL)", "NULL"},
		{"N2", "SELECT frame_owner(NULL, 'a.go')", "NULL"},
		{"N2", "SELECT frame_name(NULL)", "NULL"},
		{"N4", "SELECT frame_file(NULL, 'main.main')", "NULL"},
		{"N2", "SELECT frame_package(NULL)", "NULL"},
	};

	RUN(*state, checks);
}

static void scalars_refuse_the_wrong_type(void **state)
{
	static const struct check checks[] = {
		{"C1", "SELECT binom_tail('1', 1, 0.5)",
	         "error: binom_tail: argument 1 must be a number, not text"},
		{"C1", "SELECT binom_tail(1, x'', 0.5)",
	         "error: binom_tail: argument 2 must be a number, not blob"},
		{"C1", "SELECT poisson_tail(1, 'many')",
	         "error: poisson_tail: argument 2 must be a number, not text"},
		{"C1", "SELECT normal_tail('z')",
	         "error: normal_tail: argument 1 must be a number, not text"},
		{"C1", "SELECT clamp01('')",
	         "error: clamp01: argument 1 must be a number, not text"},
		{"C1", "SELECT logistic_ramp(1, 2, 'x')",
	         "error: logistic_ramp: argument 3 must be a number, not text"},
		{"C1", "SELECT rfc3339('2026')",
	         "error: rfc3339: argument 1 must be a number, not text"},
		{"C1", "SELECT bytes_text('1 MiB')",
	         "error: bytes_text: argument 1 must be a number, not text"},
		{"C1", "SELECT per_day_text(x'00')",
	         "error: per_day_text: argument 1 must be a number, not blob"},
		{"N2", "SELECT frame_name(7)",
	         "error: frame_name: argument 1 must be text, not integer"},
		{"N2", "SELECT frame_owner('a.b', 1.5)",
	         "error: frame_owner: argument 2 must be text, not real"},
		{"N2", "SELECT frame_package(x'61')",
	         "error: frame_package: argument 1 must be text, not blob"},
		{"N4", "SELECT frame_file('a.go', 1)",
	         "error: frame_file: argument 2 must be text, not integer"},
	};

	RUN(*state, checks);
}

static void tails_outside_their_domain_are_null(void **state)
{
	static const struct check checks[] = {
		{"B3", "SELECT binom_tail(1, -1, 0.5)", "NULL"},
		{"B3", "SELECT binom_tail(1, 2, 1.5)", "NULL"},
		{"B3", "SELECT binom_tail(1, 2, -0.1)", "NULL"},
		{"B3", "SELECT binom_tail(1, 1000000000001, 0.5)", "NULL"},
		{"B2 C10", "SELECT binom_tail(1.5, 2, 0.5)", "NULL"},
		{"B2 C10", "SELECT binom_tail(1.0, 2.0, 0.5)", "0.75"},
		{"C10", "SELECT binom_tail(9e999, 2, 0.5)", "NULL"},
		{"B2", "SELECT binom_tail(0, 2, 0.5)", "1.0"},
		{"B2", "SELECT binom_tail(3, 2, 0.5)", "0.0"},
		{"B5", "SELECT poisson_tail(1, -1)", "NULL"},
		{"B5", "SELECT poisson_tail(1, 9e999)", "NULL"},
		{"B5", "SELECT poisson_tail(1000000000001, 5)", "NULL"},
		{"B5", "SELECT poisson_tail(-5, 5)", "1.0"},
		{"B5", "SELECT poisson_tail(1, 0)", "0.0"},
		{"B6", "SELECT normal_tail(9e999)", "0.0"},
		{"B6", "SELECT normal_tail(-9e999)", "1.0"},
		{"B6", "SELECT normal_tail(0)", "0.5"},
	};

	RUN(*state, checks);
}

static void ramps_end_at_zero_and_one(void **state)
{
	static const struct check checks[] = {
		{"R1", "SELECT clamp01(-3)", "0.0"},
		{"R1", "SELECT clamp01(0.25)", "0.25"},
		{"R1", "SELECT clamp01(2)", "1.0"},
		{"R1", "SELECT clamp01(9e999)", "1.0"},
		{"R1", "SELECT clamp01(-9e999)", "0.0"},
		{"C11", "SELECT clamp01(-0.0)", "0.0"},
		{"R2", "SELECT logistic_ramp(5, 0, 10)", "0.5"},
		{"R2", "SELECT logistic_ramp(0, 0, 10)", "0.0"},
		{"R2", "SELECT logistic_ramp(10, 0, 10)", "1.0"},
		{"R3", "SELECT logistic_ramp(2.5, 10, 0)", "0.84375"},
		{"R3", "SELECT logistic_ramp(3, 3, 3)", "1.0"},
		{"R3", "SELECT logistic_ramp(2, 3, 3)", "0.0"},
		{"R4", "SELECT logistic_ramp(9e999, 0, 1)", "1.0"},
		{"R4", "SELECT logistic_ramp(-9e999, 0, 1)", "0.0"},
		{"R4", "SELECT logistic_ramp(1, 0, 9e999)", "NULL"},
	};

	RUN(*state, checks);
}

static void numbers_become_texts_with_units(void **state)
{
	static const struct check checks[] = {
		{"U1", "SELECT rfc3339(1795223187999999999)", "'2026-11-21T01:06:27Z'"},
		{"U1", "SELECT rfc3339(0)", "'1970-01-01T00:00:00Z'"},
		{"U2", "SELECT rfc3339(-9223372036854775807 - 1)", "NULL"},
		{"U3", "SELECT bytes_text(13002342)", "'12.4 MiB'"},
		{"U3", "SELECT bytes_text(-3)", "'-3 B'"},
		{"U3 C10", "SELECT bytes_text(2.5)", "'3 B'"},
		{"U3 C10", "SELECT bytes_text(1e30)", "NULL"},
		{"U3 C10", "SELECT bytes_text(-9e999)", "NULL"},
		{"U3", "SELECT count_text(1234567)", "'1,234,567'"},
		{"U3", "SELECT count_text(-1234.4)", "'-1,234'"},
		{"U3", "SELECT duration_text(12600000000000)", "'3.5 h'"},
		{"U4", "SELECT per_day_text(39845888.0)", "'38 MiB/day'"},
		{"U4", "SELECT per_day_text(-3)", "'-3 B/day'"},
		{"U4 C10", "SELECT per_day_text(9e999)", "NULL"},
		{"U6", "SELECT rate_text(644245094.4, 1800e9, 1)", "'25.6 MiB an hour'"},
		{"U6", "SELECT rate_text(644245094.4, 86400e9, 1)", "'614 MiB a day'"},
		{"U6", "SELECT rate_text(85082, 1800e9, 0)", "'3,545 an hour'"},
		{"U6", "SELECT rate_text(50.4, 3600e9, 0)", "'2.1 an hour'"},
		{"U6", "SELECT rate_text(9e999, 0, 1)", "NULL"},
		{"U6", "SELECT rate_text(NULL, 0, 1)", "NULL"},
		{"U7", "SELECT chance_text(0.0005)", "'0.05 % of cases'"},
		{"U7", "SELECT chance_text(5.8e-10)", "'less than one case in a million'"},
		{"U7", "SELECT chance_text(NULL)", "NULL"},
	};

	RUN(*state, checks);
}

static void symbol_names_are_read(void **state)
{
#define FUNCTION "'github.com/acme/shop/cart.(*Store[go.shape.string]).Put.func1'"
	static const struct check checks[] = {
		{"N1", "SELECT frame_owner('runtime.mallocgc', '')", "'runtime'"},
		{"N1",
	         "SELECT frame_owner('net/http.(*conn).serve',"
	         " '/usr/local/go/src/net/http/server.go')",
	         "'standard'"},
		{"N1", "SELECT frame_owner(" FUNCTION ", '/home/me/shop/cart/store.go')", "'own'"},
		{"N1",
	         "SELECT frame_owner(" FUNCTION
	         ", '/go/pkg/mod/github.com/acme/shop@v1/cart/a.go')",
	         "'library'"},
		{"N1", "SELECT frame_owner('', '')", "'unknown'"},
		{"N2", "SELECT frame_owner('runtime.mallocgc', NULL)", "'runtime'"},
		{"N3", "SELECT frame_name(" FUNCTION ")",
	         "'github.com/acme/shop/cart.(*Store[...]).Put.func1'"},
		{"N3", "SELECT frame_name('')", "''"},
		{"N4",
	         "SELECT frame_file('/go/pkg/mod/github.com/acme/shop@v1.2.3/cart/a.go', " FUNCTION
	         ")",
	         "'github.com/acme/shop@v1.2.3/cart/a.go'"},
		{"N4", "SELECT frame_file('cart/a.go', NULL)", "'cart/a.go'"},
		{"N5", "SELECT frame_package(" FUNCTION ")", "'github.com/acme/shop/cart'"},
		{"N5", "SELECT frame_package('main.main')", "'main'"},
		{"N5", "SELECT frame_package('')", "''"},
	};

	RUN(*state, checks);
#undef FUNCTION
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			every_function_of_the_table_is_registered_deterministic_and_innocuous),
		cmocka_unit_test(every_function_says_what_it_takes_and_gives),
		cmocka_unit_test(a_second_time_changes_nothing),
		cmocka_unit_test(a_closed_door_is_reported),
		cmocka_unit_test(aggregates_of_nothing_are_null),
		cmocka_unit_test(aggregates_pass_over_rows_with_null),
		cmocka_unit_test(aggregates_refuse_what_is_no_number),
		cmocka_unit_test(aggregates_refuse_infinity),
		cmocka_unit_test(an_error_in_the_middle_frees_what_was_gathered),
		cmocka_unit_test(results_that_are_too_large_are_errors),
		cmocka_unit_test(a_million_rows_are_taken_and_one_more_is_not),
		cmocka_unit_test(aggregates_take_distinct_filter_and_groups),
		cmocka_unit_test(views_and_indexes_may_use_them),
		cmocka_unit_test(one_row_has_no_trend),
		cmocka_unit_test(rows_of_different_strata_are_never_compared),
		cmocka_unit_test(times_keep_every_nanosecond),
		cmocka_unit_test(one_x_stands_for_the_largest_y),
		cmocka_unit_test(first_and_last_values_come_back_as_they_are),
		cmocka_unit_test(samples_follow_their_rules),
		cmocka_unit_test(scalars_of_null_are_null),
		cmocka_unit_test(scalars_refuse_the_wrong_type),
		cmocka_unit_test(tails_outside_their_domain_are_null),
		cmocka_unit_test(ramps_end_at_zero_and_one),
		cmocka_unit_test(numbers_become_texts_with_units),
		cmocka_unit_test(symbol_names_are_read),
	};

	return cmocka_run_group_tests_name("analyze.sqlfn", tests, open_database, close_database);
}
