/* SPDX-License-Identifier: Apache-2.0 */
/* test_overflow.c - sum() and abs() are SQLite's, and do not fail where those do. */
#include "captures.h"
#include "ledgers.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

#define MOST  "9223372036854775807"
#define LEAST "(-9223372036854775807 - 1)"

/* The sum of a column of values, and its type. */
static void assert_sum(struct test_ledger *t, const char *values, const char *expected)
{
	char sql[512];

	(void)snprintf(sql, sizeof sql,
	               "SELECT sum(column1), typeof(sum(column1)) FROM (VALUES %s)", values);
	test_ledger_assert_rows(t, sql, expected, __FILE__, __LINE__);
}

static void sums_of_ordinary_numbers_are_exact(void **state)
{
	assert_sum(*state, "(1), (-5), (3)", "-1|integer\n");
	assert_sum(*state, "(9007199254740993), (2)", "9007199254740995|integer\n");
	assert_sum(*state, "(NULL), (7)", "7|integer\n");
	assert_sum(*state, "('4'), (7)", "11|integer\n");
}

static void a_sum_of_nothing_is_null(void **state)
{
	assert_sum(*state, "(NULL), (NULL)", "|null\n");
	assert_rows((struct test_ledger *)*state, "SELECT sum(1) IS NULL FROM file", "1\n");
}

static void a_real_number_makes_the_sum_real(void **state)
{
	assert_sum(*state, "(1), (0.5), (-3)", "-1.5|real\n");
	assert_sum(*state, "('x'), (-3)", "-3.0|real\n");
}

static void a_sum_that_does_not_fit_is_the_largest_or_smallest(void **state)
{
	assert_sum(*state, "(" MOST "), (1)", MOST "|integer\n");
	assert_sum(*state, "(" LEAST "), (-1)", "-9223372036854775808|integer\n");
	assert_sum(*state, "(" MOST "), (" MOST "), (" LEAST "), (" LEAST ")", "-2|integer\n");
}

static void a_window_passes_over_a_sum_that_does_not_fit(void **state)
{
	assert_rows((struct test_ledger *)*state,
	            "SELECT sum(column1) OVER (ORDER BY rowid ROWS 1 PRECEDING)"
	            " FROM (SELECT column1, column2 AS rowid FROM"
	            " (VALUES (1, 1), (" MOST ", 2), (-4, 3), (5, 4)))",
	            "1\n" MOST "\n9223372036854775803\n1\n");
}

static void the_smallest_number_has_an_absolute_value(void **state)
{
	assert_rows((struct test_ledger *)*state,
	            "SELECT abs(" LEAST "), abs(-3), abs(3), abs(-0.5), abs(NULL), abs('x')",
	            MOST "|3|3|0.5||0.0\n");
}

static void a_capture_whose_sum_does_not_fit_is_left_out(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/goroutine",
	                  ll_str("goroutine profile: total 9223372036854775812\n" MOST " @ 0x1\n"
	                         "#\t0x1\tmain.f+0x1\t/a.go:1\n\n5 @ 0x2\n"
	                         "#\t0x2\tmain.g+0x1\t/a.go:2\n\n"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT reason, is_left_out FROM audit WHERE is_left_out = 1",
	            "partial|1\n");
}

/* What they hold together does not fit. */
static void absurd_captures_do_not_end_the_judgment(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf dump;
	char name[64];

	ll_buf_init(&dump, LL_BUF_PAGE);
	for (int i = 0; i < 6; i++) {
		ll_buf_clear(&dump);
		ll_buf_printf(&dump,
		              "goroutine profile: total " MOST "\n" MOST " @ 0x1\n"
		              "#\t0x1\tmain.f+0x1\t/a.go:%d\n\n",
		              i + 1);
		(void)snprintf(name, sizeof name, "shop/pod-1/goroutine-%d", 1772366400 + i * 3600);
		test_ledger_write(t, name, ll_buf_str(&dump));
	}
	(void)test_ledger_ingest(t, 1);

	(void)test_ledger_analyze(t);

	assert_rows(t, "SELECT count(*) FROM v_capture WHERE status = 'ok'", "6\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(sums_of_ordinary_numbers_are_exact),
		TEST(a_sum_of_nothing_is_null),
		TEST(a_real_number_makes_the_sum_real),
		TEST(a_sum_that_does_not_fit_is_the_largest_or_smallest),
		TEST(a_window_passes_over_a_sum_that_does_not_fit),
		TEST(the_smallest_number_has_an_absolute_value),
		TEST(a_capture_whose_sum_does_not_fit_is_left_out),
		TEST(absurd_captures_do_not_end_the_judgment),
	};

	return cmocka_run_group_tests_name("ledger.overflow", tests, NULL, NULL);
}
