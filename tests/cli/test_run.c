/* SPDX-License-Identifier: Apache-2.0 */
/* test_run.c - leakledger run: the first minute, the second run, and runs that go wrong. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void the_first_minute_needs_no_options(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "ledger: leakledger.db\n");
	assert_has(shop->out, "report: leakledger-report/index.html\n");
	assert_has(shop->out, "cart leaks:\n  cart: ");
	assert_has(shop->out, "cart.(*Store).Put (store.go:31) keep growing");
	assert_has_not(shop->out, "menu");
	shop_do(shop, "test -s leakledger.db && test -s leakledger-report/index.html");
}

static void a_fleet_without_leaks_says_so(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_healthy);

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "No leak found\n");
}

static void one_capture_is_not_enough_to_say_that_nothing_leaks(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, "service cart\nprocess pod-1 captures=1\nmemstats live=32M\n");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "Not enough evidence to judge any service\n"
	                      "  cart: not enough evidence: ");
	assert_has_not(shop->out, "No leak");
	shop_do(shop, "grep -o 'no service could be judged' leakledger-report/index.html");
}

static void a_heap_that_rises_in_few_captures_is_worth_a_word(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, "service cart\nprocess pod-1 captures=6\nmemstats live=8M+4M\n");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "No leak found, but cart grows\n"
	                      "  cart grows: the live heap went from ");
}

static void a_second_run_says_that_nothing_is_new_and_touches_nothing(void **state)
{
	struct shop *const shop = *state;
	static const char list[] = "find leakledger-report -exec stat -c '%n %i %Y %s' {} + | sort";
	LL_CLEANUP(ll_buf_done) struct ll_buf before;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in", 0);
	shop_do(shop, list);
	ll_buf_init(&before, LL_BUF_PAGE);
	ll_buf_put_str(&before, ll_buf_str(&shop->out));

	assert_exit(shop, "run in", 0);

	assert_has(shop->err, "48 files, nothing new");
	assert_has(shop->err, "site: ");
	shop_do(shop, list);
	assert_string_equal(shop->out.data, before.data);
}

static void new_captures_change_the_pages_of_their_service_only(void **state)
{
	struct shop *const shop = *state;
	static const char menu[] = "stat -c '%i %Y' leakledger-report/service/menu.html";
	char before[64];

	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in", 0);
	shop_do(shop, menu);
	(void)snprintf(before, sizeof before, "%s", shop->out.data);
	shop_stock(shop, "service cart\nprocess pod-1 start=24h captures=6 build=b1\n"
	                 "heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "
	                 "main.main@/src/shop/main.go:9 | size=4096; live=130+5; born=130+5\n");

	assert_exit(shop, "run in", 0);

	assert_has(shop->err, "1 service judged: 1 open finding, ");
	shop_do(shop, menu);
	assert_string_equal(shop->out.data, before);
}

static void quiet_means_quiet(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);

	assert_exit(shop, "run in --quiet", 0);

	assert_string_equal(shop->out.data, "");
	assert_string_equal(shop->err.data, "");
}

static void quiet_still_says_what_an_exit_code_is_about(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run in --quiet", 4);
	assert_string_equal(shop->err.data,
	                    "nothing usable: 0 files in what was named, and no capture\n");

	shop_stock(shop, shop_leak);
	shop_do(shop, "echo hello > in/cart/readme.txt");
	assert_exit(shop, "run in --quiet", 3);

	assert_string_equal(shop->out.data, "");
	assert_string_equal(shop->err.data,
	                    "1 file holds something that is no capture; 'leakledger captures -d "
	                    "leakledger.db' says why\n");
}

static void something_that_is_no_capture_ends_with_3_and_the_rest_is_done(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "echo hello > in/cart/readme.txt");

	assert_exit(shop, "run in", 3);

	assert_has(shop->err, "1 file holds something that is no capture; 'leakledger captures -d");
	assert_has(shop->out, "cart leaks:\n");
}

static void nothing_usable_ends_with_4_and_still_has_a_page_that_says_why(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "echo hello > in/readme.txt");

	assert_exit(shop, "run in", 4);

	shop_do(shop, "cat leakledger-report/index.html leakledger-report/captures.html");
	assert_has(shop->out, "No captures of Go programs yet");
	assert_has(shop->out, "readme.txt");
}

static void a_directory_that_is_not_there_is_a_mistake_of_usage(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "run nowhere", 2);

	assert_has(shop->err, "leakledger: ");
	assert_has(shop->err, "nowhere");
	shop_do(shop, "! ls | grep -v '^in$'");
}

static void a_mistake_in_a_pattern_leaves_no_ledger_behind(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "ingest in --pattern '{color}'", 2);

	shop_do(shop, "! ls | grep -v '^in$'");
}

static void what_a_run_leaves_is_no_capture_for_the_next_one(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run .", 0);
	assert_exit(shop, "run .", 0);
	assert_has(shop->err, "48 files, nothing new");

	/* As a shell writes them for '*', and an earlier site of another name. */
	assert_exit(shop, "run * -o other", 0);
	assert_exit(shop, "run . -v", 0);
	assert_has(shop->err, "48 files, nothing new");
	shop_do(shop, "\"$LEAKLEDGER\" captures --format jsonl");
	assert_has_not(shop->out, "rejected");
}

