/* SPDX-License-Identifier: Apache-2.0 */
#include "facts.h"
#include "support.h"

static void read_text(struct ll_facts *facts, const char *text)
{
	ll_facts_read_as(facts, "benchmark", "bench.txt", text);
}

static void each_unit_of_a_result_is_a_measurement(void **state)
{
	read_text(*state, "goos: linux\ngoarch: amd64\npkg: example.com/shop/cart\n"
	                  "BenchmarkPut-8   \t  200\t  5000 ns/op\t 64 B/op\t  2 allocs/op\r\n"
	                  "BenchmarkGet-8   \t 1e3\t  5000 ns/op\n"
	                  "PASS\nok  \texample.com/shop/cart\t0.335s\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark example.com/shop/cart Put procs=8 n=200 5000 ns/op\n"
	                     "benchmark example.com/shop/cart Put procs=8 n=200 64 B/op\n"
	                     "benchmark example.com/shop/cart Put procs=8 n=200 2 allocs/op\n");
}

static void results_belong_to_the_package_named_before_them(void **state)
{
	read_text(*state, "pkg: a\nBenchmarkX-2 1 5 ns/op\npkg: b\nBenchmarkX-2 1 6 ns/op\n"
	                  "pkg:\nBenchmarkX-2 1 7 ns/op\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark a X procs=2 n=1 5 ns/op\n"
	                     "benchmark b X procs=2 n=1 6 ns/op\n"
	                     "benchmark  X procs=2 n=1 7 ns/op\n");
}

static void a_suffix_that_all_share_is_the_number_of_processors(void **state)
{
	read_text(*state, "BenchmarkPut/size-64-8 1 5 ns/op\nBenchmarkGet-8 1 5 ns/op\n");

	assert_fact(*state, "benchmark  Put/size-64 procs=8 n=1 5 ns/op");
	assert_fact(*state, "benchmark  Get procs=8 n=1 5 ns/op");
}

static void a_suffix_that_only_some_have_is_part_of_the_name(void **state)
{
	read_text(*state, "BenchmarkPut/size-64 1 5 ns/op\nBenchmarkPut/size-128 1 5 ns/op\n"
	                  "BenchmarkGet 1 5 ns/op\n");

	assert_fact(*state, "benchmark  Put/size-64 procs=0 n=1 5 ns/op");
	assert_fact(*state, "benchmark  Put/size-128 procs=0 n=1 5 ns/op");
	assert_fact(*state, "benchmark  Get procs=0 n=1 5 ns/op");
}

static void no_suffix_anywhere_means_one_processor(void **state)
{
	read_text(*state, "BenchmarkPut 1 5 ns/op\nBenchmarkGet 1 5 ns/op\n");

	assert_fact(*state, "benchmark  Put procs=1 n=1 5 ns/op");
}

static void results_of_scripts_without_suffix_do_not_hide_the_processors(void **state)
{
	read_text(*state, "BenchmarkBuild 1 5 build-ns/op\nBenchmarkA-4 1 5 ns/op\n"
	                  "BenchmarkB-4 1 5 ns/op\nBenchmarkC-4 1 5 ns/op\n");

	assert_fact(*state, "benchmark  Build procs=1 n=1 5 build-ns/op");
	assert_fact(*state, "benchmark  C procs=4 n=1 5 ns/op");
}

static void a_list_of_processor_counts_is_recognised(void **state)
{
	read_text(*state, "BenchmarkA 1 5 ns/op\nBenchmarkA-4 1 3 ns/op\n"
	                  "BenchmarkB 1 5 ns/op\nBenchmarkB-4 1 3 ns/op\n");

	assert_fact(*state, "benchmark  A procs=1 n=1 5 ns/op");
	assert_fact(*state, "benchmark  B procs=4 n=1 3 ns/op");
}

