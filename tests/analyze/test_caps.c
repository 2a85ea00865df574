/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_caps.c - services with more lines, containers and lives than analyzers compare: what lies
 * beyond a cap is passed over, and nothing wrong is said of it.
 *
 * Caps keep the work from growing with pairs. Services of so many lines are put together here and
 * not written as cases.
 */
#include "case_ledger.h"

#define MAIN " < main.main@/src/shop/main.go:9"
/* What a map before Go 1.24 with some 24,000 entries has: its buckets, and those before. */
#define MAP_BLOCKS                                                                                 \
	"heap %s@/src/shop/%s.go:%d" MAIN " | size=458752; live=0; born=1\n"                       \
	"heap %s@/src/shop/%s.go:%d" MAIN " | size=909312; live=1; born=1\n"

static void judge(struct test_ledger *t, const struct ll_buf *text)
{
	test_case_judge(t, text->data);
}

/* Sessions that stay, in a function of their own with the map that keeps them. */
static void put_keeper(struct ll_buf *text, int number, int from_line)
{
	char function[64], file[64];

	(void)snprintf(function, sizeof function, "example.com/shop.(*Desk%d).Enter", number);
	(void)snprintf(file, sizeof file, "desk%02d", number);
	ll_buf_printf(text, "heap %s@/src/shop/%s.go:20" MAIN " | size=1024; live=2+2\n", function,
	              file);
	ll_buf_printf(text, MAP_BLOCKS, function, file, from_line, function, file, from_line);
}

/*
 * Of 66 such lines the 64 that keep most are looked at; each is too small a part to be called, or
 * to name.
 */
static void more_lines_than_are_looked_at_are_no_finding(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "service shop\nprocess pod-1 captures=24\n");
	for (int i = 0; i < 66; i++)
		put_keeper(&text, i, 21);

	judge(t, &text);

	assert_rows(t, "SELECT class, kind, line FROM v_finding", "");
}

/*
 * Buffers that were made once, one a line, and the map behind them. The line itself is one of the
 * sixteen.
 */
static void put_buffers(struct ll_buf *text, int count)
{
	ll_buf_puts(text, "service shop\nprocess pod-1 captures=24\n");
	for (int i = 0; i < count; i++)
		ll_buf_printf(text,
		              "heap example.com/shop.(*Desk7).Enter@/src/shop/desk07.go:%d" MAIN
		              " | size=%d; live=1; born=1\n",
		              21 + i, 1152 + 128 * (i % 4));
	put_keeper(text, 7, 21 + count);
}

static void the_container_behind_fourteen_others_is_still_found(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_buffers(&text, 14);

	judge(t, &text);

	assert_rows(t, "SELECT class, line FROM v_finding", "map|35\n");
}

static void the_container_behind_sixteen_others_is_passed_over(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	put_buffers(&text, 16);

	judge(t, &text);

	assert_rows(t, "SELECT class, line FROM v_finding", "object|20\n");
	assert_rows(t, "SELECT count(*) FROM v_evidence WHERE analyzer = 'class.keeper_beside'",
	            "0\n");
}

/* Lines of one function that grow in step: 32 lead, and all others are held against those. */
static void forty_lines_of_one_function_that_grow_in_step_are_one_leak(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "service shop\nprocess pod-1 captures=24\n");
	for (int i = 0; i < 40; i++)
		ll_buf_printf(&text,
		              "heap example.com/shop.Fill@/src/shop/fill.go:%d" MAIN
		              " | size=%d; live=%d+%d\n",
		              20 + i, 65536 - 1024 * i, 10, 3);

	judge(t, &text);

	assert_rows(t, "SELECT count(*), min(line) FROM v_finding", "1|20\n");
}

/* 130 lives beside each other, of which the newest has a GOGC of its own: 128 are compared. */
static void a_gogc_that_differs_is_told_once_among_more_lives_than_are_compared(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(&text, "service shop\n");
	for (int i = 0; i < 130; i++)
		ll_buf_printf(&text,
		              "process pod-%03d captures=8 build=1111\nmemstats live=64M; next=%s\n"
		              "reading /gc/gogc:percent %d\n",
		              i, i == 129 ? "320M" : "128M", i == 129 ? 400 : 100);

	judge(t, &text);

	assert_rows(t, "SELECT class, count(*) FROM v_finding GROUP BY class", "gogc-drift|1\n");
}

/*
 * One goroutine is past the lock of Set and waits for it again; `others` came through Set before
 * they would take it. How often it is said who holds the lock.
 */
static int64_t holders_among(struct test_ledger *t, int others)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_puts(
		&text,
		"service shop\nprocess pod-1 captures=1\n"
		"goroutines sync.(*Mutex).Lock@/usr/local/go/src/sync/mutex.go:90 < "
		"example.com/shop/pods.(*Manager).Phase@/src/shop/pods/pods.go:38 < "
		"example.com/shop/pods.(*Manager).Set@/src/shop/pods/pods.go:33"
		" | count=1; state=sync.Mutex.Lock; minutes=4; by=main.main@/src/shop/main.go:9\n"
		"goroutines sync.(*Mutex).Lock@/usr/local/go/src/sync/mutex.go:90 < "
		"example.com/shop/pods.(*Manager).Set@/src/shop/pods/pods.go:29"
		" | count=18; state=sync.Mutex.Lock; minutes=4; by=main.main@/src/shop/main.go:9\n");
	for (int i = 0; i < others; i++)
		ll_buf_printf(&text,
		              "goroutines example.com/shop/desk%d.Wait@/src/shop/desk%d.go:5 < "
		              "example.com/shop/pods.(*Manager).Set@/src/shop/pods/pods.go:20"
		              " | count=1; state=chan receive; by=main.main@/src/shop/main.go:9\n",
		              i, i);
	judge(t, &text);
	return test_ledger_i64(t, "SELECT count(*) FROM v_evidence WHERE detail GLOB "
	                          "'*whoever holds the lock seems to stand in*'");
}

static void the_holder_of_a_lock_is_told_among_sixty_four_who_came_the_same_way(void **state)
{
	assert_true(holders_among(*state, 63) > 0);
}

static void the_holder_of_a_lock_is_not_told_among_more(void **state)
{
	assert_int_equal(holders_among(*state, 64), 0);
}

#define test(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(more_lines_than_are_looked_at_are_no_finding),
		test(the_container_behind_fourteen_others_is_still_found),
		test(the_container_behind_sixteen_others_is_passed_over),
		test(forty_lines_of_one_function_that_grow_in_step_are_one_leak),
		test(a_gogc_that_differs_is_told_once_among_more_lives_than_are_compared),
		test(the_holder_of_a_lock_is_told_among_sixty_four_who_came_the_same_way),
		test(the_holder_of_a_lock_is_not_told_among_more),
	};

	return cmocka_run_group_tests_name("analyze.caps", tests, NULL, NULL);
}
