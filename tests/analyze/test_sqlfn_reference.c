/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_sqlfn_reference.c - the SQL functions against values that other programs computed.
 *
 * The tables lie in data/stats: points.csv and samples.csv are inputs, expected.csv comes from
 * NumPy, SciPy and mpmath (make_reference.py), expected_r.csv from R (make_reference.R). The last
 * column of an expectation is the relative error that it allows.
 */
#include "sqlfn.h"
#include "support.h"

#include <math.h>

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = NULL;

	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db));
	return stmt;
}

/* A cell as the number or text that it looks like. */
static void bind(sqlite3_stmt *stmt, int at, struct ll_str cell)
{
	int64_t whole;
	double real;

	if (ll_str_to_i64(cell, &whole))
		assert_int_equal(sqlite3_bind_int64(stmt, at, whole), SQLITE_OK);
	else if (ll_str_to_f64(cell, &real))
		assert_int_equal(sqlite3_bind_double(stmt, at, real), SQLITE_OK);
	else
		assert_int_equal(
			sqlite3_bind_text(stmt, at, cell.data, (int)cell.size, SQLITE_TRANSIENT),
			SQLITE_OK);
}

static struct ll_str skip_header(const struct ll_buf *file)
{
	struct ll_str rest = ll_buf_str(file);

	(void)ll_str_split(&rest, '\n');
	return rest;
}

/* Inserts every line of a CSV file through a statement with as many parameters as columns. */
static void load(sqlite3 *db, const char *path, const char *insert)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf file;
	sqlite3_stmt *const stmt = prepare(db, insert);
	struct ll_str rest;

	ll_test_read(path, &file);
	rest = skip_header(&file);
	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');

		for (int i = 1; i <= sqlite3_bind_parameter_count(stmt); i++)
			bind(stmt, i, ll_str_split(&line, ','));
		assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
		(void)sqlite3_reset(stmt);
	}
	(void)sqlite3_finalize(stmt);
}

