/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "pprof-text", "heap", text);
}

#define FOUR "types=alloc_objects/count,alloc_space/bytes,inuse_objects/count,inuse_space/bytes\n"

static void sampled_counts_become_estimates(void **state)
{
	/* One sample of 1024 bytes at one in 524288: k = 1 / (1 - exp(-1024/524288)) = 512.5. */
	read_text(*state, "heap profile: 1: 1024 [2: 2048] @ heap/1048576\n"
	                  "1: 1024 [2: 2048] @ 0x1001 0x2001\n"
	                  "#\t0x1000\tmain.put+0x10\t/src/put.go:31\n"
	                  "#\t0x2000\tmain.main+0x20\t/src/main.go:9\n"
	                  "\n");

	assert_facts(*state, "capture heap (debug=1) period=524288 " FOUR
	                     "sample main.put put.go:31 < main.main main.go:9 | "
	                     "1025 1049600 512 524800 | block 1024 | via #0\n");
}

static void one_pair_of_values_is_called_objects_and_space(void **state)
{
	read_text(*state, "heap profile: 2: 30 [2: 30] @ heapprofile\n"
	                  "2: 30 [2: 30] @ 0x1001\n");

	assert_facts(*state, "capture heap (legacy) foreign types=objects/count,space/bytes\n"
	                     "sample 0x1001 | 2 30 | block 15\n");
}

static void the_rate_of_heap_v2_is_not_doubled(void **state)
{
	read_text(*state, "heap profile: 1: 8 [2: 16] @ heap_v2/1\n1: 8 [2: 16] @ 0x1001\n");

	assert_fact(*state, "sample 0x1001 | 2 16 1 8 | block 8");
}

static void the_hidden_entry_of_an_allocation_is_named_or_counted(void **state)
{
	read_text(*state, "heap profile: 3: 300 [5: 500] @ heap/2\n"
	                  "1: 100 [2: 200] @ 0x5100 0x1001\n"
	                  "#\t0x50ff\truntime.growslice+0xff\t/go/src/runtime/slice.go:9\n"
	                  "#\t0x1000\tmain.a+0x10\t/src/a.go:1\n"
	                  "1: 100 [2: 200] @ 0x5122 0x1001\n"
	                  "#\t0x1000\tmain.a+0x10\t/src/a.go:1\n"
	                  "1: 100 [1: 100] @ 0x9999 0x8888 0x1001\n"
	                  "#\t0x1000\tmain.a+0x10\t/src/a.go:1\n");

	assert_fact(*state,
	            "sample main.a a.go:1 | 2 200 1 100 | block 100 | via runtime.growslice");
	assert_fact(*state, "sample main.a a.go:1 | 1 100 1 100 | block 100 | via #2");
}

static void the_trailer_is_memstats(void **state)
{
	read_text(*state, "heap profile: 1: 8 [2: 16] @ heap/2\n"
	                  "1: 8 [2: 16] @ 0x1001\n\n"
	                  "# runtime.MemStats\n"
	                  "# Alloc = 3871904\n"
	                  "# HeapAlloc = 3871904\n"
	                  "# Stack = 360448 / 393216\n"
	                  "# MSpan = 1 / 2\n"
	                  "# NextGC = 4194304\n"
	                  "# LastGC = 1795223187000000000\n"
	                  "# PauseNs = [5000 7000 0]\n"
	                  "# PauseEnd = [1795223186000000000 1795223187000000000 0]\n"
	                  "# NumGC = 2\n"
	                  "# GCCPUFraction = 0.25\n"
	                  "# DebugGC = false\n"
	                  "# MaxRSS = 9000000\n");

	assert_fact(*state, "capture heap (debug=1) after=2026-11-21T01:06:27Z period=1 "
	                    "types=alloc_objects/count,alloc_space/bytes,inuse_objects/count,"
	                    "inuse_space/bytes");
	assert_fact(*state, "scalar Alloc 3871904");
	assert_fact(*state, "scalar StackInuse 360448");
	assert_fact(*state, "scalar StackSys 393216");
	assert_fact(*state, "scalar MSpanSys 2");
	assert_fact(*state, "scalar GCCPUFraction 250000000");
	assert_fact(*state, "scalar MaxRSS 9000000");
	assert_fact(*state, "gc 1 ring at=2026-11-21T01:06:26Z pause=5000");
	assert_fact(*state, "gc 2 ring at=2026-11-21T01:06:27Z pause=7000");
}

