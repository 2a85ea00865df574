/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real captures of strangers' programs, against totals that other programs computed from them:
 * ORACLE.tsv by an independent walker over the wire format and `go tool pprof`, ORACLE_TEXT.tsv by
 * counting lines.
 */
#include "corpus.h"
#include "facts.h"

#include <inttypes.h>

struct corpus {
	const char *path;
	struct ll_buf bytes;
	struct ll_facts facts;
	struct ll_error err;
	size_t failures; /* one file does not hide the others */
};

static int set_up(void **state)
{
	struct corpus *const corpus = ll_calloc(1, sizeof *corpus);

	corpus->path = ll_test_corpus();
	ll_buf_init(&corpus->bytes, LL_BUF_PAGE);
	ll_facts_init(&corpus->facts);
	*state = corpus;
	return 0;
}

static int tear_down(void **state)
{
	struct corpus *const corpus = *state;

	ll_buf_done(&corpus->bytes);
	ll_facts_done(&corpus->facts);
	free(corpus);
	return 0;
}

static struct ll_str base_name(struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');

	return ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1);
}

/* Reads a file of the corpus as a run would; what was said is in corpus->facts. */
static int read_capture(struct corpus *corpus, struct ll_str path)
{
	char name[512];

	(void)snprintf(name, sizeof name, "%.*s", LL_STR_ARG(base_name(path)));
	ll_corpus_read(corpus->path, path, &corpus->bytes);
	ll_facts_clear(&corpus->facts);
	ll_error_clear(&corpus->err);
	return ll_facts_unpack(&corpus->facts, ll_buf_str(&corpus->bytes), name, &ll_limits_default,
	                       NULL, &corpus->err);
}

static void complain(struct corpus *corpus, struct ll_str path, const char *what, int64_t expected,
                     int64_t seen)
{
	print_error("%.*s: %s should be %" PRId64 ", is %" PRId64 "\n", LL_STR_ARG(path), what,
	            expected, seen);
	corpus->failures++;
}

static void expect(struct corpus *corpus, struct ll_str path, const char *what, struct ll_str cell,
                   int64_t seen)
{
	int64_t expected;

	if (ll_str_to_i64(cell, &expected) && expected != seen)
		complain(corpus, path, what, expected, seen);
}

/* ------------------------------------------------------------------------ kinds */

/* What the manifest calls a capture, and the kinds that this may be. */
static const struct {
	const char *manifest;
	enum ll_kind kind, or_kind;
} kinds[] = {
	{"allocs-pb", LL_KIND_HEAP, LL_KIND_HEAP},
	{"heap-pb", LL_KIND_HEAP, LL_KIND_HEAP},
	{"heap-pb-jemalloc", LL_KIND_HEAP, LL_KIND_HEAP},
	{"heap-debug1", LL_KIND_HEAP, LL_KIND_HEAP},
	{"goroutine-pb", LL_KIND_GOROUTINE, LL_KIND_GOROUTINE},
	{"goroutine-debug1", LL_KIND_GOROUTINE, LL_KIND_GOROUTINE},
	{"goroutine-debug2", LL_KIND_GOROUTINE, LL_KIND_GOROUTINE},
	{"panic-or-sigquit", LL_KIND_GOROUTINE, LL_KIND_GOROUTINE},
	{"threadcreate-debug1", LL_KIND_THREADCREATE, LL_KIND_THREADCREATE},
	/* The two are told apart by their leaf functions, which the manifest did not look at. */
	{"block-pb", LL_KIND_BLOCK, LL_KIND_MUTEX},
	{"mutex-pb", LL_KIND_MUTEX, LL_KIND_MUTEX},
	/* Converters and eBPF profilers name their types otherwise: a profile of another kind. */
	{"cpu-pb", LL_KIND_CPU, LL_KIND_PROFILE},
	{"cpu-pb(nodejs)", LL_KIND_CPU, LL_KIND_PROFILE},
	{"fgprof-pb", LL_KIND_PROFILE, LL_KIND_PROFILE},
	{"other-pb", LL_KIND_PROFILE, LL_KIND_PROFILE},
	{"other-pb(nodejs)", LL_KIND_PROFILE, LL_KIND_PROFILE},
	{"expvar-json", LL_KIND_MEMSTATS, LL_KIND_MEMSTATS},
	{"gctrace", LL_KIND_GCTRACE, LL_KIND_GCTRACE},
	{"escape-log", LL_KIND_ESCAPE, LL_KIND_ESCAPE},
};

