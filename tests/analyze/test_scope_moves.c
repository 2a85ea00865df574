/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_scope_moves.c - a leak stays one finding when a new build moves its line, renames its
 * closure or lies in another directory; and two are not made one.
 */
#include "case_file.h"
#include "ledgers.h"

/* What has come since the last run is read and judged. */
static void go_on(struct test_ledger *t, const char *text)
{
	struct test_case test_case;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(test_case_parse(ll_str(text), &test_case, &err), &err);
	test_case_write(&test_case, t->root);
	test_case_done(&test_case);
	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_analyze(t);
}

#define AT(name, line)                                                                             \
	"heap example.com/shop/cart." name "@/src/shop/cart/store.go:" line                        \
	" < main.main@/src/shop/main.go:9 | "
#define PUT_20   AT("(*Store).Put", "20")
#define PUT_25   AT("(*Store).Put", "25")
#define PUT_28   AT("(*Store).Put", "28")
#define PUT_30   AT("(*Store).Put", "30")
#define PUT_31   AT("(*Store).Put", "31")
#define PUT_40   AT("(*Store).Put", "40")
#define FUNC1_12 AT("serve.func1", "12")
#define FUNC1_28 AT("serve.func1", "28")
#define FUNC2_40 AT("serve.func2", "40")

static const char places[] = "SELECT file || ':' || line, state FROM v_finding ORDER BY 1";
static const char lives[] =
	"SELECT count(DISTINCT lifetime) FROM v_finding_series GROUP BY id HAVING min(value) > 0";
static const char lines[] = "SELECT group_concat(l.build || ':' || l.line, ' ') FROM v_finding AS f"
			    " JOIN v_finding_line AS l USING (id) GROUP BY f.id ORDER BY f.line";

static void a_line_moved_by_edits_above_it_stays_one_finding(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf before, after;

	ll_buf_init(&before, LL_BUF_MESSAGE);
	ll_buf_init(&after, LL_BUF_MESSAGE);
	go_on(t,
	      "service shop\nprocess pod-1 captures=24 build=b1\n" PUT_28 "size=4096; live=10+5\n");
	test_ledger_rows(t, "SELECT id FROM v_finding", &before);
	go_on(t, "service shop\nprocess pod-1 start=24h captures=24 build=b2\n" PUT_31
	         "size=4096; live=10+5\n");
	test_ledger_rows(t, "SELECT id FROM v_finding", &after);

	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	assert_rows(t, places, "shop/cart/store.go:31|same\n");
	assert_rows(t, lines, "b1:28 b2:31\n");
	assert_rows(t,
	            "SELECT explanation LIKE '%line 31 of%in build b2, before that line 28"
	            " of%in build b1.%' FROM v_finding",
	            "1\n");
	assert_rows(t, lives, "2\n");
	ll_buf_done(&before);
	ll_buf_done(&after);
}

static void the_first_bad_build_is_known_across_a_moved_line(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\n"
	         "process pod-1 captures=24 build=b1\n" PUT_28 "size=4096; live=30~3; born=30+40\n"
	         "process pod-1 start=30h captures=24 build=b2\n" PUT_31 "size=4096; live=10+9\n");

	assert_rows(t, "SELECT line, first_bad_build FROM v_finding", "31|b2\n");
}

static void a_leak_that_a_build_with_other_lines_repaired_is_fixed(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t,
	      "service shop\nprocess pod-1 captures=24 build=b1\n" PUT_28 "size=4096; live=10+5\n");
	go_on(t, "service shop\nprocess pod-1 start=24h captures=40 build=b2\n" PUT_31
	         "size=4096; live=30~2; born=30+40\n");

	/* It was not judged again: it is named as it was when it leaked. */
	assert_rows(t, places, "shop/cart/store.go:28|fixed\n");
}

static void two_lines_of_one_function_keep_apart_when_one_takes_the_others_number(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\n"
	         "process pod-1 captures=24 build=b1\n" PUT_20 "size=4096; live=10+5\n" PUT_30
	         "size=512; live=40~3; born=40+20\n"
	         "process pod-1 start=30h captures=24 build=b2\n" PUT_30
	         "size=4096; live=10+5\n" PUT_40 "size=512; live=40~3; born=40+20\n");

	assert_rows(t, places, "shop/cart/store.go:30|new\n");
	assert_rows(t, lines, "b1:20 b2:30\n");
	assert_rows(t, lives, "2\n");
}