static void goroutines_sum_up_to_the_title(void **state)
{
	read_text(*state, "goroutine profile: total 5\n"
	                  "4 @ 0x1 0x2 0x1001\n"
	                  "# labels: {\"job\":\"ingest\", \"tenant\":\"a b\"}\n"
	                  "#\t0x1000\tmain.(*Hub).run+0x8a\t/src/hub.go:31\n"
	                  "\n"
	                  "1 @ 0x1 0x2 0x3 0x2001\n"
	                  "#\t0x2000\tmain.recv+0x8a\t/src/recv.go:3\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 4 select: main.(*Hub).run hub.go:31; "
	                     "{\"job\":\"ingest\",\"tenant\":\"a b\"}\n"
	                     "goroutines 1 channel: main.recv recv.go:3\n");
}

static void behind_cgos_wrapper_stands_a_function_of_c(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "2 @ 0x1 0x1001 0x2001\n"
	                  "#\t0x1000\tmain._Cfunc_read+0x8a\t_cgo_gotypes.go:70\n"
	                  "#\t0x2000\tmain.pull+0x8a\t/src/pull.go:3\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 2 syscall: main._Cfunc_read _cgo_gotypes.go:70 "
	                     "< main.pull pull.go:3\n");
}

static void behind_iter_pull_stands_the_other_side(void **state)
{
	read_text(*state, "goroutine profile: total 2\n"
	                  "2 @ 0x1 0x1001 0x2001\n"
	                  "#\t0x1000\titer.Pull[...].func1.1+0x8a\titer/iter.go:287\n"
	                  "#\t0x2000\tmain.lines.func1+0x8a\t/src/lines.go:3\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 2 coroutine: iter.Pull[...].func1.1 iter.go:287 "
	                     "< main.lines.func1 lines.go:3\n");
}

static void a_title_that_promises_more_is_noted(void **state)
{
	read_text(*state, "goroutine profile: total 9\n4 @ 0x1001\n");

	assert_fact(*state, "note 0 the title says 9, the records sum to 4");
}

static void records_whose_numbers_do_not_parse_are_noted(void **state)
{
	read_text(*state, "heap profile: 1: 8 [2: 16] @ heap/2\n"
	                  "1: 8 [2: 16] @ 0x1001\n"
	                  "1: x [2: 16] @ 0x1001\n"
	                  "1: 8 [2: 16] @ oops\n"
	                  "99999999999999999999: 8 [2: 16] @ 0x1\n");

	assert_fact(*state, "note 0 3 records skipped: numbers do not parse");
	assert_int_equal(((struct ll_facts *)*state)->captures[0].samples, 1);
}

static void contention_is_counted_and_timed_in_nanoseconds(void **state)
{
	read_text(*state, "--- mutex:\ncycles/second=2000000000\nsampling period=5\n"
	                  "4000 2 @ 0x1001\n"
	                  "#\t0x1000\tsync.(*Mutex).Unlock+0x8a\t/go/src/sync/mutex.go:3\n"
	                  "--- contention:\ncycles/second=1000000000\n"
	                  "70 3 @ 0x2001\n"
	                  "x 3 @ 0x2001\n");

	assert_facts(*state, "capture mutex (debug=1) period=5 "
	                     "types=contentions/count,delay/nanoseconds\n"
	                     "sample sync.(*Mutex).Unlock mutex.go:3 | 2 2000\n"
	                     "capture block (debug=1) period=1 "
	                     "types=contentions/count,delay/nanoseconds\n"
	                     "sample 0x2001 | 3 70\n");
}

static void delays_in_cycles_of_no_rate_are_noted(void **state)
{
	static const char *const rates[] = {"0", "-1", "many", "0.0000001", "1e-320"};

	for (size_t i = 0; i < LL_COUNT(rates); i++) {
		char text[128];

		(void)snprintf(text, sizeof text,
		               "--- contention:\ncycles/second=%s\n70 3 @ 0x2001\n", rates[i]);
		read_text(*state, text);

		assert_fact(*state, "sample 0x2001 | 3 0");
		assert_fact(*state, "note 0 'cycles/second' is no rate: how long they waited is "
		                    "not known");
	}
}