static void check_kind(struct corpus *corpus, size_t row, struct ll_str path)
{
	const int rc = read_capture(corpus, path);
	size_t count = corpus->facts.count;

	if (rc < 0) {
		print_error("%.*s: rejected: %s\n", LL_STR_ARG(path), corpus->err.text);
		corpus->failures++;
		return;
	}
	if (count > LL_FACTS_MAX)
		count = LL_FACTS_MAX;
	for (size_t i = 0; i < count; i++) {
		const enum ll_kind kind = corpus->facts.captures[i].kind;

		if (kind != kinds[row].kind && kind != kinds[row].or_kind) {
			print_error("%.*s: a %s, not a %s\n", LL_STR_ARG(path), ll_kind_name(kind),
			            kinds[row].manifest);
			corpus->failures++;
		}
	}
}

/* The row of what the manifest calls a capture, or how many rows there are. */
static size_t row_of(struct ll_str manifest_kind)
{
	size_t row = 0;

	while (row < LL_COUNT(kinds) && !ll_str_equal(manifest_kind, ll_str(kinds[row].manifest)))
		row++;
	return row;
}

static void every_capture_has_the_kind_of_the_manifest(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table manifest;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	corpus->facts.is_quiet = true;
	ll_table_open(&manifest, corpus->path, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const size_t row = row_of(ll_table_cell(&manifest, "kind"));

		if (row == LL_COUNT(kinds))
			continue;
		check_kind(corpus, row, ll_table_cell(&manifest, "local_path"));
		seen++;
	}
	ll_table_done(&manifest);

	assert_true(seen > 300);
	assert_int_equal(corpus->failures, 0);
}

/* Kinds that are no captures, or none that is read yet. */
static const char *const strangers[] = {
	"benchstat-output", "build-log-no-goroutines",
	"cgroup-file",      "crash-report-no-goroutines",
	"fuzz-seed",        "heap-legacy-jemalloc",
	"oom-kernel-log",   "pprof-legacy",
	"pprof-raw-text",   "proc-meminfo",
	"proc-other",       "proc-smaps",
	"proc-status",
};

static void what_is_no_capture_is_rejected_with_one_line_of_reason(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table manifest;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	ll_table_open(&manifest, corpus->path, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const struct ll_str kind = ll_table_cell(&manifest, "kind");
		const struct ll_str path = ll_table_cell(&manifest, "local_path");

		for (size_t i = 0; i < LL_COUNT(strangers); i++) {
			if (!ll_str_equal(kind, ll_str(strangers[i])))
				continue;
			seen++;
			if (read_capture(corpus, path) != LL_E_FORMAT ||
			    corpus->err.text[0] == '\0' || strchr(corpus->err.text, '\n'))
				complain(corpus, path, "code of the rejection", LL_E_FORMAT,
				         corpus->err.code);
			if (corpus->facts.count > 0)
				complain(corpus, path, "number of captures", 0,
				         (int64_t)corpus->facts.count);
		}
	}
	ll_table_done(&manifest);

	assert_true(seen > 100);
	assert_int_equal(corpus->failures, 0);
}

static void no_file_of_any_kind_does_harm(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table manifest;

	if (!corpus->path)
		skip();
	corpus->facts.is_quiet = true;
	ll_table_open(&manifest, corpus->path, "MANIFEST.tsv");
	while (ll_table_next(&manifest)) {
		const struct ll_str path = ll_table_cell(&manifest, "local_path");
		const int rc = read_capture(corpus, path);

		if (rc < 0 && corpus->err.text[0] == '\0')
			complain(corpus, path, "length of the reason", 1, 0);
		if (rc == LL_OK && corpus->facts.count == 0)
			complain(corpus, path, "number of captures", 1, 0);
	}
	ll_table_done(&manifest);

	assert_int_equal(corpus->failures, 0);
}

/* ----------------------------------------------------------------------- totals */

static bool is_goroutines(const struct ll_capture_facts *capture)
{
	return capture->kind == LL_KIND_GOROUTINE || capture->kind == LL_KIND_GOROUTINELEAK;
}

/* "type/unit;type/unit" and "12;34" against the capture's columns. */
static void check_totals(struct corpus *corpus, struct ll_str path,
                         const struct ll_capture_facts *capture, const struct ll_table *oracle)
{
	struct ll_str types = ll_table_cell(oracle, "sample_types");
	struct ll_str totals = ll_table_cell(oracle, "totals");

	for (size_t i = 0; i < capture->type_count; i++) {
		struct ll_str type = ll_str_split(&types, ';');
		const int64_t total =
			is_goroutines(capture) ? (int64_t)capture->goroutines : capture->totals[i];

		expect(corpus, path, "a total", ll_str_split(&totals, ';'), total);
		if (!ll_str_equal(ll_str_split(&type, '/'), capture->types[i].type) ||
		    !ll_str_equal(type, capture->types[i].unit))
			complain(corpus, path, "a sample type", 1, 0);
	}
	if (types.size > 0)
		complain(corpus, path, "number of sample types", (int64_t)capture->type_count + 1,
		         (int64_t)capture->type_count);
}