static void a_closure_renamed_by_another_before_it_stays_one_finding(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n" FUNC1_28
	         "size=4096; live=10+5\n");
	go_on(t, "service shop\nprocess pod-1 start=24h captures=24 build=b2\n" FUNC1_12
	         "size=96; live=70~3; born=70+9\n" FUNC2_40 "size=4096; live=10+5\n");

	assert_rows(t, "SELECT function, line, state FROM v_finding",
	            "example.com/shop/cart.serve.func2|40|same\n");
	assert_rows(t, lives, "2\n");
}

static void another_build_directory_is_not_another_place(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n"
	         "heap main.put@/home/ann/shop/main.go:31 | size=4096; live=10+5\n");
	go_on(t, "service shop\nprocess pod-1 start=24h captures=24 build=b2\n"
	         "heap main.put@/ci/7/build/main.go:31 | size=4096; live=10+5\n");

	assert_rows(t, places, "7/build/main.go:31|same\n");
	assert_rows(t, lives, "2\n");
}

static void what_could_be_one_of_two_stays_apart_and_says_so(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\n"
	         "process pod-1 captures=24 build=b1\n" PUT_20
	         "size=4096; live=40~3; born=40+20\n" PUT_30 "size=4096; live=40~3; born=40+20\n"
	         "process pod-1 start=30h captures=24 build=b2\n" PUT_25 "size=4096; live=10+5\n");

	assert_rows(t,
	            "SELECT line, explanation LIKE '%In build b2 the lines of this function"
	            " changed%begins there.%' FROM v_finding",
	            "25|1\n");
}

static void goroutines_at_a_moved_line_stay_one_pile(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t,
	      "service shop\nprocess pod-1 captures=24 build=b1\n"
	      "goroutines example.com/shop/hub.(*Hub).pump@/src/shop/hub/hub.go:75 | "
	      "by=example.com/shop/hub.New@/src/shop/hub/hub.go:20; count=5+5; state=chan receive; "
	      "minutes=0+60\n"
	      "heap main.init@/src/shop/main.go:4 | size=1048576; live=2\n");
	go_on(t,
	      "service shop\nprocess pod-1 start=24h captures=24 build=b2\n"
	      "goroutines example.com/shop/hub.(*Hub).pump@/src/shop/hub/hub.go:80 | "
	      "by=example.com/shop/hub.New@/src/shop/hub/hub.go:25; count=5+5; state=chan receive; "
	      "minutes=0+60\n"
	      "heap main.init@/src/shop/main.go:4 | size=1048576; live=2\n");

	assert_rows(t, "SELECT line, state FROM v_finding", "80|same\n");
	assert_rows(t, lives, "2\n");
}

static void a_suppression_by_the_closures_old_name_still_holds(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t,
	      "service shop\nprocess pod-1 captures=24 build=b1\n" FUNC1_28 "size=4096; live=10+5\n"
	      "process pod-1 start=24h captures=24 build=b2\n" FUNC2_40 "size=4096; live=10+5\n");

	assert_rows(t,
	            "SELECT count(*) FROM v_finding AS f JOIN v_finding_line AS l USING (id)"
	            " WHERE l.function LIKE '%func1' AND f.function LIKE '%func2'",
	            "1\n");
}

static void a_new_leak_beside_a_repaired_one_is_not_that_one(void **state)
{
	struct test_ledger *const t = *state;

	go_on(t, "service shop\nprocess pod-1 captures=24 build=b1\n" PUT_20
	         "size=4096; live=10+5\n" PUT_30 "size=512; live=40~3; born=40+20\n");
	go_on(t, "service shop\nprocess pod-1 start=24h captures=60 build=b2\n" PUT_20
	         "size=4096; live=30~2; born=30+40\n" PUT_30 "size=512; live=40+30\n");

	assert_rows(t, places, "shop/cart/store.go:20|fixed\nshop/cart/store.go:30|new\n");
	assert_rows(t, "SELECT count(DISTINCT id) FROM v_finding", "2\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
		TEST(a_line_moved_by_edits_above_it_stays_one_finding),
		TEST(the_first_bad_build_is_known_across_a_moved_line),
		TEST(a_leak_that_a_build_with_other_lines_repaired_is_fixed),
		TEST(two_lines_of_one_function_keep_apart_when_one_takes_the_others_number),
		TEST(a_closure_renamed_by_another_before_it_stays_one_finding),
		TEST(another_build_directory_is_not_another_place),
		TEST(what_could_be_one_of_two_stays_apart_and_says_so),
		TEST(goroutines_at_a_moved_line_stay_one_pile),
		TEST(a_suppression_by_the_closures_old_name_still_holds),
		TEST(a_new_leak_beside_a_repaired_one_is_not_that_one),
#undef TEST
	};

	return cmocka_run_group_tests_name("analyze scope moves", tests, NULL, NULL);
}