static void values_that_grow_beyond_63_bits_do_not_turn_negative(void **state)
{
	read_text(*state, "--- contention:\ncycles/second=1\n9000000000000000000 3 @ 0x2001\n");
	assert_fact(*state, "sample 0x2001 | 3 9223372036854775807");

	read_text(*state, "heap profile: 1: 9 [0: 0] @ heap/1048576\n"
	                  "1: 9223372036854775807 [0: 0] @ 0x1001\n");
	assert_fact(*state,
	            "sample 0x1001 | 0 0 1 9223372036854775807 | block 9223372036854775807");
}

static void mutexes_of_an_old_runtime_are_multiplied_by_their_period(void **state)
{
	static const char *const versions[] = {"1.19.8", "1.20.6"};
	static const char *const values[] = {"10 10000", "2 2000"};

	for (size_t i = 0; i < LL_COUNT(versions); i++) {
		char text[300], expected[100];

		(void)snprintf(
			text, sizeof text,
			"--- mutex:\ncycles/second=2000000000\nsampling period=5\n"
			"4000 2 @ 0x1001\n"
			"#\t0x1000\tsync.(*Mutex).Unlock+0x8a\t/opt/go%s/src/sync/mutex.go:3\n",
			versions[i]);
		read_text(*state, text);
		(void)snprintf(expected, sizeof expected,
		               "sample sync.(*Mutex).Unlock mutex.go:3 | %s", values[i]);
		assert_fact(*state, expected);
	}
}

static void labels_are_unquoted_and_sorted(void **state)
{
	read_text(*state, "goroutine profile: total 3\n"
	                  "1 @ 0x1001\n"
	                  "# labels: {\"z\":\"a\\\\\", \"b\":\"\\x01 \\\"q\\\", \\u00e9\"}\n"
	                  "1 @ 0x1001\n"
	                  "# labels: {\"k\":\"v\", broken\n"
	                  "1 @ 0x1001\n"
	                  "# labels: {}\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 1 unknown: 0x1001; {\"b\":\"\\u0001 \\\"q\\\", "
	                     "\xc3\xa9\",\"z\":\"a\\\\\"}\n"
	                     "goroutines 1 unknown: 0x1001; {\"k\":\"v\"}\n"
	                     "goroutines 1 unknown: 0x1001\n");
}

static void profiles_of_other_names_keep_them(void **state)
{
	read_text(*state, "my/connections profile: total 2\n2 @ 0x1001\n");
	assert_fact(*state, "capture profile (debug=1) period=1 types=my/connections/count");

	read_text(*state, "goroutineleak profile: total 2\n2 @ 0x1 0x2 0x1001\n"
	                  "#\t0x1000\tmain.f+0x1\t/f.go:3\n");
	assert_fact(*state, "goroutines 2 select: main.f f.go:3; leaked");

	read_text(*state, "threadcreate profile: total 2\n1 @\n#\t0x0\n\n1 @ 0x1001\n");
	assert_fact(*state, "sample (no stack) | 1");
}

static void blanks_for_tabs_and_text_around_do_no_harm(void **state)
{
	read_text(*state, "$ curl localhost:6060/debug/pprof/heap?debug=1\r\n"
	                  "heap profile: 1: 8 [2: 16] @ heap/2\r\n"
	                  "  1: 8 [2: 16] @ 0x1001\r\n"
	                  "#    0x1000    main.f+0x1    /src/my dir/f.go:3\r\n"
	                  "that was all\r\n");

	assert_fact(*state, "sample main.f f.go:3 | 2 16 1 8 | block 8 | via #0");
}

static void a_cut_text_keeps_what_came_before(void **state)
{
	read_text(*state, "heap profile: 1: 8 [2: 16] @ heap/2\n"
	                  "1: 8 [2: 16] @ 0x1001\n"
	                  "#\t0x1000\tmain.f+0x1\t/src/f.go:3\n"
	                  "1: 8 [2:");

	assert_fact(*state, "sample main.f f.go:3 | 2 16 1 8 | block 8 | via #0");
}

static void what_only_looks_like_a_title_is_no_profile(void **state)
{
	static const char *const texts[] = {
		"heap profile: soon\n", "the goroutine profile: total 3\n",
		" profile: total 3\n",  "goroutine profile: total many\n",
		"--- mutexes:\n",       "heap profile: 1: 2 [3: 4 @ heap/2\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
	}
}

