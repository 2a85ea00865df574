/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Real captures of strangers' programs, against totals that other programs computed from them:
 * ORACLE.tsv by an independent walker over the wire format and `go tool pprof`, ORACLE_TEXT.tsv by
 * counting lines.
 */
#include "corpus_case.h"

#include <inttypes.h>

/* ----------------------------------------------------------------------- totals */

static bool is_goroutines(const struct ll_capture_facts *capture)
{
	return capture->kind == LL_KIND_GOROUTINE || capture->kind == LL_KIND_GOROUTINELEAK;
}

/* "type/unit;type/unit" and "12;34" against the capture's columns. */
static void check_totals(struct ll_corpus_case *test, struct ll_str path,
                         const struct ll_capture_facts *capture, const struct ll_table *oracle)
{
	struct ll_str types = ll_table_cell(oracle, "sample_types");
	struct ll_str totals = ll_table_cell(oracle, "totals");

	for (size_t i = 0; i < capture->type_count; i++) {
		struct ll_str type = ll_str_split(&types, ';');
		const int64_t total =
			is_goroutines(capture) ? (int64_t)capture->goroutines : capture->totals[i];

		ll_corpus_expect(test, path, "a total", ll_str_split(&totals, ';'), total);
		if (!ll_str_equal(ll_str_split(&type, '/'), capture->types[i].type) ||
		    !ll_str_equal(type, capture->types[i].unit))
			ll_corpus_complain(test, path, "a sample type", 1, 0);
	}
	if (types.size > 0)
		ll_corpus_complain(test, path, "number of sample types",
		                   (int64_t)capture->type_count + 1, (int64_t)capture->type_count);
}

static void every_protobuf_profile_has_the_oracles_numbers(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	test->facts.is_quiet = true;
	ll_table_open(&oracle, test->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_capture_facts *const capture = &test->facts.captures[0];

		if (!ll_str_equal(ll_table_cell(&oracle, "source"), ll_str("pb")))
			continue;
		seen++;
		if (ll_corpus_capture(test, path) < 0 || test->facts.count != 1) {
			ll_corpus_complain(test, path, "number of captures", 1,
			                   (int64_t)test->facts.count);
			continue;
		}
		check_totals(test, path, capture, &oracle);
		ll_corpus_expect(test, path, "number of samples",
		                 ll_table_cell(&oracle, "n_samples"),
		                 (int64_t)(capture->samples + capture->groups));
		ll_corpus_expect(test, path, "period", ll_table_cell(&oracle, "period"),
		                 capture->period);
		ll_corpus_expect(test, path, "duration", ll_table_cell(&oracle, "duration_nanos"),
		                 capture->duration_ns);
		ll_corpus_expect(test, path, "time", ll_table_cell(&oracle, "time_nanos"),
		                 capture->time_ns == LL_TIME_NONE ? 0 : capture->time_ns);
		if (test->facts.has_symbols)
			ll_corpus_expect(test, path, "number of locations",
			                 ll_table_cell(&oracle, "n_locations"),
			                 (int64_t)test->facts.symbols.location_count);
	}
	ll_table_done(&oracle);

	assert_true(seen > 200);
	assert_int_equal(test->failures, 0);
}

/*
 * The text forms are raw counts that pprof scales; ours must give the same estimates to the last
 * object. One file differs, and both are right: gobench.heap has a record without any address.
 * pprof drops samples that have no stack; we keep them, because their memory is in use all the
 * same.
 */
static void every_text_profile_has_pprofs_numbers(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	test->facts.is_quiet = true;
	ll_table_open(&oracle, test->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");

		if (!ll_str_equal(ll_table_cell(&oracle, "source"), ll_str("legacy")) ||
		    ll_str_ends(path, "/gobench.heap"))
			continue;
		seen++;
		if (ll_corpus_capture(test, path) < 0 || test->facts.count != 1) {
			ll_corpus_complain(test, path, "number of captures", 1,
			                   (int64_t)test->facts.count);
			continue;
		}
		check_totals(test, path, &test->facts.captures[0], &oracle);
	}
	ll_table_done(&oracle);

	assert_true(seen >= 23);
	assert_int_equal(test->failures, 0);
}