static int open_database(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	sqlite3 *db;

	assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
	assert_ok(ll_sqlfn_register(db, &err), &err);
	assert_int_equal(sqlite3_exec(db,
	                              "CREATE TABLE point(name, stratum, x, y);"
	                              "CREATE TABLE sample(name, y)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	load(db, "tests/analyze/data/stats/points.csv", "INSERT INTO point VALUES (?, ?, ?, ?)");
	load(db, "tests/analyze/data/stats/samples.csv", "INSERT INTO sample VALUES (?, ?)");
	*state = db;
	return 0;
}

static int close_database(void **state)
{
	return sqlite3_close(*state) == SQLITE_OK ? 0 : -1;
}

/*
 * Which arguments a function takes, and from where; ?1 is the case, ?2 and on what the call says.
 */
static const char *query_for(struct ll_str function)
{
	static const struct {
		const char *function, *query;
	} queries[] = {
		{"max_drawdown", "SELECT max_drawdown(x, y) FROM point WHERE name = ?1"},
		{"rising_streak", "SELECT rising_streak(x, y) FROM point WHERE name = ?1"},
		{"share_rising", "SELECT share_rising(x, y) FROM point WHERE name = ?1"},
		{"last_value", "SELECT last_value(y, x) FROM point WHERE name = ?1"},
		{"first_value_by", "SELECT first_value_by(y, x) FROM point WHERE name = ?1"},
		{"percentile", "SELECT percentile(y, ?2) FROM sample WHERE name = ?1"},
		{"median", "SELECT median(y) FROM sample WHERE name = ?1"},
		{"mad", "SELECT mad(y) FROM sample WHERE name = ?1"},
		{"robust_iqr", "SELECT robust_iqr(y) FROM sample WHERE name = ?1"},
		{"elbow_rank", "SELECT elbow_rank(y) FROM sample WHERE name = ?1"},
		{"binom_tail", "SELECT binom_tail(?2, ?3, ?4), ?1"},
		{"poisson_tail", "SELECT poisson_tail(?2, ?3), ?1"},
		{"normal_tail", "SELECT normal_tail(?2), ?1"},
		{"theil_sen", "SELECT theil_sen(x, y, stratum) FROM point WHERE name = ?1"},
		{"theil_sen_low", "SELECT theil_sen_low(x, y, stratum) FROM point WHERE name = ?1"},
		{"theil_sen_high",
	         "SELECT theil_sen_high(x, y, stratum) FROM point WHERE name = ?1"},
		{"theil_sen_intercept",
	         "SELECT theil_sen_intercept(x, y, stratum) FROM point WHERE name = ?1"},
		{"kendall_tau", "SELECT kendall_tau(x, y, stratum) FROM point WHERE name = ?1"},
		{"kendall_z", "SELECT kendall_z(x, y, stratum) FROM point WHERE name = ?1"},
		{"kendall_p", "SELECT kendall_p(x, y, stratum) FROM point WHERE name = ?1"},
		{"kendall_p_corrected",
	         "SELECT kendall_p_corrected(x, y, stratum) FROM point WHERE name = ?1"},
	};

	for (size_t i = 0; i < LL_COUNT(queries); i++) {
		if (ll_str_equal(function, ll_str(queries[i].function)))
			return queries[i].query;
	}
	fail_msg("no query for '%.*s'", LL_STR_ARG(function));
	return "";
}

/* False, with a message, when the value in the statement's row is not the expected one. */
static bool is_as_expected(sqlite3_stmt *stmt, struct ll_str line, struct ll_str expected,
                           struct ll_str relative)
{
	const double actual = sqlite3_column_double(stmt, 0);
	double value = 0, allowed = 0;
	bool is_right;

	if (ll_str_equal(expected, ll_str("NULL"))) {
		is_right = sqlite3_column_type(stmt, 0) == SQLITE_NULL;
	} else {
		assert_true(ll_str_to_f64(expected, &value) && ll_str_to_f64(relative, &allowed));
		is_right = sqlite3_column_type(stmt, 0) != SQLITE_NULL &&
		           fabs(actual - value) <= allowed * fabs(value);
	}
	if (!is_right)
		print_error("%.*s: got %.17g\n", LL_STR_ARG(line), actual);
	return is_right;
}

static bool check_line(sqlite3 *db, struct ll_str line)
{
	struct ll_str rest = line;
	struct ll_str call = ll_str_split(&rest, ',');
	const struct ll_str name = ll_str_split(&rest, ',');
	const struct ll_str expected = ll_str_split(&rest, ',');
	sqlite3_stmt *const stmt = prepare(db, query_for(ll_str_split(&call, ' ')));
	bool is_right;

	bind(stmt, 1, name);
	for (int i = 2; call.size > 0; i++)
		bind(stmt, i, ll_str_split(&call, ' '));
	if (sqlite3_step(stmt) != SQLITE_ROW)
		fail_msg("%.*s: %s", LL_STR_ARG(line), sqlite3_errmsg(db));
	is_right = is_as_expected(stmt, line, expected, rest);
	(void)sqlite3_finalize(stmt);
	return is_right;
}

static void check_table(sqlite3 *db, const char *path, size_t at_least)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf file;
	size_t wrong = 0, checked = 0;
	struct ll_str rest;

	ll_test_read(path, &file);
	for (rest = skip_header(&file); rest.size > 0; checked++)
		wrong += !check_line(db, ll_str_split(&rest, '\n'));

	assert_int_equal(wrong, 0);
	assert_true(checked >= at_least);
}

static void functions_agree_with_numpy_scipy_and_mpmath(void **state)
{
	check_table(*state, "tests/analyze/data/stats/expected.csv", 1300);
}

static void functions_agree_with_r(void **state)
{
	check_table(*state, "tests/analyze/data/stats/expected_r.csv", 700);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_agree_with_numpy_scipy_and_mpmath),
		cmocka_unit_test(functions_agree_with_r),
	};

	return cmocka_run_group_tests_name("analyze.sqlfn_reference", tests, open_database,
	                                   close_database);
}
