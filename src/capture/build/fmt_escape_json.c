/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fmt_escape_json.c - what `go build -gcflags=-json=0,DIR` writes for each source file (formats.md
 * 7.5), one file or several behind each other.
 *
 *     {"version":0,"package":"shop","goos":"linux","goarch":"amd64","gc_version":"go1.27.3",
 *      "file":"/src/shop/cart.go"}
 *     {"range":{"start":{"line":26,"character":35},...},...,"code":"escapes",...,
 *      "message":"make(map[string]int) escapes to heap","relatedInformation":[...]}
 *     {"range":{"start":{"line":26,"character":35},...},...,"code":"escape",...,"message":""}
 *
 * Rules:
 *   1. The remark with a text says what, and comes once for each way of escaping; the one without
 *      says that the expression at this place is allocated. Both have the code "escape" or
 *      "escapes", whichever the reason.
 *   2. A text without its empty remark is about a variable: that is "moved to heap" in a log of -m,
 *      and is made to read like it. An empty remark alone is an allocation of unknown kind.
 *   3. So the remarks of a file are gathered, sorted by place and told apart at its end.
 */
#include "escape_message.h"

#include <leakledger/capture.h>
#include <leakledger/json.h>
#include <leakledger/vec.h>

#include <inttypes.h>

enum {
	REMARKS_MAX = 500 * 1000, /* of one source file */
};

struct remark {
	int64_t line, column;
	struct ll_str message; /* empty: it is allocated */
};

struct reader {
	const struct ll_sink *out;
	struct ll_arena arena; /* texts of the source file that is being read */
	struct ll_vec remarks;
	struct ll_buf package, file, version, message;
	bool has_capture;
	struct ll_buf capture_version;
	size_t bad_lines, left_out;
	uint64_t first_bad;
};

/* A line of the log: a header when it has a version of the compiler. */
struct fields {
	int64_t line, column;
	bool is_escape, has_version, has_message;
};

/* -------------------------------------------------------------------- lines */

static bool take_text(struct ll_json *json, struct ll_buf *to)
{
	const struct ll_json_token token = ll_json_next(json);

	if (token.kind != LL_JSON_STRING)
		return false;
	ll_buf_clear(to);
	ll_json_unescape(token.text, to);
	return true;
}

/* {"start":{"line":26,"character":35},"end":...} */
static bool take_range(struct ll_json *json, struct fields *fields)
{
	struct ll_json_token token = ll_json_next(json);

	if (token.kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(json)).kind == LL_JSON_KEY) {
		if (!ll_str_equal(token.text, ll_str("start"))) {
			if (!ll_json_skip(json))
				return false;
			continue;
		}
		if (ll_json_next(json).kind != LL_JSON_OBJECT)
			return false;
		while ((token = ll_json_next(json)).kind == LL_JSON_KEY) {
			const bool is_line = ll_str_equal(token.text, ll_str("line"));

			token = ll_json_next(json);
			if (token.kind != LL_JSON_NUMBER ||
			    !ll_str_to_i64(token.text, is_line ? &fields->line : &fields->column))
				return false;
		}
		if (token.kind != LL_JSON_OBJECT_END)
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END;
}

static bool take_field(struct reader *reader, struct ll_json *json, struct ll_str key,
                       struct fields *fields)
{
	if (ll_str_equal(key, ll_str("range")))
		return take_range(json, fields);
	if (ll_str_equal(key, ll_str("code"))) {
		const struct ll_json_token code = ll_json_next(json);

		fields->is_escape = ll_str_equal(code.text, ll_str("escape")) ||
		                    ll_str_equal(code.text, ll_str("escapes"));
		return code.kind == LL_JSON_STRING;
	}
	if (ll_str_equal(key, ll_str("message"))) {
		fields->has_message = true;
		return take_text(json, &reader->message);
	}
	if (ll_str_equal(key, ll_str("gc_version"))) {
		fields->has_version = true;
		return take_text(json, &reader->version);
	}
	return ll_json_skip(json);
}