static void a_result_broken_by_logging_is_joined(void **state)
{
	read_text(*state, "goos: linux\n"
	                  "BenchmarkPut\n"
	                  "    put_test.go:9: warming up\n"
	                  "BenchmarkPut-8   \tcache is warm\n"
	                  "     300\t  40 ns/op\n"
	                  "BenchmarkGet-8   \t     500\t  41 ns/op\n"
	                  "     700\t  99 ns/op\n"
	                  "--- BENCH: BenchmarkGet-8\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Put procs=8 n=300 40 ns/op\n"
	                     "benchmark  Get procs=8 n=500 41 ns/op\n");
}

static void events_of_go_test_are_put_together(void **state)
{
	read_text(*state,
	          "{\"Time\":\"2026-11-21T01:06:27Z\",\"Action\":\"start\",\"Package\":\"shop\"}\n"
	          "{\"Time\":\"2026-11-21T01:06:28Z\",\"Action\":\"output\",\"Package\":\"shop\","
	          "\"Test\":\"BenchmarkPut\",\"Output\":\"BenchmarkPut-8   \\t\"}\n"
	          "{\"Time\":\"2026-11-21T01:06:28Z\",\"Action\":\"output\",\"Package\":\"cart\","
	          "\"Test\":\"BenchmarkGet\",\"Output\":\"BenchmarkGet-8 \\t\"}\n"
	          "{\"Time\":\"2026-11-21T01:06:29Z\",\"Action\":\"output\",\"Package\":\"shop\","
	          "\"Test\":\"BenchmarkPut\",\"Output\":\"     200\\t 5000 ns/op\\n\"}\n"
	          "{\"Time\":\"2026-11-21T01:06:30Z\",\"Action\":\"output\",\"Package\":\"cart\","
	          "\"Test\":\"BenchmarkGet\",\"Output\":\" 300\\t 40 ns/op\"}\n");

	assert_facts(*state, "capture benchmark (json) time=2026-11-21T01:06:30Z\n"
	                     "benchmark shop Put procs=8 n=200 5000 ns/op\n"
	                     "benchmark cart Get procs=8 n=300 40 ns/op\n");
}

static void another_commit_is_another_capture(void **state)
{
	read_text(*state, "commit: abc\ncommit-time: 2026-11-21T01:06:27Z\n"
	                  "BenchmarkPut-8 1 5 ns/op\n"
	                  "commit: def\ndate: 2026-11-22T01:06:27Z\n"
	                  "BenchmarkPut-8 1 6 ns/op\n");

	assert_facts(*state, "capture benchmark time=2026-11-21T01:06:27Z build=abc\n"
	                     "benchmark  Put procs=8 n=1 5 ns/op\n"
	                     "capture benchmark time=2026-11-22T01:06:27Z build=def\n"
	                     "benchmark  Put procs=8 n=1 6 ns/op\n");
}

static void the_time_that_a_ci_service_puts_before_lines_is_cut(void **state)
{
	read_text(*state, "2026-11-21T01:06:27.1234567Z pkg: shop\n"
	                  "2026-11-21T01:06:28.1234567Z BenchmarkPut-8 1 5 ns/op\n");

	assert_facts(*state, "capture benchmark time=2026-11-21T01:06:28.123456700Z\n"
	                     "benchmark shop Put procs=8 n=1 5 ns/op\n");
}

static void values_that_are_not_finite_are_noted(void **state)
{
	read_text(*state, "BenchmarkPut-8 1 5 ns/op NaN x/op +Inf y/op 1e+06 z/op\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Put procs=8 n=1 5 ns/op\n"
	                     "benchmark  Put procs=8 n=1 1000000 z/op\n"
	                     "note 0 2 values left out: not finite\n");
}

static void what_follows_the_last_good_pair_is_passed_over(void **state)
{
	read_text(*state, "BenchmarkPut-8 10 5 ns/op 7 B/op oops, a log line\n"
	                  "Benchmarking is fun 5 6 ns/op\n"
	                  "Benchmark 5 6 ns/op\n"
	                  "Benchmarkbuild 5 6 text-bytes\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Put-8 procs=0 n=10 5 ns/op\n"
	                     "benchmark  Put-8 procs=0 n=10 7 B/op\n"
	                     "benchmark   procs=0 n=5 6 ns/op\n"
	                     "benchmark  build procs=0 n=5 6 text-bytes\n");
}

