/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_memstats.c - runtime.MemStats as JSON: alone, as the "memstats" variable of expvar's
 * /debug/vars, or an object of that name further in, as Elastic's beats publish it; with or without
 * saved HTTP headers before it, whose Date is the time (formats.md 5.1, 5.2, 11). Several objects
 * behind each other, one a line or not, or in an array (jq -s), are a capture each; one that is
 * damaged ends the reading, and what came before it is kept. At most 65,536 objects are read.
 *
 * The other numbers of a page of expvar are readings under their path, "cache.users.entries": the
 * first 512 of them, down to 8 levels; "expvar.numbers" is how many there are. Elements of arrays
 * are no variables.
 *
 * MemStats that break off behind HeapAlloc and NextGC are read up to there: their sizes come first.
 *
 * Keys are matched by exact name. A field that is absent (old Go, a program that publishes a few)
 * is absent in the ledger, never zero. What has neither an allocated size nor a goal is no
 * MemStats.
 */
#include "content/http_head.h"
#include "memstats.h"
#include "metric_set.h"

#include <leakledger/json.h>

enum {
	NESTING_MAX = 8, /* how deep variables, and an object called "memstats", are looked for */
	NUMBERS_MAX = 512,
	OBJECTS_MAX = 65536,
	PATH_MAX_BYTES = 256, /* longer ones are only counted */
};

#define BLANKS " \t\r\n"
#define BOM    "\xef\xbb\xbf" /* byte order mark of UTF-8 */

struct reader {
	struct ll_json json;
	struct ll_memstats stats;
	struct ll_buf program;
	struct ll_str whole;
	bool is_expvar, has_program;
	bool is_array; /* the objects are elements of one */
	struct ll_metric_set numbers;
	struct ll_arena paths;
	struct ll_buf path; /* of the variable that is being read */
	uint64_t number_count;
	int64_t time_ns;
};

/* A ring of up to 256 numbers. The key has been read. */
static bool read_ring(struct ll_json *json, uint64_t ring[LL_PAUSE_RING], size_t *ret_count)
{
	size_t count = ll_json_numbers(json, ring, LL_PAUSE_RING);
	struct ll_json_token token;

	if (count != SIZE_MAX) {
		*ret_count = count;
		return true;
	}
	/* Something is wrong with it: where? */
	count = 0;
	if (ll_json_next(json).kind != LL_JSON_ARRAY)
		return false;
	while ((token = ll_json_next(json)).kind == LL_JSON_NUMBER) {
		if (count == LL_PAUSE_RING || !ll_str_to_u64(token.text, &ring[count]))
			return false;
		count++;
	}
	*ret_count = count;
	return token.kind == LL_JSON_ARRAY_END;
}

/* What a member of MemStats is: a metric, or one of these. */
enum {
	FIELD_NONE = LL_METRIC_COUNT,
	FIELD_PAUSE_NS,
	FIELD_PAUSE_END,
};

/* Go's own name. */
static int find_field(struct ll_str key)
{
	if (key.size > 5 && memcmp(key.data, "Pause", 5) == 0) {
		if (ll_str_equal(key, ll_str("PauseNs")))
			return FIELD_PAUSE_NS;
		if (ll_str_equal(key, ll_str("PauseEnd")))
			return FIELD_PAUSE_END;
	}
	return (int)ll_metric_find(key);
}

/* The name that beats use. */
static int find_alias(struct ll_str key)
{
	static const struct {
		const char *name;
		enum ll_metric metric;
	} aliases[] = {
		{"gc_next", LL_METRIC_NEXT_GC},
		{"memory_alloc", LL_METRIC_ALLOC},
		{"memory_sys", LL_METRIC_SYS},
		{"memory_total", LL_METRIC_TOTAL_ALLOC},
	};

	for (size_t i = 0; i < LL_COUNT(aliases); i++) {
		if (ll_str_equal(key, ll_str(aliases[i].name)))
			return (int)aliases[i].metric;
	}
	return FIELD_NONE;
}

/* A number, as it is written; what is none is passed over. */
static bool read_metric(struct reader *reader, enum ll_metric metric)
{
	struct ll_json *const json = &reader->json;
	struct ll_json before;
	struct ll_json_token token;
	uint64_t value;

	if (metric != LL_METRIC_GC_CPU_PPB && ll_json_number(json, &value)) {
		ll_memstats_put(&reader->stats, metric, value);
		return true;
	}
	before = *json;
	token = ll_json_next(json);
	if (token.kind == LL_JSON_NUMBER)
		return ll_memstats_set(&reader->stats, metric, token.text);
	*json = before;
	return ll_json_skip(json);
}