static void a_text_that_a_page_indents_or_quotes_is_read(void **state)
{
	read_text(*state, "    heap profile: 1: 8 [2: 16] @ heap/2\n"
	                  "    1: 8 [2: 16] @ 0x1001\n"
	                  "    #\t0x1000\tmain.put+0x10\t/src/put.go:31\n"
	                  "\n"
	                  "    # runtime.MemStats\n"
	                  "    # Alloc = 42\n");
	assert_fact(*state, "sample main.put put.go:31 | 2 16 1 8 | block 8 | via #0");
	assert_fact(*state, "scalar Alloc 42");

	read_text(*state, "> goroutine profile: total 3\n"
	                  "> 3 @ 0x1001 0x2001\n"
	                  "> #\t0x1000\tmain.run+0x10\t/src/run.go:31\n");
	assert_fact(*state, "goroutines 3 running: main.run run.go:31");
}

static void a_text_whose_marks_a_page_ate_is_read(void **state)
{
	read_text(*state, "goroutine profile: total 3\n"
	                  "3 @ 0x1001 0x2001\n"
	                  "       0x1000\tmain.run+0x10\t/src/run.go:31\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 3 running: main.run run.go:31\n");
}

static void records_of_goroutines_are_known_without_their_title(void **state)
{
	read_text(*state, "3 @ 0x1001 0x2001\n"
	                  "#\t0x1000\tmain.run+0x10\t/src/run.go:31\n\n"
	                  "1 @ 0x3001\n"
	                  "#\t0x3000\tmain.main+0x10\t/src/main.go:9\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 3 running: main.run run.go:31\n"
	                     "goroutines 1 running: main.main main.go:9\n"
	                     "note 0 the title is missing: what stood before it is, too\n");
	/* A page may take the '#' of a line for a heading. */
	read_text(*state, "113 @ 0x1001 0x2001\n0x1000\tmain.run+0x10\t/src/run.go:31\n");
	assert_fact(*state, "goroutines 113 running: main.run run.go:31");
}

static void frames_of_a_record_that_is_gone_are_passed_over(void **state)
{
	read_text(*state, "#\t0x9000\tmain.lost+0x10\t/src/lost.go:31\n\n"
	                  "3 @ 0x1001 0x2001\n"
	                  "#\t0x1000\tmain.run+0x10\t/src/run.go:31\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 3 running: main.run run.go:31\n"
	                     "note 0 the title is missing: what stood before it is, too\n");
}

static void addresses_may_be_left_out_where_frames_tell_the_stack(void **state)
{
	read_text(*state, "goroutineleak profile: total 12\n"
	                  "7 @ 0x1001 0x2001 ...\n"
	                  "#\t0x1000\tmain.work+0x10\t./main.go:56\n\n"
	                  "1 @ ...\n#\t0x...\tmain.send+0x27\tmain.go:15\n\n"
	                  "3 @ 0x3001 ...\n\n"
	                  "1 @ ...\tmain.main+0x4f\t./main.go:167\n");

	assert_facts(*state, "capture goroutineleak (debug=1) period=1 types=goroutineleak/count\n"
	                     "goroutines 7 running: main.work main.go:56; leaked\n"
	                     "goroutines 1 unknown: main.send main.go:15; leaked\n"
	                     "goroutines 3 unknown: 0x3001; leaked\n"
	                     "note 0 1 records skipped: numbers do not parse\n"
	                     "note 0 stacks that the text leaves out in part: 1\n"
	                     "note 0 the title says 12, the records sum to 11\n");
}

static void remarks_in_parentheses_are_no_part_of_a_record(void **state)
{
	read_text(*state, "goroutine profile: total 107 (those that wait)\n"
	                  "40 @ 0x1001 (40 of them at one place)\n"
	                  "#\t0x1000\tmain.run+0x10\t/src/run.go:31\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 40 running: main.run run.go:31\n"
	                     "note 0 the title says 107, the records sum to 40\n");
}

static void an_untitled_record_may_stand_behind_prose(void **state)
{
	read_text(*state, "This is what pprof says:\n\n```\n"
	                  "48 @ 0x1001 0x2001\n#\t0x1000\tmain.run+0x10\t/src/run.go:31\n```\n");

	assert_facts(*state, "capture goroutine (debug=1) period=1 types=goroutine/count\n"
	                     "goroutines 48 running: main.run run.go:31\n"
	                     "note 0 the title is missing: what stood before it is, too\n");
}