static void a_directory_that_holds_other_things_is_not_made_a_site(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "mkdir photos && echo dear > photos/holiday.jpg");

	assert_exit(shop, "run in -o photos", 73);

	assert_has(shop->err, "photos");
	shop_do(shop, "ls -A photos");
	assert_string_equal(shop->out.data, "holiday.jpg\n");
	/* What was read is not lost for that. */
	assert_exit(shop, "report", 0);
}

static void a_file_that_is_no_ledger_is_not_touched(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "echo 'my diary, a text of some length that is no database' > diary");

	assert_exit(shop, "run in -d diary", 2);

	assert_has(shop->err, "diary");
	shop_do(shop, "cat diary");
	assert_has(shop->out, "my diary");
}

static void a_limit_in_the_configuration_gives_a_time_to_it(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "printf '[service \"ca*\"]\\nlimit = 4GiB\\n' > leakledger.conf");

	assert_exit(shop, "run in", 0);

	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"time_to_limit_s\":");
	assert_has_not(shop->out, "\"time_to_limit_s\":null");
	assert_has(shop->out, "\"time_to_limit_refused\":\"\",\"limit_bytes\":4294967296,"
	                      "\"limit_source\":\"configured\"");
	shop_do(shop, "cat leakledger-report/finding/*.html");
	assert_has_not(shop->out, "no memory limit is known");
	assert_has(shop->out, "a process reaches its limit of 4 GiB (as configured)");
}

static void sentences_of_a_finding_lead_to_their_evidence(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "cat leakledger-report/finding/*.html");
	assert_has(shop->out, "href=\"#evidence-1\">[1]</a>");
	assert_has(shop->out, "id=\"evidence-1\"");
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"explanation_items\":[{\"text\":\"");
	assert_has(shop->out, "\"evidence\":[0");
}

/* 80 MiB are alive at the end; stacks and the runtime take a little. */
static void the_page_of_a_service_says_what_other_gogc_would_take(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "printf '[service \"ca*\"]\nlimit = 200MiB\n' > leakledger.conf");

	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "cat leakledger-report/service/*.html");
	assert_has(shop->out, "What other GOGC would take");
	assert_has(shop->out, "100 (now)");
	assert_has(shop->out, "117 MiB"); /* 78 MiB x 1.5 */
	assert_has(shop->out, "GOMEMLIMIT=180 MiB");
	assert_has(shop->out, "0.50"); /* GOGC=200 collects half as often */
	assert_has(shop->out, "fits only with GOMEMLIMIT");
}

static void the_present_does_not_show_in_the_site(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -d a.db -o a -q", 0);
	shop_do(shop, "sleep 1");
	assert_exit(shop, "run in -d b.db -o b -q", 0);

	shop_do(shop, "diff -r a b");
}

static void the_number_of_threads_does_not_show_in_the_site(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -d a.db -o a -q -j 1", 0);
	assert_exit(shop, "run in -d b.db -o b -q -j 4", 0);

	/* Its list of keys is of what pages are made of, by numbers that threads give by chance. */
	shop_do(shop, "diff -r -x .leakledger-site a b");
}

static void inline_pages_need_no_file_beside_them(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -q -o site", 0);
	shop_do(shop, "test -e site/style.css && test -e site/flame.js");

	assert_exit(shop, "report -o site --assets inline -q", 0);

	shop_do(shop, "test ! -e site/style.css && test ! -e site/flame.js && test ! -e "
	              "site/flame.css");
	shop_do(shop, "for page in $(find site -name '*.html'); do grep -q '<style>' $page && "
	              "grep -q \"style-src 'sha256-\" $page || exit 1; done");
	shop_do(shop, "if grep -rE 'rel=\"stylesheet\"|<script src' site; then exit 1; fi");
	assert_exit(shop, "report -o site --assets inline", 0);
	assert_has(shop->err, "nothing new");
	assert_exit(shop, "report -o site --assets beside", 2);
	assert_has(shop->err, "--assets cannot be 'beside'");
}