static void every_protobuf_profile_has_the_oracles_numbers(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	corpus->facts.is_quiet = true;
	ll_table_open(&oracle, corpus->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_capture_facts *const capture = &corpus->facts.captures[0];

		if (!ll_str_equal(ll_table_cell(&oracle, "source"), ll_str("pb")))
			continue;
		seen++;
		if (read_capture(corpus, path) < 0 || corpus->facts.count != 1) {
			complain(corpus, path, "number of captures", 1,
			         (int64_t)corpus->facts.count);
			continue;
		}
		check_totals(corpus, path, capture, &oracle);
		expect(corpus, path, "number of samples", ll_table_cell(&oracle, "n_samples"),
		       (int64_t)(capture->samples + capture->groups));
		expect(corpus, path, "period", ll_table_cell(&oracle, "period"), capture->period);
		expect(corpus, path, "duration", ll_table_cell(&oracle, "duration_nanos"),
		       capture->duration_ns);
		expect(corpus, path, "time", ll_table_cell(&oracle, "time_nanos"),
		       capture->time_ns == LL_TIME_NONE ? 0 : capture->time_ns);
		if (corpus->facts.has_symbols)
			expect(corpus, path, "number of locations",
			       ll_table_cell(&oracle, "n_locations"),
			       (int64_t)corpus->facts.symbols.location_count);
	}
	ll_table_done(&oracle);

	assert_true(seen > 200);
	assert_int_equal(corpus->failures, 0);
}

/*
 * The text forms are raw counts that pprof scales; ours must give the same estimates to the last
 * object. One file differs, and both are right: gobench.heap has a record without any address.
 * pprof drops samples that have no stack; we keep them, because their memory is in use all the
 * same.
 */
static void every_text_profile_has_pprofs_numbers(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	corpus->facts.is_quiet = true;
	ll_table_open(&oracle, corpus->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_str kind = ll_table_cell(&oracle, "kind");

		if (!ll_str_equal(ll_table_cell(&oracle, "source"), ll_str("legacy")) ||
		    ll_str_ends(path, "/gobench.heap") || ll_str_ends(kind, "-legacy") ||
		    (ll_str_starts(kind, "contention") && !ll_str_ends(path, "/mutex.out")))
			continue;
		seen++;
		if (read_capture(corpus, path) < 0 || corpus->facts.count != 1) {
			complain(corpus, path, "number of captures", 1,
			         (int64_t)corpus->facts.count);
			continue;
		}
		check_totals(corpus, path, &corpus->facts.captures[0], &oracle);
	}
	ll_table_done(&oracle);

	assert_true(seen >= 12);
	assert_int_equal(corpus->failures, 0);
}

static void a_record_without_a_stack_is_kept(void **state)
{
	struct corpus *const corpus = *state;
	const struct ll_capture_facts *const capture = &corpus->facts.captures[0];
	const char *stackless;
	struct ll_str values;
	struct ll_table oracle;

	if (!corpus->path)
		skip();
	ll_table_open(&oracle, corpus->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		if (ll_str_ends(ll_table_cell(&oracle, "path"), "/gobench.heap"))
			break;
	}
	assert_int_equal(read_capture(corpus, ll_table_cell(&oracle, "path")), LL_OK);
	stackless = strstr(corpus->facts.text.data, "(no stack) | ");
	assert_non_null(stackless);
	assert_null(strstr(stackless + 1, "(no stack) | "));

	/* pprof's totals and this one record make ours. */
	values = ll_str(stackless + strlen("(no stack) | "));
	values = ll_str_first(values, ll_str_index(values, '\n'));
	for (struct ll_str totals = ll_table_cell(&oracle, "totals"); totals.data;) {
		static size_t column;
		int64_t total, value;

		assert_true(ll_str_to_i64(ll_str_split(&totals, ';'), &total));
		assert_true(ll_str_to_i64(ll_str_split(&values, ' '), &value));
		assert_int_equal(capture->totals[column++], total + value);
	}
	ll_table_done(&oracle);
}

/* -------------------------------------------------------------------- goroutines */

