/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_growth.c - the view stack_growth: what it says from the bytes of series must be what plain
 * rows of the same samples give, over lives longer than a segment and with captures left out.
 */
#include "captures.h"
#include "ledgers.h"

#include <leakledger/sqlite.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

/* Both ends and the slope of each stack and size in each life, from plain rows. */
#define FROM_ROWS                                                                                  \
	"WITH used AS (SELECT lc.lifetime_id, c.capture_id, c.time_ns,"                            \
	" row_number() OVER (PARTITION BY lc.lifetime_id ORDER BY c.time_ns) AS place,"            \
	" count(*) OVER (PARTITION BY lc.lifetime_id) AS captures,"                                \
	" avg(c.time_ns) OVER (PARTITION BY lc.lifetime_id) AS middle_ns"                          \
	" FROM lifetime_capture AS lc JOIN capture AS c USING (capture_id)"                        \
	" WHERE NOT EXISTS (SELECT 1 FROM audit AS a WHERE a.capture_id = c.capture_id"            \
	"  AND a.is_left_out)),"                                                                   \
	" spread AS (SELECT lifetime_id, sum((time_ns - middle_ns) * (time_ns - middle_ns)) AS s"  \
	"  FROM used GROUP BY lifetime_id)"                                                        \
	" SELECT u.lifetime_id, x.stack_id, x.block_size,"                                         \
	" sum(iif(u.place = 1, x.v2, 0)), sum(iif(u.place = 1, x.v3, 0)),"                         \
	" sum(iif(u.place = u.captures, x.v2, 0)), sum(iif(u.place = u.captures, x.v3, 0)),"       \
	" format('%.6e', sum((u.time_ns - u.middle_ns) * x.v3 / p.s))"                             \
	" FROM used AS u JOIN spread AS p USING (lifetime_id) JOIN sample AS x USING (capture_id)" \
	" GROUP BY 1, 2, 3 HAVING max(x.v3) > 0 ORDER BY 1, 2, 3"

#define FROM_SERIES                                                                                \
	"SELECT lifetime_id, stack_id, block_size, sum(first_objects), sum(first_space),"          \
	" sum(last_objects), sum(last_space), format('%.6e', sum(slope)) FROM stack_growth"        \
	" GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"

/* Three sizes at two stacks; what is in use changes, and is nothing now and then. */
static void write_heap(struct test_ledger *t, const char *pod, int at)
{
	static const struct test_stack stacks[] = {
		{{{"shop.put", "/src/shop.go", 31}, {"main.main", "/src/main.go", 9}}, 2},
		{{{"shop.get", "/src/shop.go", 57}, {"main.main", "/src/main.go", 9}}, 2},
	};
	const struct test_heap_sample samples[] = {
		{.stack = &stacks[0], .size = 1024, .live = 2 + at, .born = 10 * at + 300},
		{.stack = &stacks[0], .size = 4096, .live = at * 7 % 5, .born = 10 * at + 9},
		{.stack = &stacks[1], .size = 64, .live = at > 40 ? 0 : 3, .born = at + 50},
		{.stack = &stacks[1], .size = 96, .live = 0, .born = at + 1},
	};
	/* Not always the same time apart. */
	const struct test_heap heap = {.time_ns = NOON_NS + (at * 60 + at * at % 17) * LL_NS_PER_S,
	                               .samples = samples,
	                               .count = LL_COUNT(samples)};
	char name[64];
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_heap(&bytes, &heap);
	(void)snprintf(name, sizeof name, "shop/%s/heap-%03d.pb", pod, at);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void assert_as_plain_rows(struct test_ledger *t)
{
	struct ll_buf expected;

	ll_buf_init(&expected, LL_BUF_PAGE);
	test_ledger_rows(t, FROM_ROWS, &expected);
	assert_true(expected.size > 100);
	assert_rows(t, FROM_SERIES, expected.data);
	ll_buf_done(&expected);
}

static void growth_of_several_lives_is_that_of_plain_rows(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 9; i++) {
		write_heap(t, "pod-1", i);
		write_heap(t, "pod-2", i * 2 + 30);
	}
	(void)test_ledger_ingest(t, 2);

	assert_as_plain_rows(t);
	/* Of what was never in use nobody asks whether it grew. */
	assert_rows(t, "SELECT DISTINCT block_size FROM stack_growth ORDER BY 1",
	            "64\n1024\n4096\n");
	assert_rows(t,
	            "SELECT DISTINCT captures, (last_ns - first_ns) / 60000000000"
	            " FROM stack_growth ORDER BY 2",
	            "9|8\n9|15\n");
}

