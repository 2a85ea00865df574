/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static int set_up(void **state)
{
	struct ll_facts *const facts = ll_calloc(1, sizeof *facts);

	ll_facts_init(facts);
	*state = facts;
	return 0;
}

static int tear_down(void **state)
{
	ll_facts_done(*state);
	free(*state);
	return 0;
}

static void read_text(struct ll_facts *facts, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	ll_facts_clear(facts);
	assert_ok(ll_facts_read(facts, ll_str(text), "app.log", &err), &err);
}

static void a_line_of_a_new_go_is_read_whole(void **state)
{
	read_text(*state, "gc 34 @2.510s 7%: 0.004+56+0.005 ms clock, 0.009+18/24/25+0.010 ms cpu, "
	                  "10->11->5 MB, 12 MB goal, 1 MB stacks, 2 MB globals, 2 P (forced)\n");

	assert_facts(*state, "capture gctrace\n"
	                     "gc 34 forced age=2510000000 pause=9000 start=10485760 end=11534336 "
	                     "live=5242880 goal=12582912 stacks=1048576 globals=2097152 "
	                     "assist=18000000 cpu=7 procs=2\n");
}

static void what_an_old_go_does_not_print_stays_unknown(void **state)
{
	read_text(*state, "gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "
	                  "4->5->2 MB, 5 MB goal, 2 P\n");

	assert_fact(*state, "gc 1 age=10000000 pause=30000 start=4194304 end=5242880 live=2097152 "
	                    "goal=5242880 assist=100000 cpu=2 procs=2");
}

static void the_five_phases_of_go_1_5_stop_the_world_three_times(void **state)
{
	read_text(*state, "gc 1 @0.010s 2%: 0.1+1.0+0.2+5.0+0.4 ms clock, "
	                  "0.1+1.0+0.2+0.3/0.4/0.5+0.4 ms cpu, 4->5->2 MB, 5 MB goal, 2 P\n");

	assert_fact(*state, "gc 1 age=10000000 pause=700000 start=4194304 end=5242880 live=2097152 "
	                    "goal=5242880 assist=300000 cpu=2 procs=2");
}

static void a_check_for_leaks_is_marked_and_read(void **state)
{
	read_text(*state,
	          "gc 3 @0.010s 2% (checking for goroutine leaks): 0.01+1.0+0.02 ms clock, "
	          "0.02+0.1/0.2/0.3+0.04 ms cpu, 4->5->2 MB, 5 MB goal, 0 MB stacks, 0 MB globals, "
	          "2 P\n");

	assert_int_equal(((struct ll_facts *)*state)->captures[0].cycles, 1);
}

#define GC(number, age)                                                                            \
	"gc " number " @" age "s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "       \
	"4->5->2 MB, 5 MB goal, 2 P\n"

static void a_number_or_age_that_falls_is_another_process(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          GC("1", "0.1") GC("2", "0.2") GC("1", "0.1") GC("5", "9.0") GC("6", "0.3"));

	assert_int_equal(facts->count, 3);
	assert_int_equal(facts->captures[0].cycles, 2);
	assert_int_equal(facts->captures[1].cycles, 2);
	assert_int_equal(facts->captures[2].cycles, 1);
}

static void lines_between_others_and_behind_a_prefix_have_times(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          "2026-11-21T01:06:27Z app[7]: hello\n"
	          "2026-11-21T01:06:28Z app[7]: " GC(
			  "1", "0.1") "2026-11-21T01:06:29Z app[7]: the gc is fine, gc 7 is not\n"
	                              "2026-11-21T01:06:30Z app[7]: " GC("2", "0.2"));

	assert_int_equal(facts->captures[0].cycles, 2);
	assert_non_null(strstr(facts->text.data, "gc 2 at=2026-11-21T01:06:30Z age=200000000"));
}

static void traces_and_crashes_of_one_log_are_both_read(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts,
	          GC("1", "0.1") "panic: x\n\ngoroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_int_equal(facts->count, 2);
	assert_fact(facts, "goroutines 1 running: main.f f.go:1");
}

static void lines_that_only_begin_alike_are_no_trace(void **state)
{
	static const char *const texts[] = {
		"gc 1 @0.010s\n",
		"gc 1 @0.010s 2%: 0.01+1.0 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, 4->5->2 MB, "
		"5 MB goal, 2 P\n",
		"gc 1 @0.010s 2%: 0.01+1.0+0.02+1+1+1+1 ms clock, 4->5->2 MB, 5 MB goal, 2 P\n",
		"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, x ms cpu, 4->5->2 MB, 5 MB goal, 2 P\n",
		"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1+0.04 ms cpu, 4->5 MB, "
		"5 MB goal, 2 P\n",
		"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1+0.04 ms cpu, "
		"4->5->99999999999999 MB, 5 MB goal, 2 P\n",
		"gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1+0.04 ms cpu, 4->5->2 MB, "
		"5 MB goal, 0 MB stacks, 2 P\n",
		"gc 1 @infs 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1+0.04 ms cpu, 4->5->2 MB, "
		"5 MB goal, 2 P\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
	}
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_line_of_a_new_go_is_read_whole),
		test(what_an_old_go_does_not_print_stays_unknown),
		test(the_five_phases_of_go_1_5_stop_the_world_three_times),
		test(a_check_for_leaks_is_marked_and_read),
		test(a_number_or_age_that_falls_is_another_process),
		test(lines_between_others_and_behind_a_prefix_have_times),
		test(traces_and_crashes_of_one_log_are_both_read),
		test(lines_that_only_begin_alike_are_no_trace),
	};

	return cmocka_run_group_tests_name("capture.fmt_gctrace", tests, NULL, NULL);
}