static void a_title_may_stand_behind_a_time(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "[2026-11-21 01:06:27.123]threadcreate profile: total 3\n"
	                 "3 @\n#\t0x0\n\n"
	                 "[2026-11-21 01:06:27.124] heap profile: 1: 8 [2: 16] @ heap/2\n"
	                 "1: 8 [2: 16] @ 0x1001\n");

	assert_int_equal(facts->count, 2);
	assert_int_equal(facts->captures[0].kind, LL_KIND_THREADCREATE);
	assert_int_equal(facts->captures[1].kind, LL_KIND_HEAP);
}

static void a_heap_title_that_promises_more_is_noted(void **state)
{
	read_text(*state, "heap profile: 3: 300 [5: 500] @ heap/2\n"
	                  "1: 100 [1: 100] @ 0x1001\n"
	                  "1: 100 [2: 200] @ 0x2001\n");

	assert_fact(*state, "note 0 the title says 3: 300 [5: 500], the records sum to "
	                    "2: 200 [3: 300]");
}

static void a_title_without_its_records_is_refused(void **state)
{
	static const char *const texts[] = {
		"goroutine profile: total 4\n",
		"goroutine profile: total 1\n1 @ tokio-runtime [running]\n",
		"heap profile: 0: 0 [9: 90] @ heap/1048576\n",
	};

	for (size_t i = 0; i < LL_COUNT(texts); i++) {
		struct ll_error err = LL_ERROR_INIT;

		assert_int_equal(ll_facts_read(*state, ll_str(texts[i]), "x", &err), LL_E_FORMAT);
		assert_string_equal(err.text, "the title of a profile, and none of its records");
	}
}

static void the_byte_that_go_adds_to_equal_totals_is_no_record(void **state)
{
	read_text(*state, "heap profile: 1: 8 [1: 9] @ heap/2\n1: 8 [1: 8] @ 0x1001\n");

	assert_facts(*state, "capture heap (debug=1) period=1 types=alloc_objects/count,"
	                     "alloc_space/bytes,inuse_objects/count,inuse_space/bytes\n"
	                     "sample 0x1001 | 1 8 1 8 | block 8\n");
}

static void a_profile_of_nothing_is_one(void **state)
{
	read_text(*state, "heap profile: 0: 0 [0: 1] @ heap/1048576\n");
	assert_fact(*state, "capture heap (debug=1) period=524288 types=alloc_objects/count,"
	                    "alloc_space/bytes,inuse_objects/count,inuse_space/bytes");
	ll_facts_clear(*state);
	read_text(*state, "heap profile: 0: 0 [0: 0] @ heap/1048576\n");

	assert_fact(*state, "capture heap (debug=1) period=524288 types=objects/count,space/bytes");
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(sampled_counts_become_estimates),
		test(one_pair_of_values_is_called_objects_and_space),
		test(the_rate_of_heap_v2_is_not_doubled),
		test(the_hidden_entry_of_an_allocation_is_named_or_counted),
		test(the_trailer_is_memstats),
		test(goroutines_sum_up_to_the_title),
		test(behind_cgos_wrapper_stands_a_function_of_c),
		test(behind_iter_pull_stands_the_other_side),
		test(a_title_that_promises_more_is_noted),
		test(records_whose_numbers_do_not_parse_are_noted),
		test(contention_is_counted_and_timed_in_nanoseconds),
		test(delays_in_cycles_of_no_rate_are_noted),
		test(values_that_grow_beyond_63_bits_do_not_turn_negative),
		test(mutexes_of_an_old_runtime_are_multiplied_by_their_period),
		test(labels_are_unquoted_and_sorted),
		test(profiles_of_other_names_keep_them),
		test(blanks_for_tabs_and_text_around_do_no_harm),
		test(a_cut_text_keeps_what_came_before),
		test(what_only_looks_like_a_title_is_no_profile),
		test(a_text_that_a_page_indents_or_quotes_is_read),
		test(a_text_whose_marks_a_page_ate_is_read),
		test(records_of_goroutines_are_known_without_their_title),
		test(frames_of_a_record_that_is_gone_are_passed_over),
		test(addresses_may_be_left_out_where_frames_tell_the_stack),
		test(remarks_in_parentheses_are_no_part_of_a_record),
		test(an_untitled_record_may_stand_behind_prose),
		test(a_title_may_stand_behind_a_time),
		test(a_heap_title_that_promises_more_is_noted),
		test(a_title_without_its_records_is_refused),
		test(the_byte_that_go_adds_to_equal_totals_is_no_record),
		test(a_profile_of_nothing_is_one),
	};

	return cmocka_run_group_tests_name("capture.fmt_pprof_text", tests, NULL, NULL);
}