static void a_life_of_several_segments_adds_up(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 150; i++)
		write_heap(t, "pod-1", i);
	(void)test_ledger_ingest(t, 1);

	assert_true(test_ledger_i64(t, "SELECT count(*) FROM segment") >= 3);
	assert_rows(t, "SELECT count(*) FROM lifetime", "1\n");
	assert_as_plain_rows(t);
}

static void captures_that_the_audit_leaves_out_do_not_count(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 9; i++)
		write_heap(t, "pod-1", i);
	(void)test_ledger_ingest(t, 1);
	assert_int_equal(sqlite3_exec(ll_ledger_handle(t->ledger),
	                              "INSERT INTO audit SELECT capture_id, 'delta', '', 1"
	                              " FROM capture WHERE segment_index IN (0, 4)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);

	assert_rows(t, "SELECT DISTINCT captures FROM stack_growth", "7\n");
	assert_as_plain_rows(t);
}

static void one_capture_has_ends_and_no_slope(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "pod-1", 3);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT block_size, first_space = last_space, last_space > 0, slope IS NULL"
	            " FROM stack_growth ORDER BY 1",
	            "64|1|1|1\n1024|1|1|1\n4096|1|1|1\n");
}

static void other_bytes_than_a_window_and_damaged_series_give_no_row(void **state)
{
	struct test_ledger *const t = *state;

#define WINDOW "(SELECT segment_window(value, 0.5, value = 0, value = 9) FROM json_each('[0,9]'))"
#define ROWS(data, window)                                                                         \
	"SELECT count(*) FROM series_growth(" data ", 0, 16, 1.0, " window ") AS g"
	assert_rows(t, ROWS("x'0f02020202'", WINDOW), "1\n");
	assert_rows(t, ROWS("x'0f020202'", WINDOW), "0\n");
	assert_rows(t, ROWS("x'ffffffffff0f'", WINDOW), "0\n");
	assert_rows(t, ROWS("x'0f02020202'", "x'00'"), "0\n");
	assert_rows(t, ROWS("x'0f02020202'", "NULL"), "0\n");
	assert_rows(t, ROWS("x'0f02020202'", "replace(hex(zeroblob(268)), '0', '~')"), "0\n");
	assert_rows(t, ROWS("x'0f02020202'", "(SELECT segment_window(1, 1, 1, 1) WHERE 0)"), "0\n");
	/* A series without a step is zero throughout. */
	assert_rows(t, "SELECT * FROM series_growth(x'', 0, 16, 1.0, " WINDOW ")", "0|0|0|0|0.0\n");
	assert_rows(t, "SELECT * FROM series_growth(x'0f02040608', 0, 16, 1.0, " WINDOW ")",
	            "3|4|3|4|4.0\n");
}

static void a_capture_beyond_the_end_of_a_segment_is_an_error(void **state)
{
	static const char *const bad[] = {"64", "-1", "NULL", "'x'", "1.5"};
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(bad); i++) {
		LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
		struct ll_error err = LL_ERROR_INIT;
		char sql[64];

		(void)snprintf(sql, sizeof sql, "SELECT segment_window(%s, 1, 1, 1)", bad[i]);
		assert_int_equal(ll_sqlite_prepare(ll_ledger_handle(t->ledger), sql, &stmt, &err),
		                 LL_OK);
		assert_int_equal(sqlite3_step(stmt), SQLITE_ERROR);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(growth_of_several_lives_is_that_of_plain_rows),
		TEST(a_life_of_several_segments_adds_up),
		TEST(captures_that_the_audit_leaves_out_do_not_count),
		TEST(one_capture_has_ends_and_no_slope),
		TEST(other_bytes_than_a_window_and_damaged_series_give_no_row),
		TEST(a_capture_beyond_the_end_of_a_segment_is_an_error),
	};

	return cmocka_run_group_tests_name("ledger.growth", tests, NULL, NULL);
}
