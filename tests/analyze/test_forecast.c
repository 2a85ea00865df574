/* SPDX-License-Identifier: Apache-2.0 */
/* test_forecast.c - when a process reaches its limit, and why that is not told (forecast.c). */
#include "case_ledger.h"
#include "forecast.h"

#include <math.h>

#define MIB      (1024.0 * 1024.0)
#define DAY_NS   LL_NS_PER_DAY
#define TEST_(t) cmocka_unit_test_setup_teardown(t, test_ledger_set_up, test_ledger_tear_down)

/* A heap place that gains 10 MiB a day, 8 to 12, seen in 24 captures of one process. */
static struct ll_growing growing(void)
{
	return (struct ll_growing){
		.bytes = {10 * MIB, 8 * MIB, 12 * MIB},
		.is_collected = true,
		.is_go = true,
		.captures = 24,
		.most_captures = 24,
		.fit = 0.95,
	};
}

/* 200 MiB taken of 400, by a process of two days. */
static struct ll_outlook outlook(void)
{
	return (struct ll_outlook){
		.taken_bytes = 200 * MIB,
		.kept_bytes = 90 * MIB,
		.outside_bytes = 10 * MIB,
		.age_ns = 2 * DAY_NS,
		.limit_bytes = 400 * (int64_t)MIB,
		.source = ll_str("configured"),
		.gogc = (double)NAN,
	};
}

static void assert_days(int64_t ns, double days)
{
	assert_true(fabs((double)ns / (double)DAY_NS - days) < 1e-6);
}

static void assert_words(const struct ll_growing *grows, const struct ll_outlook *of,
                         const char *words)
{
	const struct ll_forecast forecast = ll_forecast_limit(grows, of);
	struct ll_buf out;

	ll_buf_init(&out, LL_BUF_MESSAGE);
	ll_forecast_words(&out, grows, of, &forecast);
	if (!strstr(out.data, words))
		fail_msg("no '%s' in '%s'", words, out.data);
	ll_buf_done(&out);
}

/* ------------------------------------------------------------------------ arithmetic */

static void each_byte_that_stays_takes_two_of_the_limit(void **state)
{
	const struct ll_growing grows = growing();
	const struct ll_outlook of = outlook();
	const struct ll_forecast forecast = ll_forecast_limit(&grows, &of);

	(void)state;
	assert_true(forecast.is_known);
	assert_string_equal(forecast.word, "");
	assert_days(forecast.value_ns, 10);
	assert_days(forecast.low_ns, 200.0 / 24);
	assert_days(forecast.high_ns, 12.5);
	assert_days(forecast.life_ns, 12);
	assert_words(&grows, &of, "its limit of 400 MiB (as configured)");
	assert_words(&grows, &of,
	             "2 times what is alive before it is collected (GOGC=100, assumed)");
}

static void another_gogc_takes_another_share(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.gogc = 300;
	assert_days(ll_forecast_limit(&grows, &of).value_ns, 5);
	assert_words(&grows, &of, "4 times what is alive before it is collected (GOGC=300)");
}

static void what_lies_outside_the_heap_takes_but_itself(void **state)
{
	struct ll_growing grows = growing();
	const struct ll_outlook of = outlook();

	(void)state;
	grows.is_collected = false;
	assert_days(ll_forecast_limit(&grows, &of).value_ns, 20);
}

static void a_limit_that_is_reached_is_no_time_away(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.taken_bytes = 500 * MIB;
	assert_days(ll_forecast_limit(&grows, &of).high_ns, 0);
	assert_words(&grows, &of, "A process has reached its limit of 400 MiB");
}

static void gomemlimit_alone_is_told_as_a_soft_limit(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.source = ll_str("Go");
	of.limit_bytes = of.soft_bytes = 190 * (int64_t)MIB;
	assert_days(ll_forecast_limit(&grows, &of).value_ns, 10);
	assert_words(&grows, &of, "GOMEMLIMIT, 190 MiB, is a soft limit: nothing is killed at it");
}