static void a_record_without_a_stack_is_kept(void **state)
{
	struct ll_corpus_case *const test = *state;
	const struct ll_capture_facts *const capture = &test->facts.captures[0];
	const char *stackless;
	struct ll_str values;
	struct ll_table oracle;

	if (!test->path)
		skip();
	ll_table_open(&oracle, test->path, "ORACLE.tsv");
	while (ll_table_next(&oracle)) {
		if (ll_str_ends(ll_table_cell(&oracle, "path"), "/gobench.heap"))
			break;
	}
	assert_int_equal(ll_corpus_capture(test, ll_table_cell(&oracle, "path")), LL_OK);
	stackless = strstr(test->facts.text.data, "(no stack) | ");
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
static int64_t goroutines_in_state(const struct ll_corpus_case *test, struct ll_str wanted)
{
	struct ll_str rest = ll_buf_str(&test->facts.text);
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

/*
 * The words for semaphores are counted together: an old dump says "semacquire" of all, and the
 * reader tells them apart.
 */
static const char *const semaphore_words[] = {
	"semacquire",         "sync.Mutex.Lock",     "sync.RWMutex.Lock",
	"sync.RWMutex.RLock", "sync.WaitGroup.Wait",
};

static bool is_semaphore(struct ll_str state)
{
	for (size_t i = 0; i < LL_COUNT(semaphore_words); i++) {
		if (ll_str_equal(state, ll_str(semaphore_words[i])))
			return true;
	}
	return false;
}

static int64_t goroutines_at_semaphores(const struct ll_corpus_case *test)
{
	int64_t count = 0;

	for (size_t i = 0; i < LL_COUNT(semaphore_words); i++)
		count += goroutines_in_state(test, ll_str(semaphore_words[i]));
	return count;
}

/* {"states": {"IO wait": 3, "running": 1}} */
static void check_states(struct ll_corpus_case *test, struct ll_str path, struct ll_str json)
{
	const size_t at = ll_str_find(json, "\"states\": {");
	int64_t at_semaphores = 0;
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
		if (is_semaphore(state))
			at_semaphores += (int64_t)number;
		else if (goroutines_in_state(test, state) != (int64_t)number)
			ll_corpus_complain(test, path, "goroutines in one state", (int64_t)number,
			                   goroutines_in_state(test, state));
	}
	if (goroutines_at_semaphores(test) != at_semaphores)
		ll_corpus_complain(test, path, "goroutines at semaphores", at_semaphores,
		                   goroutines_at_semaphores(test));
}

static void every_goroutine_of_every_dump_is_counted_in_its_state(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	ll_table_open(&oracle, test->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str path = ll_table_cell(&oracle, "path");
		const struct ll_str kind = ll_table_cell(&oracle, "kind");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		uint64_t goroutines = 0;

		if (!ll_str_equal(kind, ll_str("goroutine-debug2")) &&
		    !ll_str_equal(kind, ll_str("panic-or-sigquit")))
			continue;
		seen++;
		if (ll_corpus_capture(test, path) < 0) {
			print_error("%.*s: %s\n", LL_STR_ARG(path), test->err.text);
			test->failures++;
			continue;
		}
		for (size_t i = 0; i < test->facts.count; i++)
			goroutines += test->facts.captures[i].goroutines;
		if (ll_corpus_json_number(json, "goroutine_headers_any_prefix") !=
		    (int64_t)goroutines)
			ll_corpus_complain(
				test, path, "number of goroutines",
				ll_corpus_json_number(json, "goroutine_headers_any_prefix"),
				(int64_t)goroutines);
		check_states(test, path, json);
	}
	ll_table_done(&oracle);

	assert_true(seen > 50);
	assert_int_equal(test->failures, 0);
}

/* One log can hold several processes (the go command, compilers, the program): sums over all. */
static void lines_of_other_texts_are_counted_alike(void **state)
{
	struct ll_corpus_case *const test = *state;
	struct ll_table oracle;
	size_t seen = 0;

	if (!test->path)
		skip();
	ll_table_open(&oracle, test->path, "ORACLE_TEXT.tsv");
	while (ll_table_next(&oracle)) {
		const struct ll_str kind = ll_table_cell(&oracle, "kind");
		const struct ll_str json = ll_table_cell(&oracle, "counts_json");
		uint64_t goroutines = 0, cycles = 0;

		if (!ll_str_equal(kind, ll_str("gctrace")) &&
		    !ll_str_equal(kind, ll_str("goroutine-debug1")))
			continue;
		seen++;
		assert_int_equal(ll_corpus_capture(test, ll_table_cell(&oracle, "path")), LL_OK);
		for (size_t i = 0; i < test->facts.count; i++) {
			goroutines += test->facts.captures[i].goroutines;
			cycles += test->facts.captures[i].cycles;
		}
		if (ll_str_equal(kind, ll_str("gctrace")))
			assert_int_equal(cycles, ll_corpus_json_number(json, "gc_lines"));
		else
			assert_int_equal(goroutines, ll_corpus_json_number(json, "sum_counts"));
	}
	ll_table_done(&oracle);

	assert_true(seen >= 5);
}

#define test(name) cmocka_unit_test_setup_teardown(name, ll_corpus_set_up, ll_corpus_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		test(every_protobuf_profile_has_the_oracles_numbers),
		test(every_text_profile_has_pprofs_numbers),
		test(a_record_without_a_stack_is_kept),
		test(every_goroutine_of_every_dump_is_counted_in_its_state),
		test(lines_of_other_texts_are_counted_alike),
	};

	return cmocka_run_group_tests_name("capture.corpus_pprof", tests, NULL, NULL);
}