/* Package and file of a header, which precede each other in any order. */
static bool take_header(struct reader *reader, struct ll_str text)
{
	struct ll_json json;
	struct ll_json_token token;

	ll_buf_clear(&reader->package);
	ll_buf_clear(&reader->file);
	ll_json_init(&json, text);
	(void)ll_json_next(&json);
	while ((token = ll_json_next(&json)).kind == LL_JSON_KEY) {
		bool is_good;

		if (ll_str_equal(token.text, ll_str("package")))
			is_good = take_text(&json, &reader->package);
		else if (ll_str_equal(token.text, ll_str("file")))
			is_good = take_text(&json, &reader->file);
		else
			is_good = ll_json_skip(&json);
		if (!is_good)
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END;
}

static bool parse_line(struct reader *reader, struct ll_str text, struct fields *fields)
{
	struct ll_json json;
	struct ll_json_token token;

	*fields = (struct fields){0};
	ll_json_init(&json, text);
	if (ll_json_next(&json).kind != LL_JSON_OBJECT)
		return false;
	while ((token = ll_json_next(&json)).kind == LL_JSON_KEY) {
		if (!take_field(reader, &json, token.text, fields))
			return false;
	}
	return token.kind == LL_JSON_OBJECT_END && ll_json_next(&json).kind == LL_JSON_END;
}

/* ----------------------------------------------------------------- emitting */

static int by_place(const void *a, const void *b)
{
	const struct remark *const left = a, *const right = b;

	if (left->line != right->line)
		return left->line < right->line ? -1 : 1;
	if (left->column != right->column)
		return left->column < right->column ? -1 : 1;
	return ll_str_compare(left->message, right->message);
}

/* "x escapes to heap in F" -> "x escapes to heap": since Go 1.25 the function is named. */
static struct ll_str cut_function(struct ll_str message)
{
	static const char escapes[] = " escapes to heap";
	const size_t at = ll_str_find(message, escapes);

	return at == SIZE_MAX ? message : ll_str_first(message, at + strlen(escapes));
}

static int emit(struct reader *reader, const struct remark *remark, bool is_allocated,
                struct ll_error *err)
{
	struct ll_build_fact fact = {
		.package = ll_buf_str(&reader->package),
		.file = ll_buf_str(&reader->file),
		.line = remark->line,
		.column = remark->column,
		.message = cut_function(remark->message),
	};

	if (fact.message.size == 0) {
		fact.what = "allocates";
		fact.message = ll_str("escapes to heap");
	} else if (is_allocated) {
		fact.what = ll_escape_what(fact.message);
	} else {
		const size_t name = ll_str_find(fact.message, " escapes to heap");

		fact.what = "moved";
		fact.message =
			ll_str(ll_arena_printf(&reader->arena, "moved to heap: %.*s",
		                               LL_STR_ARG(ll_str_first(fact.message, name))));
	}
	return fact.what ? reader->out->build_fact(reader->out->self, &fact, err) : LL_OK;
}

/* Rule 2: the remarks of one place; an empty one sorts first. */
static int emit_place(struct reader *reader, const struct remark *remarks, size_t count,
                      struct ll_error *err)
{
	const bool is_allocated = remarks[0].message.size == 0;
	const bool is_alone = is_allocated && remarks[count - 1].message.size == 0;
	int rc = LL_OK;

	if (is_alone)
		return emit(reader, &remarks[0], true, err);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		const bool is_again = i > 0 && ll_str_equal(cut_function(remarks[i].message),
		                                            cut_function(remarks[i - 1].message));

		if (remarks[i].message.size > 0 && !is_again)
			rc = emit(reader, &remarks[i], is_allocated, err);
	}
	return rc;
}

static int finish_file(struct reader *reader, struct ll_error *err)
{
	struct remark *const remarks = reader->remarks.items;
	const size_t count = reader->remarks.count;
	int rc = LL_OK;

	if (count > 0)
		qsort(remarks, count, sizeof *remarks, by_place);
	for (size_t from = 0, to; rc == LL_OK && from < count; from = to) {
		for (to = from + 1; to < count && remarks[to].line == remarks[from].line &&
		                    remarks[to].column == remarks[from].column;)
			to++;
		rc = emit_place(reader, &remarks[from], to - from, err);
	}
	reader->remarks.count = 0;
	ll_arena_clear(&reader->arena);
	return rc;
}

/* ------------------------------------------------------------------ reading */

