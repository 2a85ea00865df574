/* SPDX-License-Identifier: Apache-2.0 */
/* test_bench_compare.c - what two files of benchmark results are said to differ in. */
#include "captures.h"
#include "support.h"

#include <leakledger/bench.h>

#include <math.h>

struct bench_test {
	char *scratch;
	struct ll_bench *bench;
	const struct ll_bench_row *rows;
	size_t count;
};

static int set_up(void **state)
{
	struct bench_test *const t = ll_calloc(1, sizeof *t);

	t->scratch = ll_test_scratch();
	t->bench = ll_bench_new();
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct bench_test *const t = *state;

	ll_bench_free(t->bench);
	ll_test_scratch_done(t->scratch);
	free(t);
	return 0;
}

static void add(struct bench_test *t, enum ll_bench_side side, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;
	char *const path = ll_test_write(t->scratch, side == LL_BENCH_OLDER ? "old.txt" : "new.txt",
	                                 ll_str(text));

	assert_ok(ll_bench_add_file(t->bench, side, path, &err), &err);
	free(path);
}

/* `lines` results of BenchmarkPut-8 with bytes that rise by one from `bytes`. */
static void add_bytes(struct bench_test *t, enum ll_bench_side side, int lines, int bytes)
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_MESSAGE);
	ll_buf_puts(&text, "pkg: example.com/shop\n");
	for (int i = 0; i < lines; i++)
		ll_buf_printf(&text, "BenchmarkPut-8 100 50 ns/op %d B/op\n", bytes + i);
	add(t, side, text.data);
	ll_buf_done(&text);
}

static const struct ll_bench_row *compare(struct bench_test *t, const char *unit)
{
	const struct ll_bench_options options = {.least_effect = -1};

	t->rows = ll_bench_compare(t->bench, &options, &t->count);
	for (size_t i = 0; i < t->count; i++) {
		if (ll_str_equal(t->rows[i].unit, ll_str(unit)))
			return &t->rows[i];
	}
	fail_msg("no row of %s", unit);
	return NULL;
}

static void assert_verdict(const struct ll_bench_row *row, const char *verdict)
{
	assert_string_equal(ll_bench_verdict_name(row->verdict), verdict);
}

static void more_bytes_in_every_run_are_worse(void **state)
{
	struct bench_test *const t = *state;
	const struct ll_bench_row *row;

	add_bytes(t, LL_BENCH_OLDER, 5, 100);
	add_bytes(t, LL_BENCH_NEWER, 5, 150);

	row = compare(t, "B/op");

	assert_verdict(row, "worse");
	assert_true(ll_str_equal(row->package, ll_str("example.com/shop")));
	assert_true(ll_str_equal(row->name, ll_str("Put")));
	assert_int_equal(row->procs, 8);
	assert_int_equal(row->older.count, 5);
	assert_true(fabs(row->change - 50.0 / 102) < 1e-12);
	assert_true(fabs(row->p - 2.0 / 252) < 1e-12);
}

static void fewer_bytes_are_better(void **state)
{
	struct bench_test *const t = *state;

	add_bytes(t, LL_BENCH_OLDER, 4, 150);
	add_bytes(t, LL_BENCH_NEWER, 4, 100);

	assert_verdict(compare(t, "B/op"), "better");
	assert_verdict(compare(t, "ns/op"), "same");
}

static void more_megabytes_in_a_second_are_better(void **state)
{
	struct bench_test *const t = *state;

	add(t, LL_BENCH_OLDER,
	    "BenchmarkRead 1 5 ns/op 100 MB/s\nBenchmarkRead 1 5 ns/op 101 MB/s\n"
	    "BenchmarkRead 1 5 ns/op 102 MB/s\nBenchmarkRead 1 5 ns/op 103 MB/s\n");
	add(t, LL_BENCH_NEWER,
	    "BenchmarkRead 1 5 ns/op 200 MB/s\nBenchmarkRead 1 5 ns/op 201 MB/s\n"
	    "BenchmarkRead 1 5 ns/op 202 MB/s\nBenchmarkRead 1 5 ns/op 203 MB/s\n");

	assert_verdict(compare(t, "MB/s"), "better");
}

static void a_certain_change_below_the_least_effect_is_none(void **state)
{
	struct bench_test *const t = *state;
	const struct ll_bench_options strict = {.least_effect = 0.01};

	add_bytes(t, LL_BENCH_OLDER, 6, 1000);
	add_bytes(t, LL_BENCH_NEWER, 6, 1100);

	assert_verdict(compare(t, "B/op"), "same");
	t->rows = ll_bench_compare(t->bench, &strict, &t->count);
	assert_verdict(&t->rows[0], "worse");
}

static void three_results_of_a_side_are_too_few(void **state)
{
	struct bench_test *const t = *state;

	add_bytes(t, LL_BENCH_OLDER, 3, 100);
	add_bytes(t, LL_BENCH_NEWER, 10, 900);

	assert_verdict(compare(t, "B/op"), "too-few");
}

