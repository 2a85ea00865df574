/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_bench.c - what `go test -bench` prints, plain or with -json (formats.md section 8).
 *
 *     goos: linux                                                    configuration
 *     pkg: example.com/shop/cart
 *     BenchmarkPut/size=10-8   200   5000 ns/op   64 B/op   2 allocs/op
 *     BenchmarkGet                                                   broken by what it logged:
 *     cache is warm
 *          300    40 ns/op                                           ... its numbers
 *
 * Rules:
 *   1. A result is a name, a count of iterations, and pairs of value and unit. Pairs that parse are
 *      kept; what else stands in the text is passed over.
 *   2. A name whose line has no numbers waits for a line that has only numbers.
 *   3. "-8" at the end of a name is GOMAXPROCS when every result has the same; when at least three
 *      different benchmarks have the one and only suffix that occurs (results that a script made
 *      have none); or when every benchmark occurs with the same set of suffixes (-cpu=1,2,4). Else
 *      it belongs to the name. It can only be known at the end, so results are gathered.
 *   4. Another commit, or another date, in the configuration begins another capture.
 *   5. A time before each line, as CI services put it there, is cut, and so are the blanks and
 *      marks with which a page indents or quotes results, or a source file comments them.
 *   6. In a thread results before and after a change stand behind each other: where a fence, a
 *      prompt, a heading, a line of prose that ends in a colon or a word for a side ("after")
 *      stands between, and a name returns, another capture began there. A name that returns
 *      without it is of -count=10, or of a run that was appended.
 */
#include "bench_line.h"
#include "log/log_origins.h"
#include "test_json.h"

#include <leakledger/vec.h>

#include <math.h>
#include <strings.h>

enum {
	RESULTS_MAX = 250 * 1000, /* of one capture; the rest is counted in a note */
	SETS_MAX = 64,            /* different suffixes that -cpu may give */
	RETURNS_MAX = 1024,       /* results of a set that may return (rule 6) */
};

struct result {
	struct ll_str package, name; /* without "Benchmark" */
	int64_t iterations;
	size_t first_pair, pair_count;
	size_t base_size; /* of the name, without "-8" */
	uint64_t suffix;  /* 8; 0: none */
};

struct reader {
	const struct ll_sink *out;
	struct ll_arena arena; /* texts of the capture that is being gathered */
	struct ll_vec results, pairs;
	struct ll_buf package, commit, date; /* from the configuration */
	struct ll_buf waiting;               /* rule 2 */
	int64_t date_ns;                     /* from the configuration */
	int64_t line_ns;                     /* from -json, or the time before a line */
	size_t left_out, not_numbers, captures;
	bool is_json;
	/* Rule 6. */
	size_t set_from;   /* the first result behind the last mark; 0: there is no mark */
	bool is_marked;    /* no result came behind it yet */
	bool was_empty;    /* so was the line before */
	bool is_other_set; /* of benchmarks that the capture before has */
};

/* ------------------------------------------------------------------- rule 3 */

static void split_suffix(struct result *result)
{
	const size_t dash = ll_str_rindex(result->name, '-');

	result->base_size = result->name.size;
	if (dash == SIZE_MAX || dash == 0 || !ll_str_is_digits(ll_str_from(result->name, dash + 1)))
		return;
	if (!ll_str_to_u64(ll_str_from(result->name, dash + 1), &result->suffix) ||
	    result->suffix == 0 || result->suffix > 65536) {
		result->suffix = 0;
		return;
	}
	result->base_size = dash;
}

static struct ll_str base_of(const struct result *result)
{
	return ll_str_first(result->name, result->base_size);
}

static int by_base_and_suffix(const void *a, const void *b)
{
	const struct result *const left = *(const struct result *const *)a;
	const struct result *const right = *(const struct result *const *)b;
	int order = ll_str_compare(left->package, right->package);

	if (order == 0)
		order = ll_str_compare(base_of(left), base_of(right));
	if (order != 0)
		return order;
	return left->suffix < right->suffix ? -1 : left->suffix > right->suffix;
}