static bool read_field(struct reader *reader, int field)
{
	struct ll_json *const json = &reader->json;
	struct ll_memstats *const stats = &reader->stats;

	switch (field) {
	case FIELD_NONE: return ll_json_skip(json);
	case FIELD_PAUSE_NS: return read_ring(json, stats->pause_ns, &stats->pause_ns_count);
	case FIELD_PAUSE_END: return read_ring(json, stats->pause_end, &stats->pause_end_count);
	default: return read_metric(reader, (enum ll_metric)field);
	}
}

/* The fields of an object whose '{' has been read. */
static bool read_memstats(struct reader *reader)
{
	struct ll_json_token token;

	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_KEY) {
		int field = find_field(token.text);

		if (field == FIELD_NONE)
			field = find_alias(token.text);
		if (!read_field(reader, field))
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END;
}

static bool is_memstats(const struct reader *reader)
{
	return (reader->stats.has[LL_METRIC_HEAP_ALLOC] || reader->stats.has[LL_METRIC_ALLOC]) &&
	       reader->stats.has[LL_METRIC_NEXT_GC];
}

/* "cmdline": ["/app", ...]: the first element is the program. */
static bool read_cmdline(struct reader *reader)
{
	struct ll_json_token token = ll_json_next(&reader->json);

	if (token.kind != LL_JSON_ARRAY)
		return token.kind != LL_JSON_OBJECT && token.kind != LL_JSON_BAD;
	while ((token = ll_json_next(&reader->json)).kind != LL_JSON_ARRAY_END) {
		if (token.kind == LL_JSON_BAD || token.kind == LL_JSON_END)
			return false;
		if (token.kind == LL_JSON_STRING && !reader->has_program) {
			ll_json_unescape(token.text, &reader->program);
			reader->has_program = true;
		}
	}
	return true;
}

/* A number of the program's own under its path; NumGoroutine and its like are known ones. */
static void add_number(struct reader *reader, struct ll_str text)
{
	const struct ll_str path = ll_buf_str(&reader->path);
	const struct ll_metric_name known = ll_metric_name_find(path);
	double value;

	reader->number_count++;
	if (reader->numbers.readings.count == NUMBERS_MAX || path.size > PATH_MAX_BYTES ||
	    known.metric != LL_METRIC_COUNT || !ll_str_to_f64(text, &value))
		return;
	ll_metric_set_add(&reader->numbers, ll_arena_str(&reader->paths, path), &known,
	                  ll_str_n(NULL, 0), value);
}

static bool read_variable(struct reader *reader, struct ll_str key, size_t depth);

/* The variables of an object whose '{' has been read. */
static bool read_variables(struct reader *reader, size_t depth)
{
	struct ll_json_token token;

	while ((token = ll_json_next(&reader->json)).kind == LL_JSON_KEY) {
		if (!read_variable(reader, token.text, depth))
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END;
}

/* A value whose path is known: numbers are kept, "memstats" is read, objects are looked into. */
static bool read_value(struct reader *reader, struct ll_str key, size_t depth)
{
	const struct ll_json before = reader->json;
	const struct ll_json_token token = ll_json_next(&reader->json);

	if (token.kind == LL_JSON_NUMBER) {
		add_number(reader, token.text);
		return true;
	}
	if (token.kind != LL_JSON_OBJECT || depth == NESTING_MAX) {
		reader->json = before;
		return ll_json_skip(&reader->json);
	}
	if (ll_str_equal(key, ll_str("memstats")) && !is_memstats(reader)) {
		reader->is_expvar = true;
		return read_memstats(reader);
	}
	return read_variables(reader, depth + 1);
}

static bool read_variable(struct reader *reader, struct ll_str key, size_t depth)
{
	const size_t size = reader->path.size;
	bool is_good;

	if (ll_str_equal(key, ll_str("cmdline")))
		return read_cmdline(reader);
	if (size > 0)
		ll_buf_putc(&reader->path, '.');
	ll_json_unescape(key, &reader->path);
	is_good = read_value(reader, key, depth);
	/* Back to the path of the object that it is in. */
	reader->path.size = size;
	reader->path.data[size] = '\0';
	reader->path.is_full = false;
	return is_good;
}

static bool read_top(struct reader *reader)
{
	struct ll_json *const json = &reader->json;
	struct ll_json_token token = ll_json_next(json);

	if (token.kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(json)).kind == LL_JSON_KEY) {
		const int field = find_field(token.text);

		if (field != FIELD_NONE ? !read_field(reader, field)
		                        : !read_variable(reader, token.text, 1))
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END;
}

static struct ll_str behind_http_headers(struct ll_str content, int64_t *ret_time_ns)
{
	return ll_str_from(content, ll_http_head(content, ret_time_ns));
}

/* The other numbers of a page of expvar. */
static int emit_numbers(struct reader *reader, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_reading count = {.name = ll_str("expvar.numbers"),
	                                 .value = (double)reader->number_count,
	                                 .time_ns = LL_TIME_NONE};
	int rc = ll_metric_set_emit(&reader->numbers, out, err);

	if (rc >= 0 && reader->number_count > 0)
		rc = out->reading(out->self, &count, err);
	return rc < 0 ? rc : LL_OK;
}

static int emit(struct reader *reader, const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_MEMSTATS,
		.variant = reader->is_expvar ? "expvar" : NULL,
		.time_ns = reader->time_ns,
		.not_before_ns = ll_memstats_not_before(&reader->stats),
		.program = ll_buf_str(&reader->program),
	};
	int rc = out->begin(out->self, &origin, err);

	if (rc >= 0)
		rc = ll_memstats_emit(&reader->stats, out, err);
	if (rc >= 0 && reader->is_expvar)
		rc = emit_numbers(reader, out, err);
	return rc < 0 ? rc : LL_OK;
}

