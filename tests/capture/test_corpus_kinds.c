/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every file of the corpus is found to be what its manifest says it is, or is rejected with the
 * reason that fits; none does harm and none takes long. Totals are test_corpus_pprof.c's business,
 * but for those of the texts that are counted here.
 */
#include "corpus_case.h"

/* A file that is read has one of two kinds; one that is not has a reason with these words in it. */
struct expected {
	const char *manifest; /* kind of the manifest */
	const char *path_end; /* for single files, before the row of their kind; NULL: all others */
	enum ll_kind kind, or_kind;
	const char *reason; /* NULL: it is read */
};

#define READ(manifest, kind)                                                                       \
	{                                                                                          \
		manifest, NULL, LL_KIND_##kind, LL_KIND_##kind, NULL                               \
	}
#define EITHER(manifest, kind, other)                                                              \
	{                                                                                          \
		manifest, NULL, LL_KIND_##kind, LL_KIND_##other, NULL                              \
	}
#define ONE(manifest, end, kind)                                                                   \
	{                                                                                          \
		manifest, end, LL_KIND_##kind, LL_KIND_##kind, NULL                                \
	}
#define REFUSED(manifest, end, text)                                                               \
	{                                                                                          \
		manifest, end, LL_KIND_COUNT, LL_KIND_COUNT, text                                  \
	}

/* clang-format off */
static const struct expected rows[] = {
	READ("allocs-pb", HEAP),
	READ("heap-pb", HEAP),
	READ("heap-pb-jemalloc", HEAP),
	READ("heap-debug1", HEAP),
	READ("goroutine-pb", GOROUTINE),
	READ("goroutine-debug1", GOROUTINE),
	READ("goroutine-debug2", GOROUTINE),
	READ("panic-or-sigquit", GOROUTINE),
	READ("threadcreate-debug1", THREADCREATE),
	/* The two are told apart by their leaf functions, which the manifest did not look at. */
	EITHER("block-pb", BLOCK, MUTEX),
	READ("mutex-pb", MUTEX),
	/* Converters and eBPF profilers name their types otherwise: a profile of another kind. */
	EITHER("cpu-pb", CPU, PROFILE),
	EITHER("cpu-pb(nodejs)", CPU, PROFILE),
	READ("fgprof-pb", PROFILE),
	READ("other-pb", PROFILE),
	READ("other-pb(nodejs)", PROFILE),
	READ("expvar-json", MEMSTATS),
	READ("gctrace", GCTRACE),
	READ("escape-log", ESCAPE),
	READ("benchmem", BENCHMARK),
	REFUSED("benchstat-output", NULL, "benchstat"),
	READ("proc-status", PROCESS),
	READ("proc-smaps", PROCESS),
	READ("proc-meminfo", HOST),
	REFUSED("proc-other", "/mountinfo", "nothing of memory"),
	REFUSED("proc-other", "/io", "nothing of memory"),
	REFUSED("proc-other", "/loadavg", "nothing of memory"),
	READ("proc-other", PROCESS),
	/* Made up to be broken: there is no number in it. */
	REFUSED("cgroup-file", "/memory.use_hierarchy", "without a number"),
	/* Among the cgroup's files, but the machine's own. */
	ONE("cgroup-file", "/proc/pressure/memory", HOST),
	READ("cgroup-file", CGROUP),
	READ("prometheus-text", MEMSTATS),
	/* Of crashes of kernels and emulators and of races only goroutines count. */
	READ("race-report", GOROUTINE),
	REFUSED("crash-report-no-goroutines", NULL, " in it"),
	REFUSED("build-log-no-goroutines", NULL, "a build or test log"),
	READ("oom-kernel-log", KILL),
	{"markdown-with-captures", "/example.md", LL_KIND_HEAP, LL_KIND_GOROUTINE, NULL},
	READ("markdown-with-captures", GCTRACE),
	REFUSED("fuzz-seed", "/empty", "empty file"),
	REFUSED("fuzz-seed", NULL, "without a sample"),
	/* C++ and Java. */
	ONE("contention-debug1", "/mutex.out", MUTEX),
	READ("contention-debug1", BLOCK),
	ONE("pprof-legacy", ".cpu", CPU),
	ONE("pprof-legacy", ".heap", HEAP),
	READ("pprof-legacy", PROFILE),
	ONE("pprof-raw-text", ".cpu.string", CPU),
	ONE("pprof-raw-text", ".heap.string", HEAP),
	ONE("pprof-raw-text", ".growth.string", HEAP),
	ONE("pprof-raw-text", ".contention.string", BLOCK),
	ONE("pprof-raw-text", "/go.godoc.thread.string", THREADCREATE),
	READ("pprof-raw-text", PROFILE),
	READ("heap-legacy-jemalloc", HEAP),
};
/* clang-format on */