static void benchmarks_around_a_crash_or_a_trace_are_read(void **state)
{
	read_text(*state, "goos: linux\nBenchmarkPut-8 1 5 ns/op\n"
	                  "gc 1 @0.010s 2%: 0.01+1.0+0.02 ms clock, 0.02+0.1/0.2/0.3+0.04 ms cpu, "
	                  "4->5->2 MB, 5 MB goal, 2 P\n"
	                  "panic: oops\n\ngoroutine 1 [running]:\nmain.f()\n\t/f.go:1 +0x1\n");

	assert_fact(*state, "benchmark  Put procs=8 n=1 5 ns/op");
}

static void a_long_list_of_tests_without_results_is_refused(void **state)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_SQL);
	while (text.size < LL_PEEK_SIZE + 100)
		ll_buf_puts(&text, "=== RUN   TestNothingAtAll\n");
	assert_int_equal(ll_facts_read(*state, ll_buf_str(&text), "x", &err), LL_E_FORMAT);
	assert_string_equal(err.text, "no result of a benchmark");

	ll_buf_puts(&text, "BenchmarkPut-8 1 5 ns/op\n");
	ll_facts_clear(*state);
	assert_ok(ll_facts_read(*state, ll_buf_str(&text), "x", &err), &err);
	assert_fact(*state, "benchmark  Put procs=8 n=1 5 ns/op");
	ll_buf_done(&text);
}

static void results_that_a_page_indents_or_quotes_count(void **state)
{
	read_text(*state, "Before:\n\n    BenchmarkPut-8  200  5000 ns/op\n"
	                  "> BenchmarkGet-8  200  6000 ns/op\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Put procs=8 n=200 5000 ns/op\n"
	                     "benchmark  Get procs=8 n=200 6000 ns/op\n");
}

static void a_difference_is_no_unit(void **state)
{
	read_text(*state, "BenchmarkPut-8 5194 1272 -60.18%\nBenchmarkPut-8 5194 1272 1.02x\n"
	                  "BenchmarkGet-8 200 6000 ns/op 7 99%ile-ns\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Get procs=8 n=200 6000 ns/op\n"
	                     "benchmark  Get procs=8 n=200 7 99%ile-ns\n");
}

static void numbers_far_behind_their_name_are_its_own(void **state)
{
	read_text(*state, "\tgoos: linux\n\tpkg: example.com/shop/cart\n"
	                  "\tBenchmarkPut-4   \t\n"
	                  "\t==========\n"
	                  "\tget: 3276800    hit_rate: 60.91% \n"
	                  "\tVmHWM:\t113784 kB\n"
	                  "\t140.254s\n"
	                  "\t3276800\t     42802 ns/op\t      12807 hit/s\n"
	                  "\tPASS\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark example.com/shop/cart Put procs=4 n=3276800 42802 ns/op\n"
	                     "benchmark example.com/shop/cart Put procs=4 n=3276800 12807 hit/s\n");
}

static void results_in_a_comment_count(void **state)
{
	read_text(*state, "// BenchmarkPut-8 \t 200\t 5000 ns/op\n"
	                  "//BenchmarkGet-8 \t 300\t 40 ns/op\t 64 B/op // bytes of an entry\n");

	assert_facts(*state, "capture benchmark\n"
	                     "benchmark  Put procs=8 n=200 5000 ns/op\n"
	                     "benchmark  Get procs=8 n=300 40 ns/op\n"
	                     "benchmark  Get procs=8 n=300 64 B/op\n");
}

#define OTHER "note 0 results of the same benchmarks stand above, too: another set\n"