/* From `at` on, the place of the first byte that is not among `blanks`. */
static size_t skip(struct ll_str text, size_t at, const char *blanks)
{
	while (at < text.size && text.data[at] != '\0' && strchr(blanks, text.data[at]))
		at++;
	return at;
}

/* Where the next object begins; at the end, or at what is none, `*ret_is_end` tells which. */
static bool has_another(const struct reader *reader, size_t *at, bool *ret_is_end)
{
	const struct ll_str whole = reader->json.text;

	*at = skip(whole, reader->json.offset, reader->is_array ? BLANKS "," : BLANKS);
	if (reader->is_array) {
		const bool is_closed = *at < whole.size && whole.data[*at] == ']';

		*ret_is_end = is_closed && skip(whole, *at + 1, BLANKS) == whole.size;
	} else {
		*ret_is_end = *at == whole.size;
	}
	return *at < whole.size && whole.data[*at] == '{';
}

/* Where the first object begins: also behind a '['. */
static size_t first_object(struct reader *reader)
{
	const struct ll_str whole = reader->json.text;
	const size_t start = ll_str_starts(whole, BOM) ? strlen(BOM) : 0;
	const size_t at = skip(whole, start, BLANKS);

	reader->is_array = at < whole.size && whole.data[at] == '[';
	return reader->is_array ? skip(whole, at + 1, BLANKS) : 0;
}

static bool is_digit(char byte)
{
	return byte >= '0' && byte <= '9';
}

/* Does the text end in a list? */
static bool is_in_list(struct ll_str text)
{
	const size_t open = ll_str_rindex(text, '['), close = ll_str_rindex(text, ']');

	return open != SIZE_MAX && (close == SIZE_MAX || close < open);
}

/* MemStats that break off: what follows is nothing, or the mark of who cut them. */
static bool is_cut_memstats(const struct reader *reader)
{
	static const char *const marks[] = {"```", "...", "\xe2\x80\xa6", "[truncated"};
	const struct ll_str whole = reader->json.text;
	const struct ll_str rest = ll_str_trim(ll_str_from(whole, reader->json.offset));
	const struct ll_str read = ll_str_trim(ll_str_first(whole, reader->json.offset));
	bool is_end = rest.size == 0;

	for (size_t i = 0; !is_end && i < LL_COUNT(marks); i++)
		is_end = ll_str_starts(rest, marks[i]);
	/* Of a field that ends with the text nobody knows whether it is whole. */
	if (read.size > 0 && is_digit(read.data[read.size - 1]))
		is_end &= is_in_list(read);
	return is_end && is_memstats(reader);
}

/*
 * Reads the object at `at`. Returns 1 when it was MemStats, 2 when they break off, 0 when it is of
 * another kind.
 */
static int read_object(struct reader *reader, size_t at, const struct ll_sink *out,
                       struct ll_error *err)
{
	const struct ll_str whole = reader->json.text;
	size_t behind;
	bool is_end;
	int rc;

