/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

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
	                     "assist=18000000 cpu=7 procs=2 sweep-stop=4000 mark=56000000 "
	                     "mark-stop=5000 stop-cpu=19000 worker-cpu=24000000 "
	                     "idle-cpu=25000000\n");
}

static void what_an_old_go_does_not_print_stays_unknown(void **state)
{
	read_text(*state, "gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "
	                  "4->5->2 MB, 5 MB goal, 2 P\n");

	assert_fact(*state,
	            "gc 1 age=10000000 pause=30000 start=4194304 end=5242880 live=2097152 "
	            "goal=5242880 assist=100000 cpu=2 procs=2 sweep-stop=10000 mark=1000000 "
	            "mark-stop=20000 stop-cpu=60000 worker-cpu=200000 idle-cpu=300000");
}

static void the_five_phases_of_go_1_5_stop_the_world_three_times(void **state)
{
	read_text(*state, "gc 1 @0.010s 2%: 0.1+1.0+0.2+5.0+0.4 ms clock, "
	                  "0.1+1.0+0.2+0.3/0.4/0.5+0.4 ms cpu, 4->5->2 MB, 5 MB goal, 2 P\n");

	assert_fact(*state, "gc 1 age=10000000 pause=700000 start=4194304 end=5242880 live=2097152 "
	                    "goal=5242880 assist=300000 cpu=2 procs=2 sweep-stop=100000 "
	                    "mark=6000000 mark-stop=400000 stop-cpu=700000 worker-cpu=1400000 "
	                    "idle-cpu=500000");
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
	          GC("1", "0.1") GC("2", "0.2") GC("1", "0.2") GC("5", "9.0") GC("6", "0.3"));

	assert_int_equal(facts->count, 3);
	assert_int_equal(facts->captures[0].cycles, 2);
	assert_int_equal(facts->captures[1].cycles, 2);
	assert_int_equal(facts->captures[2].cycles, 1);
}

static void a_line_that_is_quoted_again_is_no_other_process(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, GC("1", "0.1") GC("2", "0.2") GC("3", "0.3") "What the fields mean:\n" GC(
				 "2", "0.2") GC("3", "0.3"));
	assert_int_equal(facts->count, 1);
	assert_int_equal(facts->captures[0].cycles, 3);

	/* The same number at another age is of another one. */
	read_text(facts, GC("1", "0.1") GC("2", "0.2") GC("2", "0.3"));
	assert_int_equal(facts->count, 2);
}

static void a_trace_in_containers_logs_of_docker_is_found(void **state)
{
	struct ll_facts *const facts = *state;

	/* Docker writes '>' as an escape. */
	read_text(facts, "{\"log\":\"gc 12 @301.1s 1%: 0.1+25+0.1 ms clock, 0.4+1.2/24/50+0.2 "
	                 "ms cpu, 180-\\u003e184-\\u003e92 MB, 185 MB goal, 4 P\\n\","
	                 "\"stream\":\"stderr\",\"time\":\"2026-11-21T01:06:27Z\"}\n");

	assert_int_equal(facts->count, 1);
	assert_non_null(strstr(facts->text.data, "gc 12 at=2026-11-21T01:06:27Z age=301100000000"));
}

static void what_a_program_wrote_before_it_in_the_line_is_no_logger(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "item 10..." GC("5", "1.2") "done\n" GC("6", "1.4"));

	assert_int_equal(facts->count, 1);
	assert_int_equal(facts->captures[0].cycles, 2);
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

static void the_form_of_go_1_4_is_read(void **state)
{
	read_text(*state, "gc7(4): 7+1+211+0 us, 2 -> 3 MB, 21 (21-0) objects, 2 goroutines, "
	                  "15/0/0 sweeps, 0(0) handoff, 0(0) steal, 0/0/0 yields\n");

	assert_fact(*state, "gc 7 pause=219000 start=3145728 live=2097152 procs=4");
}