static bool is_same_benchmark(const struct result *a, const struct result *b)
{
	return ll_str_equal(a->package, b->package) && ll_str_equal(base_of(a), base_of(b));
}

/* The suffixes of the benchmark that begins at sorted[from]; *from moves behind it. */
static size_t take_set(const struct result *const *sorted, size_t count, size_t *from,
                       uint64_t set[SETS_MAX])
{
	const struct result *const first = sorted[*from];
	size_t size = 0;

	for (; *from < count && is_same_benchmark(first, sorted[*from]); (*from)++) {
		const uint64_t suffix = sorted[*from]->suffix;

		if (size > 0 && set[size - 1] == suffix)
			continue;
		if (size < SETS_MAX)
			set[size++] = suffix;
	}
	return size;
}

/* Does every benchmark occur with the same set of suffixes, and are there several of both? */
static bool is_cpu_list(const struct result *const *sorted, size_t count)
{
	uint64_t wanted[SETS_MAX], seen[SETS_MAX];
	size_t from = 0, benchmarks = 1;
	const size_t size = take_set(sorted, count, &from, wanted);

	while (from < count) {
		if (take_set(sorted, count, &from, seen) != size ||
		    memcmp(seen, wanted, size * sizeof *seen) != 0)
			return false;
		benchmarks++;
	}
	return size >= 2 && benchmarks >= 2;
}

/* Is one suffix all there is, on every result or on three benchmarks? */
static bool is_one_suffix(const struct result *const *sorted, size_t count)
{
	const struct result *last = NULL;
	size_t benchmarks = 0, without = 0;

	for (size_t i = 0; i < count; i++) {
		if (sorted[i]->suffix == 0) {
			without++;
			continue;
		}
		if (last && last->suffix != sorted[i]->suffix)
			return false;
		if (!last || !is_same_benchmark(last, sorted[i]))
			benchmarks++;
		last = sorted[i];
	}
	return without == 0 || without == count || benchmarks >= 3;
}

static bool are_suffixes_procs(const struct reader *reader)
{
	const struct result *const results = reader->results.items;
	const size_t count = reader->results.count;
	LL_CLEANUP(ll_freep)
	const struct result **sorted = ll_calloc(count + 1, sizeof *sorted);

	for (size_t i = 0; i < count; i++)
		sorted[i] = &results[i];
	qsort(sorted, count, sizeof *sorted, by_base_and_suffix);
	return is_one_suffix(sorted, count) || is_cpu_list(sorted, count);
}

/* ----------------------------------------------------------------- emitting */

static int emit_result(struct reader *reader, const struct result *result, bool has_procs,
                       struct ll_error *err)
{
	const struct ll_bench_pair *const pairs = (const struct ll_bench_pair *)reader->pairs.items;
	struct ll_benchmark row = {
		.package = result->package,
		.name = has_procs ? base_of(result) : result->name,
		.iterations = result->iterations,
	};
	int rc = LL_OK;

	/* go test leaves "-1" out. */
	if (has_procs)
		row.procs = result->suffix > 0 ? (int64_t)result->suffix : 1;
	for (size_t i = 0; rc == LL_OK && i < result->pair_count; i++) {
		row.unit = pairs[result->first_pair + i].unit;
		row.value = pairs[result->first_pair + i].value;
		if (isfinite(row.value))
			rc = reader->out->benchmark(reader->out->self, &row, err);
		else
			reader->not_numbers++;
	}
	return rc;
}

static void note_losses(struct reader *reader)
{
	char text[96];

	if (reader->left_out > 0) {
		(void)snprintf(text, sizeof text, "%zu results left out: more than %d in one file",
		               reader->left_out, RESULTS_MAX);
		reader->out->note(reader->out->self, 0, text);
	}
	if (reader->not_numbers > 0) {
		(void)snprintf(text, sizeof text, "%zu values left out: not finite",
		               reader->not_numbers);
		reader->out->note(reader->out->self, 0, text);
	}
}