/* Another file; another capture when another compiler wrote it. */
static int read_header(struct reader *reader, struct ll_str text, struct ll_error *err)
{
	const struct ll_origin origin = {
		.kind = LL_KIND_ESCAPE,
		.variant = "json",
		.time_ns = LL_TIME_NONE,
		.not_before_ns = LL_TIME_NONE,
		.go_version = ll_buf_str(&reader->version),
	};
	const int rc = reader->has_capture ? finish_file(reader, err) : LL_OK;

	if (rc < 0)
		return rc;
	(void)take_header(reader, text);
	if (reader->has_capture &&
	    ll_str_equal(ll_buf_str(&reader->version), ll_buf_str(&reader->capture_version)))
		return LL_OK;
	ll_buf_clear(&reader->capture_version);
	ll_buf_put_str(&reader->capture_version, ll_buf_str(&reader->version));
	reader->has_capture = true;
	return reader->out->begin(reader->out->self, &origin, err);
}

static int read_line(struct reader *reader, struct ll_str text, uint64_t number,
                     struct ll_error *err)
{
	struct fields fields;
	struct remark *remark;

	if (ll_str_trim(text).size == 0)
		return LL_OK;
	ll_buf_clear(&reader->message);
	if (!parse_line(reader, text, &fields)) {
		if (reader->bad_lines++ == 0)
			reader->first_bad = number;
		return LL_OK;
	}
	if (fields.has_version)
		return read_header(reader, text, err);
	if (!fields.is_escape || !fields.has_message || !reader->has_capture || fields.line <= 0)
		return LL_OK;
	if (reader->remarks.count == REMARKS_MAX) {
		reader->left_out++;
		return LL_OK;
	}
	remark = ll_vec_push(&reader->remarks, sizeof *remark);
	remark->line = fields.line;
	remark->column = fields.column;
	remark->message = ll_arena_str(&reader->arena, ll_buf_str(&reader->message));
	return LL_OK;
}

static void note_losses(const struct reader *reader)
{
	char text[96];

	if (reader->bad_lines > 0) {
		(void)snprintf(text, sizeof text, "%zu lines are not JSON", reader->bad_lines);
		reader->out->note(reader->out->self, reader->first_bad, text);
	}
	if (reader->left_out > 0) {
		(void)snprintf(text, sizeof text, "%zu remarks left out: more than %d in one file",
		               reader->left_out, REMARKS_MAX);
		reader->out->note(reader->out->self, 0, text);
	}
}

static int read_lines(struct reader *reader, struct ll_stream *in, struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;
	struct ll_str line;
	int state = 0, rc = LL_OK;

	while (rc == LL_OK && (state = ll_stream_line(in, &line, &damage)) > 0)
		rc = read_line(reader, line, ll_stream_line_number(in), err);
	if (rc == LL_OK)
		rc = finish_file(reader, err);
	if (rc < 0)
		return rc;
	if (!reader->has_capture)
		return state < 0 ? ll_fail(err, damage.code, "%s", damage.text)
		                 : ll_fail(err, LL_E_FORMAT, "line %" PRIu64 ": malformed JSON",
		                           reader->first_bad);
	note_losses(reader);
	if (state < 0)
		reader->out->note(reader->out->self, ll_stream_line_number(in), damage.text);
	return LL_OK;
}

static int read_escape_json(struct ll_stream *in, const struct ll_peek *peek,
                            const struct ll_sink *out, struct ll_error *err)
{
	struct reader reader = {.out = out};
	struct ll_buf *const bufs[] = {&reader.package, &reader.file, &reader.version,
	                               &reader.message, &reader.capture_version};
	int rc;

	(void)peek;
	for (size_t i = 0; i < LL_COUNT(bufs); i++)
		ll_buf_init(bufs[i], LL_BUF_MESSAGE);
	rc = read_lines(&reader, in, err);
	for (size_t i = 0; i < LL_COUNT(bufs); i++)
		ll_buf_done(bufs[i]);
	ll_vec_done(&reader.remarks);
	ll_arena_done(&reader.arena);
	return rc;
}

static enum ll_bid bid_escape_json(const struct ll_peek *peek)
{
	const struct ll_str line = ll_str_first(peek->head, ll_str_index(peek->head, '\n'));

	return ll_str_starts(line, "{\"version\":") &&
	                       ll_str_find(line, "\"gc_version\":\"") != SIZE_MAX
	               ? LL_BID_MAGIC
	               : LL_BID_NO;
}

const struct ll_format ll_fmt_escape_json = {
	.id = "escape-json",
	.title = "optimizer log of the compiler (-gcflags=-json)",
	.bid = bid_escape_json,
	.read = read_escape_json,
};