static void the_forms_of_go_1_0_to_1_3_are_read(void **state)
{
	/* 1.1 to 1.3 tell the heap before and after; all of it stops the world */
	read_text(*state, "gc12(8): 114+3+65 ms, 124 -> 115 MB 960025 -> 402531 (1203545-801014) "
	                  "objects, 25(770) handoff, 37(8966) steal, 318/24/0 yields\n"
	                  "scvg-1: 10 MB released\n"
	                  "gc13(8): 109+1+29 ms, 115 -> 115 MB 402531 -> 400355 (1203545-803190) "
	                  "objects, 13(505) handoff, 108(8311) steal, 295/27/0 yields\n");
	assert_fact(*state,
	            "gc 12 pause=182000000 start=130023424 end=120586240 live=120586240 procs=8");
	assert_fact(*state, "reading scvg.released_now 10485760");

	read_text(*state, "gc3(2): 1+2 ms 4 -> 2 MB 9 -> 4 (9-5) objects 0 handoff\n");
	assert_fact(*state, "gc 3 pause=3000000 start=4194304 end=2097152 live=2097152 procs=2");
}

static void betas_of_go_1_5_mark_the_number_and_have_no_goal(void **state)
{
	read_text(*state, "gc #1 @0.296s 0%: 0+0+0+58+0 ms clock, 0+0+0+0/0/0+0 ms cpu, "
	                  "4->262->262 MB, 1 P\n"
	                  "gc #2 @2.182s 0%: 0+0+0+0+10 ms clock, 0+0+0+0/0/0+10 ms cpu, "
	                  "325->325->1 MB, 1 P (forced)\n");

	assert_int_equal(((struct ll_facts *)*state)->count, 1);
	assert_fact(*state, "gc 1 age=296000000 pause=0 start=4194304 end=274726912 "
	                    "live=274726912 assist=0 cpu=0 procs=1 sweep-stop=0 mark=58000000 "
	                    "mark-stop=0 stop-cpu=0 worker-cpu=0 idle-cpu=0");
}