static void a_gomemlimit_below_the_limit_holds_garbage_down(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.soft_bytes = 290 * (int64_t)MIB;
	assert_days(ll_forecast_limit(&grows, &of).value_ns, 30);
	assert_words(&grows, &of, "what is alive reaches it in about 20 days");
}

/* -------------------------------------------------------------------------- refusals */

static void assert_refused(const struct ll_growing *grows, const struct ll_outlook *of,
                           const char *word)
{
	const struct ll_forecast forecast = ll_forecast_limit(grows, of);

	assert_false(forecast.is_known);
	assert_string_equal(forecast.word, word);
	assert_true(forecast.reason[0] != '\0');
	assert_words(grows, of, "");
}

static void what_is_not_known_well_enough_is_refused_with_a_word(void **state)
{
	struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	grows.is_over = true;
	assert_refused(&grows, &of, "over");

	grows = growing();
	grows.bytes.value = (double)NAN;
	assert_refused(&grows, &of, "no-bytes");

	grows = growing();
	grows.captures = 7;
	grows.most_captures = 7;
	assert_refused(&grows, &of, "few-captures");

	grows = growing();
	grows.most_captures = 7;
	assert_refused(&grows, &of, "restarts");

	grows = growing();
	grows.bytes.low = 0;
	assert_refused(&grows, &of, "may-be-flat");

	grows = growing();
	grows.fit = 0.49;
	assert_refused(&grows, &of, "scatter");
	grows.fit = (double)NAN;
	assert_refused(&grows, &of, "scatter");

	grows = growing();
	of.limit_bytes = 0;
	assert_refused(&grows, &of, "no-limit");

	of = outlook();
	of.taken_bytes = -1;
	assert_refused(&grows, &of, "no-level");

	of = outlook();
	of.gogc = 9e18;
	assert_refused(&grows, &of, "gc-off");
	of.soft_bytes = 300 * (int64_t)MIB;
	assert_true(ll_forecast_limit(&grows, &of).is_known);
}

static void gomemlimit_says_nothing_of_what_lies_outside_go(void **state)
{
	struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	grows.is_collected = false;
	grows.is_go = false;
	of.source = ll_str("Go");
	of.soft_bytes = of.limit_bytes;
	assert_refused(&grows, &of, "no-limit");
}

/* -------------------------------------------------------------------------- restarts */

static void restarts_that_come_sooner_hide_it(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.ended = 4;
	of.median_life_ns = 6 * DAY_NS;
	assert_true(ll_forecast_limit(&grows, &of).is_hidden);
	assert_words(&grows, &of,
	             "Restarts hide it: a process lives about 6 days (median of 4 that ended), and "
	             "would have to live 12 days to reach the limit.");

	of.median_life_ns = 13 * DAY_NS;
	assert_false(ll_forecast_limit(&grows, &of).is_hidden);
}

static void one_restart_or_a_kill_hides_nothing(void **state)
{
	const struct ll_growing grows = growing();
	struct ll_outlook of = outlook();

	(void)state;
	of.ended = 1;
	of.median_life_ns = 6 * DAY_NS;
	assert_false(ll_forecast_limit(&grows, &of).is_hidden);
	of.ended = 4;
	of.kills = 1;
	assert_false(ll_forecast_limit(&grows, &of).is_hidden);
}

/* ------------------------------------------------------------------------ in the ledger */

#define PUT                                                                                        \
	"heap example.com/shop/cart.(*Store).Put@/src/shop/cart/store.go:31 < "                    \
	"main.main@/src/shop/main.go:9 | size=4096; live=10+5\n"

static const char told[] = "SELECT limit_source, limit_bytes / 1048576, time_to_limit_refused, "
			   "time_to_limit_ns IS NOT NULL FROM v_finding WHERE kind = 'heap'";

static void a_limit_of_the_cgroup_is_enough(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT
	                   "memstats live=32M+2M\nreading cgroup.memory.max 4096M\n");
	assert_rows(t, told, "cgroup.memory.max|4096||1\n");
}