/* Goroutines in a state, over all dumps of the file, read off the transcript. */
static int64_t goroutines_in_state(const struct corpus *corpus, struct ll_str wanted)
{
	struct ll_str rest = ll_buf_str(&corpus->facts.text);
	int64_t count = 0;

	while (rest.data) {
		struct ll_str line = ll_str_split(&rest, '\n');
		uint64_t number;
		size_t digits;

		if (!ll_str_skip(&line, "goroutines "))
			continue;
		digits = ll_str_lead_u64(line, &number);
		line = ll_str_from(line, digits + 1);
		if (ll_str_equal(ll_str_first(line, wanted.size), wanted) &&
		    line.size > wanted.size && memchr(",:", line.data[wanted.size], 2))
			count += (int64_t)number;
	}
	return count;
}

/* {"states": {"IO wait": 3, "running": 1}} */
static void check_states(struct corpus *corpus, struct ll_str path, struct ll_str json)
{
	const size_t at = ll_str_find(json, "\"states\": {");
	struct ll_str states;

	if (at == SIZE_MAX)
		return;
	states = ll_str_from(json, at + strlen("\"states\": {"));
	states = ll_str_first(states, ll_str_index(states, '}'));
	while (states.size > 0) {
		const struct ll_str state = ll_str_first(
			ll_str_from(states, 1), ll_str_find(ll_str_from(states, 1), "\": "));
		uint64_t number = 0;

		states = ll_str_from(states, state.size + 4);
		states = ll_str_from(states, ll_str_lead_u64(states, &number));
		(void)ll_str_skip(&states, ", ");
		if (goroutines_in_state(corpus, state) != (int64_t)number)
			complain(corpus, path, "goroutines in one state", (int64_t)number,
			         goroutines_in_state(corpus, state));
	}
}

static void every_goroutine_of_every_dump_is_counted_in_its_state(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	ll_table_open(&oracle, corpus->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_str kind = ll_table_cell(&oracle, "kind");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		uint64_t goroutines = 0;

		if (!ll_str_equal(kind, ll_str("goroutine-debug2")) &&
		    !ll_str_equal(kind, ll_str("panic-or-sigquit")))
			continue;
		seen++;
		if (read_capture(corpus, path) < 0) {
			print_error("%.*s: %s\n", LL_STR_ARG(path), corpus->err.text);
			corpus->failures++;
			continue;
		}
		for (size_t i = 0; i < corpus->facts.count; i++)
			goroutines += corpus->facts.captures[i].goroutines;
		if (ll_corpus_json_number(json, "goroutine_headers_any_prefix") !=
		    (int64_t)goroutines)
			complain(corpus, path, "number of goroutines",
			         ll_corpus_json_number(json, "goroutine_headers_any_prefix"),
			         (int64_t)goroutines);
		check_states(corpus, path, json);
	}
	ll_table_done(&oracle);

	assert_true(seen > 50);
	assert_int_equal(corpus->failures, 0);
}

/* One log can hold several processes (the go command, compilers, the program): sums over all. */
static void lines_of_other_texts_are_counted_alike(void **state)
{
	struct corpus *const corpus = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!corpus->path)
		skip();
	ll_table_open(&oracle, corpus->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str kind = ll_table_cell(&oracle, "kind");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		uint64_t goroutines = 0, cycles = 0;

		if (!ll_str_equal(kind, ll_str("gctrace")) &&
		    !ll_str_equal(kind, ll_str("goroutine-debug1")))
			continue;
		seen++;
		assert_int_equal(read_capture(corpus, ll_table_cell(&oracle, "path")), LL_OK);
		for (size_t i = 0; i < corpus->facts.count; i++) {
			goroutines += corpus->facts.captures[i].goroutines;
			cycles += corpus->facts.captures[i].cycles;
		}
		if (ll_str_equal(kind, ll_str("gctrace")))
			assert_int_equal(cycles, ll_corpus_json_number(json, "gc_lines"));
		else
			assert_int_equal(goroutines, ll_corpus_json_number(json, "sum_counts"));
	}
	ll_table_done(&oracle);

	assert_true(seen >= 5);
}

#define test(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_capture_has_the_kind_of_the_manifest),
		test(what_is_no_capture_is_rejected_with_one_line_of_reason),
		test(no_file_of_any_kind_does_harm),
		test(every_protobuf_profile_has_the_oracles_numbers),
		test(every_text_profile_has_pprofs_numbers),
		test(a_record_without_a_stack_is_kept),
		test(every_goroutine_of_every_dump_is_counted_in_its_state),
		test(lines_of_other_texts_are_counted_alike),
	};

	return cmocka_run_group_tests_name("capture.corpus_pprof", tests, NULL, NULL);
}