static void first_allocations_are_worse_though_no_ratio_says_so(void **state)
{
	struct bench_test *const t = *state;
	const struct ll_bench_row *row;

	add(t, LL_BENCH_OLDER,
	    "BenchmarkA 1 5 ns/op 0 allocs/op\nBenchmarkA 1 5 ns/op 0 allocs/op\n"
	    "BenchmarkA 1 5 ns/op 0 allocs/op\nBenchmarkA 1 5 ns/op 0 allocs/op\n");
	add(t, LL_BENCH_NEWER,
	    "BenchmarkA 1 5 ns/op 1 allocs/op\nBenchmarkA 1 5 ns/op 1 allocs/op\n"
	    "BenchmarkA 1 5 ns/op 1 allocs/op\nBenchmarkA 1 5 ns/op 1 allocs/op\n");

	row = compare(t, "allocs/op");

	assert_verdict(row, "worse");
	assert_false(row->has_change);
}

static void what_only_one_side_has_is_gone_or_new(void **state)
{
	struct bench_test *const t = *state;

	add(t, LL_BENCH_OLDER, "BenchmarkOld 1 5 old-ns/op\n");
	add(t, LL_BENCH_NEWER, "BenchmarkNew 1 5 new-ns/op\n");

	assert_verdict(compare(t, "old-ns/op"), "gone");
	assert_verdict(compare(t, "new-ns/op"), "new");
}

static void files_of_one_side_add_up(void **state)
{
	struct bench_test *const t = *state;

	add_bytes(t, LL_BENCH_OLDER, 2, 100);
	add_bytes(t, LL_BENCH_OLDER, 2, 102);
	add_bytes(t, LL_BENCH_NEWER, 4, 500);

	assert_int_equal(compare(t, "B/op")->older.count, 4);
	assert_verdict(compare(t, "B/op"), "worse");
}

static void the_order_of_results_does_not_matter(void **state)
{
	struct bench_test *const t = *state;
	struct ll_bench *const other = ll_bench_new();
	const struct ll_bench_options options = {.least_effect = -1};
	struct ll_bench *const first = t->bench;
	size_t count;
	const struct ll_bench_row *rows;

	add(t, LL_BENCH_OLDER, "pkg: a\nBenchmarkA 1 1 ns/op\nBenchmarkB 1 2 ns/op\n");
	t->bench = other;
	add(t, LL_BENCH_OLDER, "pkg: a\nBenchmarkB 1 2 ns/op\nBenchmarkA 1 1 ns/op\n");
	t->bench = first;

	(void)compare(t, "ns/op");
	rows = ll_bench_compare(other, &options, &count);

	assert_int_equal(count, 2);
	assert_int_equal(t->count, 2);
	for (size_t i = 0; i < count; i++)
		assert_true(ll_str_equal(rows[i].name, t->rows[i].name));
	ll_bench_free(other);
}

static void a_compressed_file_is_read(void **state)
{
	struct bench_test *const t = *state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf packed;
	char *path;

	ll_buf_init(&packed, LL_BUF_MESSAGE);
	test_put_gzip(&packed, ll_str("BenchmarkA 1 1 ns/op\n"));
	path = ll_test_write(t->scratch, "old.txt.gz", ll_buf_str(&packed));

	assert_ok(ll_bench_add_file(t->bench, LL_BENCH_OLDER, path, &err), &err);

	assert_int_equal(compare(t, "ns/op")->older.count, 1);
	free(path);
	ll_buf_done(&packed);
}

static void a_file_that_is_none_or_not_there_is_told(void **state)
{
	struct bench_test *const t = *state;
	struct ll_error err = LL_ERROR_INIT;
	char *const dump = ll_test_write(
		t->scratch, "dump.txt",
		ll_str("goroutine 1 [running]:\nmain.main()\n\t/src/main.go:1 +0x1\n"));

	assert_int_equal(ll_bench_add_file(t->bench, LL_BENCH_OLDER, dump, &err), LL_E_FORMAT);
	assert_non_null(strstr(err.text, "holds no result of a benchmark"));
	ll_error_clear(&err);
	assert_true(ll_bench_add_file(t->bench, LL_BENCH_OLDER, "/nowhere/x", &err) < 0);
	assert_non_null(strstr(err.text, "reading '/nowhere/x'"));
	free(dump);
}

static void nothing_compared_is_no_rows(void **state)
{
	struct bench_test *const t = *state;
	const struct ll_bench_options options = {.least_effect = -1};
	size_t count = 7;

	(void)ll_bench_compare(t->bench, &options, &count);

	assert_int_equal(count, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(more_bytes_in_every_run_are_worse),
		TEST(fewer_bytes_are_better),
		TEST(more_megabytes_in_a_second_are_better),
		TEST(a_certain_change_below_the_least_effect_is_none),
		TEST(three_results_of_a_side_are_too_few),
		TEST(first_allocations_are_worse_though_no_ratio_says_so),
		TEST(what_only_one_side_has_is_gone_or_new),
		TEST(files_of_one_side_add_up),
		TEST(the_order_of_results_does_not_matter),
		TEST(a_compressed_file_is_read),
		TEST(a_file_that_is_none_or_not_there_is_told),
		TEST(nothing_compared_is_no_rows),
	};

	return cmocka_run_group_tests_name("analyze.bench_compare", tests, NULL, NULL);
}