/* Hands on the results that have been gathered, if any. */
static int emit_capture(struct reader *reader, struct ll_error *err)
{
	const struct result *const results = reader->results.items;
	const struct ll_origin origin = {
		.kind = LL_KIND_BENCHMARK,
		.variant = reader->is_json ? "json" : NULL,
		.time_ns = reader->date_ns != LL_TIME_NONE ? reader->date_ns : reader->line_ns,
		.not_before_ns = LL_TIME_NONE,
		.build_id = ll_buf_str(&reader->commit),
	};
	const bool has_procs = reader->results.count > 0 && are_suffixes_procs(reader);
	int rc = LL_OK;

	if (reader->results.count > 0) {
		rc = reader->out->begin(reader->out->self, &origin, err);
		reader->captures++;
	}
	for (size_t i = 0; rc == LL_OK && i < reader->results.count; i++)
		rc = emit_result(reader, &results[i], has_procs, err);
	if (rc == LL_OK && reader->results.count > 0 && reader->is_other_set)
		reader->out->note(reader->out->self, 0,
		                  "results of the same benchmarks stand above, too: another set");
	if (rc == LL_OK)
		note_losses(reader);
	reader->is_other_set = false;
	reader->left_out = 0;
	reader->not_numbers = 0;
	return rc;
}

static int finish_capture(struct reader *reader, struct ll_error *err)
{
	const int rc = emit_capture(reader, err);

	reader->results.count = 0;
	reader->pairs.count = 0;
	reader->set_from = 0;
	reader->is_marked = false;
	ll_arena_clear(&reader->arena);
	return rc;
}

/* Forgets the results before `from` and what only they need: a text has any number of sets. */
static void drop_before(struct reader *reader, size_t from)
{
	struct result *const results = reader->results.items;
	struct ll_bench_pair *const pairs = reader->pairs.items;
	const size_t rest = reader->results.count - from;
	const size_t first = rest > 0 ? results[from].first_pair : reader->pairs.count;
	struct ll_arena kept;

	ll_arena_init(&kept);
	if (rest > 0) {
		memmove(results, results + from, rest * sizeof *results);
		memmove(pairs, pairs + first, (reader->pairs.count - first) * sizeof *pairs);
	}
	reader->results.count = rest;
	reader->pairs.count -= first;
	for (size_t i = 0; i < rest; i++) {
		results[i].package = ll_arena_str(&kept, results[i].package);
		results[i].name = ll_arena_str(&kept, results[i].name);
		results[i].first_pair -= first;
	}
	for (size_t i = 0; i < reader->pairs.count; i++)
		pairs[i].unit = ll_arena_str(&kept, pairs[i].unit);
	ll_arena_done(&reader->arena);
	reader->arena = kept;
}

/* Rule 6: hands on what stands before the last mark. */
static int split_set(struct reader *reader, struct ll_error *err)
{
	const size_t from = reader->set_from, count = reader->results.count;
	int rc;

	reader->results.count = from;
	rc = emit_capture(reader, err);
	reader->results.count = count;
	drop_before(reader, from);
	reader->set_from = 0;
	reader->is_other_set = true;
	return rc;
}

/* ---------------------------------------------------------------- gathering */

/* Equal texts follow each other, so the last copy serves most. */
static struct ll_str keep(struct reader *reader, struct ll_str text, struct ll_str last)
{
	return ll_str_equal(text, last) ? last : ll_arena_str(&reader->arena, text);
}

static void add_result(struct reader *reader, struct ll_str package, struct ll_str name,
                       int64_t iterations, const struct ll_bench_pair *pairs, size_t pair_count)
{
	const struct result *const results = reader->results.items;
	const size_t count = reader->results.count;
	const struct result last = count > 0 ? results[count - 1] : (struct result){0};
	struct result *result;

	if (count == RESULTS_MAX) {
		reader->left_out++;
		return;
	}
	result = ll_vec_push(&reader->results, sizeof *result);
	result->package = keep(reader, package, last.package);
	result->name = keep(reader, name, last.name);
	result->iterations = iterations;
	result->first_pair = reader->pairs.count;
	result->pair_count = pair_count;
	split_suffix(result);
	for (size_t i = 0; i < pair_count; i++) {
		struct ll_bench_pair *const all = (struct ll_bench_pair *)reader->pairs.items;
		const struct ll_str before = i < last.pair_count && count > 0
		                                     ? all[last.first_pair + i].unit
		                                     : ll_str_n(NULL, 0);
		struct ll_bench_pair *const pair = ll_vec_push(&reader->pairs, sizeof *pair);

		pair->unit = keep(reader, pairs[i].unit, before);
		pair->value = pairs[i].value;
	}
}