	ll_memstats_clear(&reader->stats);
	reader->is_expvar = false;
	reader->has_program = false;
	reader->number_count = 0;
	ll_buf_clear(&reader->program);
	ll_buf_clear(&reader->path);
	ll_json_init(&reader->json, whole);
	reader->json.offset = at;
	if (!read_top(reader) ||
	    (!has_another(reader, &behind, &is_end) && !is_end && !reader->is_array)) {
		if (is_cut_memstats(reader)) {
			rc = emit(reader, out, err);
			return rc < 0 ? rc : 2;
		}
		return ll_fail(err, LL_E_FORMAT, "line %zu: %s", ll_json_line(&reader->json),
		               ll_json_is_too_deep(&reader->json)
		                       ? "nested too deep"
		                       : "malformed JSON or MemStats field");
	}
	if (!is_memstats(reader))
		return 0;
	rc = emit(reader, out, err);
	return rc < 0 ? rc : 1;
}

static int read_objects(struct reader *reader, const struct ll_sink *out, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	size_t at = first_object(reader), found = 0, objects = 0;
	bool is_end = false;
	int rc;

	do {
		rc = read_object(reader, at, out, &damage);
		found += rc > 0;
		ll_metric_set_clear(&reader->numbers);
		ll_arena_clear(&reader->paths);
		objects++;
	} while ((rc == 0 || rc == 1) && objects < OBJECTS_MAX &&
	         has_another(reader, &at, &is_end));
	if (rc < 0 && (found == 0 || rc != LL_E_FORMAT))
		return ll_fail(err, rc, "%s", damage.text);
	if (found == 0)
		return ll_fail(err, LL_E_FORMAT,
		               "JSON without HeapAlloc and NextGC: not runtime.MemStats");
	if (rc < 0 || rc == 2 || !is_end)
		out->note(out->self, ll_json_line(&reader->json),
		          rc < 0 || rc == 2 || objects < OBJECTS_MAX
		                  ? "damaged from here on: only what stands before it is read"
		                  : "more than 65,536 objects: the others are not read");
	return LL_OK;
}

static int read_memstats_json(struct ll_stream *in, const struct ll_peek *peek,
                              const struct ll_sink *out, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) struct reader *reader = ll_calloc(1, sizeof *reader);
	int rc = ll_stream_all(in, &reader->whole, err);

	(void)peek;
	if (rc < 0)
		return rc;
	ll_buf_init(&reader->program, LL_BUF_MESSAGE);
	ll_buf_init(&reader->path, LL_BUF_SQL);
	(void)ll_buf_reserve(&reader->path, PATH_MAX_BYTES);
	ll_json_init(&reader->json, behind_http_headers(reader->whole, &reader->time_ns));
	rc = read_objects(reader, out, err);
	ll_buf_done(&reader->program);
	ll_buf_done(&reader->path);
	ll_metric_set_done(&reader->numbers);
	ll_arena_done(&reader->paths);
	return rc;
}

static enum ll_bid bid_memstats(const struct ll_peek *peek)
{
	int64_t time_ns;
	const struct ll_str head = behind_http_headers(peek->head, &time_ns);
	struct ll_str start = ll_str_trim(ll_str_first(head, 256));
	bool is_array, has_memstats, has_cmdline;

	(void)ll_str_skip(&start, BOM);
	start = ll_str_trim(start);
	is_array = ll_str_skip(&start, "[");
	start = ll_str_trim(start);
	if (!ll_str_starts(start, "{"))
		return LL_BID_NO;
	if (ll_str_find(head, "\"HeapAlloc\"") != SIZE_MAX &&
	    ll_str_find(head, "\"NextGC\"") != SIZE_MAX)
		return LL_BID_SHAPE;
	if (is_array)
		return LL_BID_NO;
	/* A large expvar page can have its memstats behind the head. */
	has_memstats = ll_str_find(head, "\"memstats\"") != SIZE_MAX;
	has_cmdline = ll_str_find(head, "\"cmdline\"") != SIZE_MAX;
	if (has_memstats && has_cmdline)
		return LL_BID_SHAPE;
	return has_memstats || has_cmdline ? LL_BID_GUESS : LL_BID_NO;
}

const struct ll_format ll_fmt_memstats = {
	.id = "memstats-json",
	.title = "runtime.MemStats or expvar JSON",
	.bid = bid_memstats,
	.read = read_memstats_json,
};