static void results_before_and_after_a_change_are_two_sets(void **state)
{
	static const char expected[] = "capture benchmark\n"
				       "benchmark shop Put procs=8 n=200 5000 ns/op\n"
				       "benchmark shop Put procs=8 n=200 5100 ns/op\n"
				       "capture benchmark\n"
				       "benchmark shop Get procs=8 n=300 40 ns/op\n"
				       "benchmark shop Put procs=8 n=900 900 ns/op\n" OTHER;

	read_text(*state, "Before:\n\n```\npkg: shop\nBenchmarkPut-8 200 5000 ns/op\n"
	                  "BenchmarkPut-8 200 5100 ns/op\nPASS\n```\n\nAfter:\n\n```\npkg: shop\n"
	                  "BenchmarkGet-8 300 40 ns/op\nBenchmarkPut-8 900 900 ns/op\n```\n");
	assert_facts(*state, expected);
	read_text(*state, "pkg: shop\n    BenchmarkPut-8 200 5000 ns/op\n"
	                  "    BenchmarkPut-8 200 5100 ns/op\n\n**With the patch:**\n\n"
	                  "    BenchmarkGet-8 300 40 ns/op\n    BenchmarkPut-8 900 900 ns/op\n");
	assert_facts(*state, expected);
}

static void the_words_of_two_sides_part_them(void **state)
{
	struct ll_facts *const facts = *state;

	read_text(facts, "Before:\nBenchmarkPut-8 200 5000 ns/op\nBenchmarkGet-8 200 50 ns/op\n"
	                 "**After**\nBenchmarkPut-8 200 4000 ns/op\nPASS\n");
	assert_int_equal(facts->count, 2);

	/* What a benchmark prints of itself does not. */
	read_text(facts, "BenchmarkPut-8 200 5000 ns/op\nloading after:\n"
	                 "BenchmarkPut-8 200 4000 ns/op\nPASS\n");
	assert_int_equal(facts->count, 1);
}

static void a_name_that_returns_is_a_repetition(void **state)
{
	struct ll_facts *const facts = *state;

	/* With -count=2 and what the benchmark prints, and a run that was appended. */
	read_text(facts, "goos: linux\npkg: shop\nBenchmarkPut-8 200 5000 ns/op\nserver ready:\n"
	                 "BenchmarkPut-8 200 5100 ns/op\nPASS\nok  \tshop\t0.3s\n"
	                 "goos: linux\npkg: shop\nBenchmarkPut-8 200 5200 ns/op\nPASS\n");
	assert_int_equal(facts->count, 1);

	/* Other benchmarks behind prose are of the same set. */
	read_text(facts, "BenchmarkPut-8 200 5000 ns/op\n\nand reading:\n\n"
	                 "BenchmarkGet-8 200 40 ns/op\n");
	assert_int_equal(facts->count, 1);
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_facts_set_up, ll_facts_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(each_unit_of_a_result_is_a_measurement),
		test(results_belong_to_the_package_named_before_them),
		test(a_suffix_that_all_share_is_the_number_of_processors),
		test(a_suffix_that_only_some_have_is_part_of_the_name),
		test(no_suffix_anywhere_means_one_processor),
		test(results_of_scripts_without_suffix_do_not_hide_the_processors),
		test(a_list_of_processor_counts_is_recognised),
		test(a_result_broken_by_logging_is_joined),
		test(events_of_go_test_are_put_together),
		test(another_commit_is_another_capture),
		test(results_before_and_after_a_change_are_two_sets),
		test(the_words_of_two_sides_part_them),
		test(a_name_that_returns_is_a_repetition),
		test(the_time_that_a_ci_service_puts_before_lines_is_cut),
		test(values_that_are_not_finite_are_noted),
		test(what_follows_the_last_good_pair_is_passed_over),
		test(benchmarks_around_a_crash_or_a_trace_are_read),
		test(a_long_list_of_tests_without_results_is_refused),
		test(results_that_a_page_indents_or_quotes_count),
		test(a_difference_is_no_unit),
		test(numbers_far_behind_their_name_are_its_own),
		test(results_in_a_comment_count),
	};

	return cmocka_run_group_tests_name("capture.fmt_bench", tests, NULL, NULL);
}