static const struct expected *find_row(struct ll_str kind, struct ll_str path)
{
	for (size_t i = 0; i < LL_COUNT(rows); i++) {
		if (ll_str_equal(kind, ll_str(rows[i].manifest)) &&
		    (!rows[i].path_end || ll_str_ends(path, rows[i].path_end)))
			return &rows[i];
	}
	return NULL;
}

static void check_rejected(struct ll_corpus_case *test, const struct expected *row,
                           struct ll_str path, int rc)
{
	if (rc == LL_E_FORMAT && strstr(test->err.text, row->reason) && test->facts.count == 0)
		return;
	print_error("%.*s: should be rejected for '%s', is: %s\n", LL_STR_ARG(path), row->reason,
	            rc < 0 ? test->err.text : "read");
	test->failures++;
}

/* Files that hold captures of another kind, too: a crash of benchmarks, remarks of a build. */
static bool holds_too(struct ll_str path, enum ll_kind kind)
{
	static const struct {
		const char *path;
		enum ll_kind kind;
	} others[] = {
		{"golang__perf/cmd/benchseries/testdata/even/", LL_KIND_GOROUTINE},
		{"golang__build/internal/logparser/testdata/", LL_KIND_ESCAPE},
		{"mosn__holmes/doc/example.md", LL_KIND_THREADCREATE},
		{"gocn__translator/2023/w27_Understanding_Allocations_in_Go.md", LL_KIND_ESCAPE},
	};

	for (size_t i = 0; i < LL_COUNT(others); i++) {
		if (ll_str_starts(path, others[i].path) && kind == others[i].kind)
			return true;
	}
	return false;
}

static void check_read(struct ll_corpus_case *test, const struct expected *row, struct ll_str path,
                       int rc)
{
	bool is_found = false;
	const size_t count = test->facts.count < LL_FACTS_MAX ? test->facts.count : LL_FACTS_MAX;

	if (rc < 0 || count == 0) {
		print_error("%.*s: a %s, but: %s\n", LL_STR_ARG(path), row->manifest,
		            rc < 0 ? test->err.text : "no capture");
		test->failures++;
	}
	for (size_t i = 0; rc >= 0 && i < count; i++) {
		const enum ll_kind kind = test->facts.captures[i].kind;

		is_found |= kind == row->kind || kind == row->or_kind;
		if (kind == row->kind || kind == row->or_kind || holds_too(path, kind))
			continue;
		print_error("%.*s: a %s, not a %s\n", LL_STR_ARG(path), ll_kind_name(kind),
		            row->manifest);
		test->failures++;
	}
	if (rc >= 0 && count > 0 && !is_found) {
		print_error("%.*s: no %s\n", LL_STR_ARG(path), row->manifest);
		test->failures++;
	}
}

static void every_file_is_what_the_manifest_says_or_is_rejected(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table manifest;
	size_t seen = 0;

	if (!test->path)
		skip();
	test->facts.is_quiet = true;
	ll_table_open(&manifest, test->path, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const struct ll_str path = ll_table_cell(&manifest, "local_path");
		const struct ll_str kind = ll_table_cell(&manifest, "kind");
		const struct expected *const row = find_row(kind, path);
		const int rc = ll_corpus_capture(test, path);

		seen++;
		if (rc < 0 && (test->err.text[0] == '\0' || strchr(test->err.text, '\n')))
			ll_corpus_complain(test, path, "lines of the reason", 1, 0);
		if (!row) {
			print_error("%.*s: no row for a %.*s, which is: %s\n", LL_STR_ARG(path),
			            LL_STR_ARG(kind),
			            rc < 0 ? test->err.text
			                   : ll_kind_name(test->facts.captures[0].kind));
			test->failures++;
		} else if (row->reason) {
			check_rejected(test, row, path, rc);
		} else {
			check_read(test, row, path, rc);
		}
	}
	ll_table_done(&manifest);

	assert_true(seen > 400);
	assert_int_equal(test->failures, 0);
}