static void the_limit_of_the_container_goes_before_that_of_the_cgroup(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT
	                   "memstats live=32M+2M\nreading cgroup.memory.max 8192M\n"
	                   "reading limit.memory 4096M\nreading /gc/gomemlimit:bytes 3000M\n");
	assert_rows(t, told, "limit.memory|4096||1\n");
}

static void gomemlimit_counts_where_nothing_else_is_known(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\nprocess pod-1 captures=24\n" PUT
	                   "memstats live=32M+2M\nreading /gc/gomemlimit:bytes 3000M\n");
	assert_rows(t, told, "Go|3000||1\n");
}

static void the_limit_of_a_kill_counts_where_nothing_else_is_known(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(
		t, "kern.log",
		ll_str("2026-03-01T12:00:00Z node1 kernel: shop invoked oom-killer: "
	               "gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0\n"
	               "2026-03-01T12:00:00Z node1 kernel: memory: usage 4194304kB, limit "
	               "4194304kB, failcnt 12\n"
	               "2026-03-01T12:00:00Z node1 kernel: Memory cgroup out of memory: Killed "
	               "process 77 (shop) total-vm:4200000kB, anon-rss:4100000kB, "
	               "file-rss:0kB, shmem-rss:0kB\n"));
	test_case_judge(t,
	                "service shop\nprocess pod-1 captures=24\n" PUT "memstats live=32M+2M\n");
	assert_rows(t, told, "kill|4096||1\n");
}

static void no_limit_is_a_word(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t,
	                "service shop\nprocess pod-1 captures=24\n" PUT "memstats live=32M+2M\n");
	assert_rows(t, told, "||no-limit|0\n");
}

static void lives_that_end_before_the_limit_hide_it_in_the_finding(void **state)
{
	struct test_ledger *const t = *state;

	test_case_judge(t, "service shop\n"
	                   "process pod-1 captures=24\n" PUT "memstats live=32M+2M\n"
	                   "reading cgroup.memory.max 4096M\n"
	                   "process pod-1 start=24h captures=24\n" PUT "memstats live=32M+2M\n"
	                   "reading cgroup.memory.max 4096M\n"
	                   "process pod-1 start=48h captures=24\n" PUT "memstats live=32M+2M\n"
	                   "reading cgroup.memory.max 4096M\n"
	                   "process pod-1 start=72h captures=24\n" PUT "memstats live=32M+2M\n"
	                   "reading cgroup.memory.max 4096M\n");
	assert_rows(t,
	            "SELECT is_hidden, median_life_ns / 3600000000000, "
	            "life_to_limit_ns > median_life_ns, outlook LIKE '%Restarts hide it%' "
	            "FROM v_finding WHERE kind = 'heap'",
	            "1|24|1|1\n");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_that_stays_takes_two_of_the_limit),
		cmocka_unit_test(another_gogc_takes_another_share),
		cmocka_unit_test(what_lies_outside_the_heap_takes_but_itself),
		cmocka_unit_test(a_limit_that_is_reached_is_no_time_away),
		cmocka_unit_test(gomemlimit_alone_is_told_as_a_soft_limit),
		cmocka_unit_test(a_gomemlimit_below_the_limit_holds_garbage_down),
		cmocka_unit_test(what_is_not_known_well_enough_is_refused_with_a_word),
		cmocka_unit_test(gomemlimit_says_nothing_of_what_lies_outside_go),
		cmocka_unit_test(restarts_that_come_sooner_hide_it),
		cmocka_unit_test(one_restart_or_a_kill_hides_nothing),
		TEST_(a_limit_of_the_cgroup_is_enough),
		TEST_(the_limit_of_the_container_goes_before_that_of_the_cgroup),
		TEST_(gomemlimit_counts_where_nothing_else_is_known),
		TEST_(the_limit_of_a_kill_counts_where_nothing_else_is_known),
		TEST_(no_limit_is_a_word),
		TEST_(lives_that_end_before_the_limit_hide_it_in_the_finding),
	};

	return cmocka_run_group_tests_name("analyze forecast", tests, NULL, NULL);
}