/* Rule 6: does a result with this name stand before the last mark? */
static bool is_returning(const struct reader *reader, struct ll_str package, struct ll_str name)
{
	const struct result *const results = reader->results.items;

	for (size_t i = 0; i < reader->set_from && i < RETURNS_MAX; i++) {
		if (ll_str_equal(results[i].name, name) &&
		    ll_str_equal(results[i].package, package))
			return true;
	}
	return false;
}

static int take_result(struct reader *reader, struct ll_str package, struct ll_str name,
                       int64_t iterations, const struct ll_bench_pair *pairs, size_t pair_count,
                       struct ll_error *err)
{
	int rc = LL_OK;

	if (reader->is_marked)
		reader->set_from = reader->results.count;
	reader->is_marked = false;
	if (is_returning(reader, package, name))
		rc = split_set(reader, err);
	add_result(reader, package, name, iterations, pairs, pair_count);
	return rc;
}

/* "Before:", "after", "**This PR**": what people call the two sides, and programs do not print. */
static bool is_side(struct ll_str line)
{
	static const char *const words[] = {"before", "after",    "old",    "new",
	                                    "now",    "baseline", "master", "main",
	                                    "pr",     "this pr",  "head",   "this branch"};

	while (line.size > 0 && memchr("*_: ", line.data[line.size - 1], 4))
		line.size--;
	while (line.size > 0 && memchr("*_ ", line.data[0], 3))
		line = ll_str_from(line, 1);
	for (size_t i = 0; i < LL_COUNT(words); i++) {
		if (line.size == strlen(words[i]) &&
		    strncasecmp(line.data, words[i], line.size) == 0)
			return true;
	}
	return false;
}

/* Rule 6: what stands between two sets of results. */
static bool is_mark(struct ll_str line, bool was_empty)
{
	static const char *const starts[] = {"```", "~~~", "<pre", "</pre", "$ "};
	struct ll_str key, value;

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(line, starts[i]))
			return true;
	}
	if (is_side(line))
		return true;
	if (!was_empty || ll_bench_config(line, &key, &value))
		return false;
	if (ll_str_starts(line, "#"))
		return true;
	while (line.size > 0 && memchr("*_ ", line.data[line.size - 1], 3))
		line.size--;
	return ll_str_ends(line, ":");
}

/* Rule 4: remembers a part of the configuration, which may end a capture. */
static int set_origin(struct reader *reader, struct ll_buf *field, struct ll_str value,
                      struct ll_error *err)
{
	int rc = LL_OK;

	if (ll_str_equal(ll_buf_str(field), value))
		return LL_OK;
	if (reader->results.count > 0)
		rc = finish_capture(reader, err);
	ll_buf_clear(field);
	ll_buf_put_str(field, value);
	return rc;
}

static int read_config(struct reader *reader, struct ll_str key, struct ll_str value,
                       struct ll_error *err)
{
	bool has_zone;
	int rc;

	if (ll_str_equal(key, ll_str("pkg"))) {
		ll_buf_clear(&reader->package);
		ll_buf_put_str(&reader->package, value);
	} else if (ll_str_equal(key, ll_str("commit"))) {
		return set_origin(reader, &reader->commit, value, err);
	} else if (ll_str_equal(key, ll_str("commit-time")) || ll_str_equal(key, ll_str("date"))) {
		rc = set_origin(reader, &reader->date, value, err);
		if (!ll_parse_time(value, &reader->date_ns, &has_zone))
			reader->date_ns = LL_TIME_NONE;
		return rc;
	}
	return LL_OK;
}