/* ----------------------------------------------------------------- benchmarks */

/* Fields of a line, between blanks. */
static size_t count_fields(struct ll_str line)
{
	size_t count = 0;

	for (size_t i = 0; i < line.size; i++) {
		const bool is_blank = memchr(" \t\r", line.data[i], 3) != NULL;
		const bool was_blank = i == 0 || memchr(" \t\r", line.data[i - 1], 3) != NULL;

		count += !is_blank && was_blank;
	}
	return count;
}

/* Results as the oracle counts them (lines), and the values in them. */
static void count_results(struct ll_str text, int64_t *ret_results, int64_t *ret_values,
                          int64_t *ret_allocs)
{
	*ret_results = 0;
	*ret_values = 0;
	*ret_allocs = 0;
	while (text.size > 0) {
		const struct ll_str line = ll_str_split(&text, '\n');

		/* Prose can begin with the word, too. */
		if (!ll_str_starts(line, "Benchmark") || count_fields(line) % 2 != 0)
			continue;
		(*ret_results)++;
		*ret_values += (int64_t)count_fields(line) / 2 - 1;
		*ret_allocs += ll_str_find(line, " allocs/op") != SIZE_MAX;
	}
}

static int64_t count_values(const struct ll_facts *facts)
{
	int64_t count = 0;

	for (size_t i = 0; i < facts->count; i++)
		count += (int64_t)facts->captures[i].benchmarks;
	return count;
}

static void every_result_of_every_benchmark_is_counted(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	test->facts.is_quiet = true;
	ll_table_open(&oracle, test->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		int64_t results, values, allocs;

		if (!ll_str_equal(ll_table_cell(&oracle, "kind"), ll_str("benchmem")))
			continue;
		seen++;
		assert_int_equal(ll_corpus_capture(test, path), LL_OK);
		count_results(ll_buf_str(&test->bytes), &results, &values, &allocs);
		ll_corpus_expect_number(test, path, json, "bench_lines", results);
		ll_corpus_expect_number(test, path, json, "with_allocs", allocs);
		if (values != count_values(&test->facts))
			ll_corpus_complain(test, path, "number of values", values,
			                   count_values(&test->facts));
	}
	ll_table_done(&oracle);

	assert_int_equal(seen, 16);
	assert_int_equal(test->failures, 0);
}

/* ----------------------------------------------------------------- escape log */

static size_t count_lines(const struct ll_facts *facts, const char *part)
{
	struct ll_str rest = ll_buf_str(&facts->text);
	size_t count = 0;

	while (rest.size > 0)
		count += ll_str_find(ll_str_split(&rest, '\n'), part) != SIZE_MAX;
	return count;
}

/*
 * The oracle counts substrings of the whole post: of its 14 "escapes to heap" seven head the
 * explanations of -m=2, one is quoted in a sentence, and one repeats what is told by "moved to
 * heap".
 */
static void remarks_of_the_compiler_are_counted_once(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	ll_table_open(&oracle, test->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");

		if (!ll_str_equal(ll_table_cell(&oracle, "kind"), ll_str("escape-log")))
			continue;
		seen++;
		assert_int_equal(ll_corpus_capture(test, path), LL_OK);
		ll_corpus_expect_number(
			test, path, json, "moved",
			(int64_t)count_lines(&test->facts, " moved moved to heap: "));
		ll_corpus_expect_number(test, path, json, "noescape",
		                        (int64_t)count_lines(&test->facts, " does not escape"));
		assert_int_equal(count_lines(&test->facts, " escapes to heap"), 5);
	}
	ll_table_done(&oracle);

	assert_int_equal(seen, 1);
	assert_int_equal(test->failures, 0);
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_corpus_set_up, ll_corpus_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_file_is_what_the_manifest_says_or_is_rejected),
		test(every_result_of_every_benchmark_is_counted),
		test(remarks_of_the_compiler_are_counted_once),
	};

	return cmocka_run_group_tests_name("capture.corpus_kinds", tests, NULL, NULL);
}