static void what_the_scavenger_says_are_readings(void **state)
{
	static const struct {
		const char *line, *readings;
	} rows[] = {
		{"scvg4: 1 MB released\n", "reading scvg.released_now 1048576\n"},
		{"scvg-1: 1 MB released\n", "reading scvg.released_now 1048576\n"},
		{"scvg4: inuse: 3, idle: 60, sys: 63, released: 57, consumed: 5 (MB)\n",
	         "reading scvg.inuse 3145728\nreading scvg.idle 62914560\n"
	         "reading scvg.sys 66060288\n"
	         "reading /memory/classes/heap/released:bytes 59768832\n"
	         "reading scvg.consumed 5242880\n"},
		{"forced scvg: inuse: 1, idle: 1, sys: 1, released: 1, consumed: 1 (MB)\n",
	         "reading scvg.inuse 1048576\nreading scvg.idle 1048576\nreading scvg.sys 1048576\n"
	         "reading /memory/classes/heap/released:bytes 1048576\n"
	         "reading scvg.consumed 1048576\n"},
		{"scav 1 KiB work, 3704 KiB total, 73% util\n",
	         "reading scav.work 1024\nreading /memory/classes/heap/released:bytes 3792896\n"
	         "reading scav.util 73\n"},
		{"scav 12 1 KiB work, 3704 KiB total, 73% util (forced)\n",
	         "reading scav.work 1024\nreading /memory/classes/heap/released:bytes 3792896\n"
	         "reading scav.util 73\n"},
		{"scav 8 KiB work (bg), 4 KiB work (eager), 3704 KiB now, 73% util\n",
	         "reading scav.work 8192\nreading scav.work_eager 4096\n"
	         "reading /memory/classes/heap/released:bytes 3792896\nreading scav.util 73\n"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf expected;

		ll_buf_init(&expected, LL_BUF_PAGE);
		ll_buf_printf(&expected, "capture gctrace\n%s", rows[i].readings);
		read_text(*state, rows[i].line);
		assert_facts(*state, expected.data);
	}
}

static void lines_of_other_traces_are_known_but_no_capture(void **state)
{
	static const struct {
		const char *line, *reason;
	} rows[] = {
		{"pacer: assist ratio=+1.5\n", "lines of the GC pacer only: no collection in them"},
		{"SCHED 0ms: gomaxprocs=2 idleprocs=0 threads=7\n",
	         "lines of the scheduler's trace only: no collection in them"},
		{"init net @1.2 ms, 0.1 ms clock, 100 bytes, 2 allocs\n",
	         "lines of the trace of initialization only: no collection in them"},
		{"GC forced\n", "lines of a GC trace without a collection"},
	};

	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf text;
		struct ll_error err = LL_ERROR_INIT;

		/* longer than a head: nobody could know before the end */
		ll_buf_init(&text, LL_BUF_PAGE);
		while (text.size <= LL_PEEK_SIZE)
			ll_buf_puts(&text, rows[i].line);
		ll_facts_clear(*state);
		assert_int_equal(ll_facts_read(*state, ll_buf_str(&text), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, rows[i].reason);
	}
	read_text(*state, "GC forced\ninit net @1.2 ms, 0.1 ms clock, 100 bytes, 2 allocs\n"
	                  "scav 1 KiB work, 1 KiB total, 73% util\nscvg: x\nscav y\n");
	assert_int_equal(((struct ll_facts *)*state)->captures[0].readings, 3);
}

static void a_trace_of_any_length_is_handed_on_in_parts(void **state)
{
	struct ll_facts *const facts = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	size_t cycles = 0;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (int i = 1; i <= 250000; i++)
		ll_buf_printf(
			&text,
			"gc %d @%d.000s 2%%: 0+1+0 ms clock, 0+0/0/0+0 ms cpu, 4000->5000->2000 "
			"MB, 5 MB goal, 2 P\n",
			i, i);
	facts->is_quiet = true;
	read_text(facts, text.data);
	for (size_t i = 0; i < facts->count; i++)
		cycles += facts->captures[i].cycles;

	assert_in_range(facts->count, 2, 8);
	assert_int_equal(cycles, 250000);
}

static void the_last_time_above_a_trace_bounds_it(void **state)
{
	read_text(*state, "2026/11/20 11:22:37 begin\n"
	                  "gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "
	                  "4->5->2 MB, 5 MB goal, 2 P\n"
	                  "2026/11/20 11:22:39 done\n"
	                  "gc 2 @2.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "
	                  "4->5->2 MB, 5 MB goal, 2 P\n");

	assert_fact(*state, "capture gctrace after=2026-11-20T11:22:39Z");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(a_line_of_a_new_go_is_read_whole),
		test(what_an_old_go_does_not_print_stays_unknown),
		test(the_five_phases_of_go_1_5_stop_the_world_three_times),
		test(a_check_for_leaks_is_marked_and_read),
		test(a_number_or_age_that_falls_is_another_process),
		test(a_line_that_is_quoted_again_is_no_other_process),
		test(a_trace_in_containers_logs_of_docker_is_found),
		test(what_a_program_wrote_before_it_in_the_line_is_no_logger),
		test(lines_between_others_and_behind_a_prefix_have_times),
		test(traces_and_crashes_of_one_log_are_both_read),
		test(lines_that_only_begin_alike_are_no_trace),
		test(the_form_of_go_1_4_is_read),
		test(the_forms_of_go_1_0_to_1_3_are_read),
		test(betas_of_go_1_5_mark_the_number_and_have_no_goal),
		test(what_the_scavenger_says_are_readings),
		test(lines_of_other_traces_are_known_but_no_capture),
		test(a_trace_of_any_length_is_handed_on_in_parts),
		test(the_last_time_above_a_trace_bounds_it),
	};

	return cmocka_run_group_tests_name("capture.fmt_gctrace", tests, NULL, NULL);
}