/* "BenchmarkPut-8   \tcache is warm": the name waits for its numbers (rule 2). */
static bool is_waiting_name(struct ll_str name, struct ll_str rest)
{
	const bool is_column =
		rest.size == 0 || ll_str_index(rest, '\t') != SIZE_MAX || ll_str_starts(rest, "  ");

	return is_column && name.size > 0 && !(name.data[0] >= 'a' && name.data[0] <= 'z');
}

static void wait_for_numbers(struct reader *reader, struct ll_str name, struct ll_str rest)
{
	ll_buf_clear(&reader->waiting);
	if (is_waiting_name(name, rest))
		ll_buf_put_str(&reader->waiting, name);
}

static int read_line(struct reader *reader, struct ll_str package, struct ll_str line,
                     struct ll_error *err)
{
	struct ll_bench_pair pairs[LL_BENCH_PAIRS_MAX];
	struct ll_str rest = line;
	struct ll_str name, key, value;
	int64_t iterations;
	size_t count;
	int rc = LL_OK;

	if (ll_bench_name(&rest, &name)) {
		count = ll_bench_numbers(rest, &iterations, pairs);
		wait_for_numbers(reader, count > 0 ? ll_str("") : name, rest);
		return count == 0
		               ? LL_OK
		               : take_result(reader, package, name, iterations, pairs, count, err);
	}
	if (ll_bench_config(line, &key, &value))
		return read_config(reader, key, value, err);
	if (reader->waiting.size == 0)
		return LL_OK;
	count = ll_bench_numbers(line, &iterations, pairs);
	if (count > 0) {
		rc = take_result(reader, package, ll_buf_str(&reader->waiting), iterations, pairs,
		                 count, err);
		ll_buf_clear(&reader->waiting);
	}
	return rc;
}

/* A line of `go test -json`, put together again. */
static int read_event_line(void *self, const struct ll_test_event *event, struct ll_str line,
                           struct ll_error *err)
{
	struct reader *const reader = self;

	reader->is_json = true;
	if (event->time_ns != LL_TIME_NONE)
		reader->line_ns = event->time_ns;
	return read_line(reader, event->package, line, err);
}

/* What go test prints around results. */
static bool is_of_go_test(struct ll_str line)
{
	static const char *const starts[] = {
		"goos: ", "goarch: ", "pkg: ", "cpu: ",    "=== RUN ",  "PASS",
		"ok  \t", "?   \t",   "Unit ", "commit: ", "{\"Time\"", "{\"Action\""};

	for (size_t i = 0; i < LL_COUNT(starts); i++) {
		if (ll_str_starts(line, starts[i]))
			return true;
	}
	return false;
}

/* Asked of every line of every text. */
static struct ll_str behind_margin(struct ll_str line)
{
	size_t at = 0;

	while (at < line.size &&
	       (line.data[at] == ' ' || line.data[at] == '\t' || line.data[at] == '>' ||
	        line.data[at] == '/' || line.data[at] == '#'))
		at++;
	return ll_str_from(line, at);
}

/* Rule 5: a result, or its name, without what stands before it; other lines as they are. */
static struct ll_str without_margin(struct ll_str line)
{
	const struct ll_str rest = behind_margin(line);

	return ll_str_starts(rest, "Benchmark") ? rest : line;
}

static int read_text_line(struct reader *reader, struct ll_test_json *json, struct ll_str line,
                          struct ll_error *err)
{
	struct ll_str text;
	int rc;

	if (ll_str_starts(line, "{")) {
		rc = ll_test_json_line(json, line, read_event_line, reader, err);
		if (rc != 0)
			return rc < 0 ? rc : LL_OK;
	}
	(void)ll_bench_cut_time(&line, &reader->line_ns);
	text = ll_str_trim(line);
	line = is_of_go_test(behind_margin(line)) ? behind_margin(line) : without_margin(line);
	if (!ll_str_starts(line, "Benchmark"))
		reader->is_marked |= reader->results.count > 0 && is_mark(text, reader->was_empty);
	reader->was_empty = text.size == 0;
	return read_line(reader, ll_buf_str(&reader->package), line, err);
}