/* What somebody put together after a kill: a dump does not say of which program it is. */
static void a_directory_that_holds_one_program_is_told_to_be_called_so(void **state)
{
	struct shop *const shop = *state;
	static const char hint[] =
		"  in is only the name of the directory, and till lies in it, too: "
		"call the directory till to have them judged as one\n";

	shop_do(shop,
	        "printf 'Name:\\ttill\\nState:\\tS (sleeping)\\nTgid:\\t7\\nPid:\\t7\\nPPid:\\t1\\n"
	        "VmPeak:\\t 1900 kB\\nVmSize:\\t 1900 kB\\nVmRSS:\\t 900 kB\\nThreads:\\t5\\n' "
	        "> in/status");
	shop_do(shop, "printf 'goroutine 1 [select]:\\nmain.main()\\n\\t/t/main.go:1 +0x1\\n' "
	              "> in/goroutines.txt");

	assert_exit(shop, "run in", 0);
	assert_has(shop->out, hint);
	assert_exit(shop, "doctor", 0);
	assert_has(shop->out, "note  in is only the name of the directory");

	shop_do(shop, "rm leakledger.db*; mv in till");
	assert_exit(shop, "run till", 0);
	assert_null(strstr(shop->out.data, "only the name"));

	/* Two programs: nobody knows whose dump it is. */
	shop_do(shop, "rm leakledger.db*; mv till in; sed s/till/shelf/ in/status > in/status2");
	assert_exit(shop, "run in", 0);
	assert_null(strstr(shop->out.data, "only the name"));
}

/* One dump tells where goroutines wait, and no judgment: all that count such services agree. */
static void a_service_with_a_place_to_look_at_alone_is_not_judged(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_stock(shop,
	           "service menu\nprocess pod-1 captures=1\n"
	           "goroutines shop.pump@/src/shop/hub.go:75 | count=30; state=chan receive\n");

	assert_exit(shop, "run in -q", 0);

	assert_exit(shop, "report --format text", 0);
	assert_has(shop->out, "not judged for want of evidence");
	shop_do(shop, "tr -s ' \\n' ' ' < leakledger-report/index.html");
	assert_has(shop->out, "<strong>1</strong> service has not enough captures to be judged");
	assert_exit(shop,
	            "query \"SELECT service FROM v_service WHERE verdict = 'not enough evidence'\"",
	            0);
	assert_has(shop->out, "menu");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_first_minute_needs_no_options),
		TEST(a_fleet_without_leaks_says_so),
		TEST(a_directory_that_holds_one_program_is_told_to_be_called_so),
		TEST(one_capture_is_not_enough_to_say_that_nothing_leaks),
		TEST(a_heap_that_rises_in_few_captures_is_worth_a_word),
		TEST(a_second_run_says_that_nothing_is_new_and_touches_nothing),
		TEST(new_captures_change_the_pages_of_their_service_only),
		TEST(quiet_means_quiet),
		TEST(quiet_still_says_what_an_exit_code_is_about),
		TEST(something_that_is_no_capture_ends_with_3_and_the_rest_is_done),
		TEST(nothing_usable_ends_with_4_and_still_has_a_page_that_says_why),
		TEST(a_directory_that_is_not_there_is_a_mistake_of_usage),
		TEST(a_mistake_in_a_pattern_leaves_no_ledger_behind),
		TEST(what_a_run_leaves_is_no_capture_for_the_next_one),
		TEST(a_directory_that_holds_other_things_is_not_made_a_site),
		TEST(a_file_that_is_no_ledger_is_not_touched),
		TEST(a_limit_in_the_configuration_gives_a_time_to_it),
		TEST(sentences_of_a_finding_lead_to_their_evidence),
		TEST(the_page_of_a_service_says_what_other_gogc_would_take),
		TEST(the_present_does_not_show_in_the_site),
		TEST(the_number_of_threads_does_not_show_in_the_site),
		TEST(inline_pages_need_no_file_beside_them),
		TEST(a_service_with_a_place_to_look_at_alone_is_not_judged),
	};

	return cmocka_run_group_tests_name("cli run", tests, NULL, NULL);
}