static int read_lines(struct reader *reader, struct ll_stream *in, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_test_json json;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	ll_test_json_init(&json);
	while (rc == LL_OK && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_text_line(reader, &json, line, err);
	if (rc == LL_OK)
		rc = ll_test_json_finish(&json, read_event_line, reader, err);
	if (rc == LL_OK)
		rc = finish_capture(reader, err);
	ll_test_json_done(&json);
	if (rc == LL_OK && reader->captures == 0)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : ll_fail(err, LL_E_FORMAT, "no result of a benchmark");
	if (rc == LL_OK && state < 0)
		reader->out->note(reader->out->self, ll_stream_line_number(in), damage.text);
	return rc;
}

static int read_bench(struct ll_stream *in, const struct ll_peek *peek, const struct ll_sink *out,
                      struct ll_error *err)
{
	struct reader reader = {.out = out, .date_ns = LL_TIME_NONE, .line_ns = LL_TIME_NONE};
	int rc;

	(void)peek;
	ll_buf_init(&reader.package, LL_BUF_MESSAGE);
	ll_buf_init(&reader.commit, LL_BUF_MESSAGE);
	ll_buf_init(&reader.date, LL_BUF_MESSAGE);
	ll_buf_init(&reader.waiting, LL_BENCH_NAME_MAX);
	rc = read_lines(&reader, in, err);
	ll_buf_done(&reader.package);
	ll_buf_done(&reader.commit);
	ll_buf_done(&reader.date);
	ll_buf_done(&reader.waiting);
	ll_vec_done(&reader.results);
	ll_vec_done(&reader.pairs);
	ll_arena_done(&reader.arena);
	return rc;
}

/* ------------------------------------------------------------------ the bid */

/* An event of `go test -json` that prints part of a result. */
static bool is_event_of_benchmark(struct ll_str line)
{
	return ll_str_starts(line, "{") && ll_str_find(line, "\"Action\":\"") != SIZE_MAX &&
	       ll_str_find(line, "\"Output\":\"Benchmark") != SIZE_MAX;
}

/* Rule 2: the name of a result whose numbers are in another line. */
static bool is_name_alone(struct ll_str line)
{
	struct ll_str name;

	return ll_bench_name(&line, &name) && is_waiting_name(name, line);
}

static bool is_numbers_alone(struct ll_str line)
{
	struct ll_bench_pair pairs[LL_BENCH_PAIRS_MAX];
	int64_t iterations;

	return ll_bench_numbers(line, &iterations, pairs) > 0;
}

/*
 * Results make a text theirs whatever else a benchmark wrote between them; but one whose first line
 * is a record of a log (of a GC trace, a goroutine dump) is that log.
 */
static enum ll_bid bid_bench(const struct ll_peek *peek)
{
	struct ll_str rest = peek->head, first = ll_str_n(NULL, 0);
	bool is_first = true, begins_so = false, is_waiting = false;

	while (rest.size > 0) {
		struct ll_str line = ll_str_split(&rest, '\n');
		int64_t time_ns;

		if (is_first)
			first = line;
		(void)ll_bench_cut_time(&line, &time_ns);
		begins_so |= is_first && is_of_go_test(line);
		is_first = false;
		line = without_margin(line);
		if (ll_bench_is_result(line) || is_event_of_benchmark(line) ||
		    (is_waiting && is_numbers_alone(line)))
			return ll_log_find(first) != SIZE_MAX ? LL_BID_SHAPE : LL_BID_MAGIC;
		is_waiting |= is_name_alone(line);
	}
	/* Results may stand behind a long list of tests. */
	return begins_so && !peek->is_whole ? LL_BID_GUESS : LL_BID_NO;
}

const struct ll_format ll_fmt_bench = {
	.id = "benchmark",
	.title = "Go benchmark results",
	.bid = bid_bench,
	.read = read_bench,
	.reads_between = true,
};
