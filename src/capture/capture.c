/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.c - lets the formats that claim a content (claims.h) read it.
 *
 *   1. Of several captures in one text the first is read. Formats that pass over lines of others
 *      then read the whole text, too. A note tells of what is not read.
 *   2. When the first cannot be read, whoever else claims the text is asked, with a note.
 *   3. Captures that do not know their time have that of saved HTTP headers.
 *
 * No format sees how Windows marks texts: a byte order mark is passed over, UTF-16 (up to 256 MiB)
 * becomes UTF-8.
 */
#include "claims.h"
#include "content/http_head.h"
#include "content/stream.h"
#include "content/text_marks.h"
#include "sink_front.h"

/* Words for what a content is when no format wants it. Half a capture is none for a good reason. */
static int nothing_fits(const struct ll_stream *in, const struct ll_peek *peek,
                        struct ll_error *err)
{
	const int rc = ll_stream_check(in, err);

	if (rc < 0)
		return rc;
	if (peek->head.size == 0)
		return ll_fail(err, LL_E_FORMAT, "empty file");
	return ll_fail(err, LL_E_FORMAT, "no known capture format");
}

/* ------------------------------------------------------ several captures in one */

/* A text that several formats claim. */
struct mixed {
	struct ll_peek peek;
	struct ll_sink_front sink;
	struct ll_str bytes;        /* all of it */
	struct ll_buf rest;         /* titles of what was not read */
	const struct ll_format *by; /* the first that was read */
	struct ll_error why;        /* the first failure */
};

static void add_title(struct mixed *mixed, const struct ll_format *format)
{
	ll_buf_printf(&mixed->rest, "%s%s", mixed->rest.size > 0 ? "; " : "", format->title);
}

static uint64_t count_lines(struct ll_str text)
{
	uint64_t lines = 0;

	for (size_t i = 0; i < text.size; i++)
		lines += text.data[i] == '\n';
	return lines;
}

/* Lets it read from where its part begins. */
static int read_part(const struct mixed *mixed, const struct ll_claim *claim,
                     const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_str bytes = ll_str_from(mixed->bytes, claim->from);
	LL_CLEANUP(ll_stream_closep)
	struct ll_stream *part = ll_stream_open_memory(bytes.data, bytes.size);
	struct ll_peek peek = mixed->peek;

	peek.head = ll_str_first(bytes, LL_PEEK_SIZE);
	peek.is_whole = bytes.size < LL_PEEK_SIZE;
	ll_stream_set_modified(part, peek.modified_ns);
	return claim->format->read(part, &peek, out, err);
}

/*
 * Rules 1 and 2. Who passes over lines of others, or begins at a line of its own, may read behind
 * another. A reader that fails has handed on what does not count, so each is tried first.
 */
static int read_claim(struct mixed *mixed, const struct ll_claim *claim, struct ll_error *err)
{
	const struct ll_format *const format = claim->format;
	struct ll_error damage = LL_ERROR_INIT;

	if (!format->read || (mixed->by && !format->reads_between && claim->from == 0)) {
		add_title(mixed, format);
		return LL_OK;
	}
	if (read_part(mixed, claim, &ll_sink_ignore, &damage) < 0) {
		if (mixed->why.code == LL_OK)
			mixed->why = damage;
		add_title(mixed, format);
		return LL_OK;
	}
	if (!mixed->by)
		mixed->by = format;
	mixed->sink.format = format->id;
	mixed->sink.lines = count_lines(ll_str_first(mixed->bytes, claim->from));
	return read_part(mixed, claim, &mixed->sink.front, err);
}

static void note_rest(struct mixed *mixed)
{
	const struct ll_sink *const out = mixed->sink.out;
	char text[512];

	if (mixed->rest.size == 0)
		return;
	(void)snprintf(text, sizeof text, "also in this text, and not read: %.*s",
	               LL_STR_ARG(ll_buf_str(&mixed->rest)));
	out->note(out->self, 0, text);
}

/* The sentence of a format that is refused, else why the first one could not read. */
static int nothing_read(const struct mixed *mixed, const struct ll_claims *claims,
                        const struct ll_format **ret_format, struct ll_error *err)
{
	const struct ll_format *const last = claims->items[claims->count - 1].format;

	if (last->read)
		return ll_fail(err, mixed->why.code, "%s", mixed->why.text);
	*ret_format = last;
	return ll_fail(err, LL_E_FORMAT, "%s", last->refusal);
}

static int read_mixed(struct mixed *mixed, const struct ll_claims *claims,
                      const struct ll_format **ret_format, struct ll_error *err)
{
	int rc = LL_OK;

	ll_buf_init(&mixed->rest, LL_BUF_PAGE);
	for (size_t i = 0; rc >= 0 && i < claims->count; i++)
		rc = read_claim(mixed, &claims->items[i], err);
	if (mixed->by)
		*ret_format = mixed->by;
	else if (rc >= 0)
		rc = nothing_read(mixed, claims, ret_format, err);
	if (rc >= 0)
		note_rest(mixed);
	ll_buf_done(&mixed->rest);
	return rc;
}

/* What does not fit into memory, or ends early, can be read only once. */
static int read_first(struct mixed *mixed, const struct ll_claims *claims, struct ll_stream *in,
                      struct ll_error *err)
{
	int rc;

	mixed->peek.head = ll_stream_peek(in, LL_PEEK_SIZE);
	rc = claims->items[0].format->read(in, &mixed->peek, &mixed->sink.front, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&mixed->rest, LL_BUF_PAGE);
	for (size_t i = 1; i < claims->count; i++)
		add_title(mixed, claims->items[i].format);
	note_rest(mixed);
	ll_buf_done(&mixed->rest);
	return rc;
}

/* ------------------------------------------------------------------------- all */

/* Rule 3. Where several answers were saved, the first headers are of the first capture only. */
static void take_date(const struct ll_peek *peek, struct ll_sink_front *sink)
{
	const size_t size = ll_http_head(peek->head, &sink->date_ns);

	sink->is_date_of_one =
		size > 0 && ll_str_find(ll_str_from(peek->head, size), "\nHTTP/") != SIZE_MAX;
}

static int read_unmarked(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                         const struct ll_format **ret_format, struct ll_error *err)
{
	struct ll_peek peek = {
		.head = ll_stream_peek(in, LL_PEEK_SIZE),
		.name = name,
		.modified_ns = ll_stream_modified(in),
	};
	struct mixed mixed = {.why = LL_ERROR_INIT};
	struct ll_error ignored = LL_ERROR_INIT; /* whoever reads the stream meets it again */
	const struct ll_format *format;
	struct ll_claims claims;

	peek.is_whole = peek.head.size < LL_PEEK_SIZE;
	ll_claims_take(&peek, &claims);
	if (claims.count == 0)
		return nothing_fits(in, &peek, err);
	format = claims.items[0].format;
	if (claims.is_undecided)
		return ll_fail(err, LL_E_FORMAT, "both %s and %s claim this content", format->id,
		               claims.items[1].format->id);
	if (!ret_format)
		ret_format = &format;
	*ret_format = format;
	if (!format->read)
		return ll_fail(err, LL_E_FORMAT, "%s", format->refusal);
	ll_sink_front_init(&mixed.sink, out);
	take_date(&peek, &mixed.sink);
	mixed.peek = peek;
	if (claims.count == 1 && claims.items[0].from == 0)
		return format->read(in, &peek,
		                    mixed.sink.date_ns != LL_TIME_NONE ? &mixed.sink.front : out,
		                    err);
	if (ll_stream_all(in, &mixed.bytes, &ignored) < 0)
		return read_first(&mixed, &claims, in, err);
	return read_mixed(&mixed, &claims, ret_format, err);
}

static int read_utf16(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                      const struct ll_format **ret_format, struct ll_error *err)
{
	LL_CLEANUP(ll_stream_closep) struct ll_stream *decoded = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_str bytes;
	int rc;

	ll_buf_init(&text, LL_TEXT_DECODED_MAX);
	rc = ll_stream_all(in, &bytes, err);
	if (rc < 0)
		return rc;
	ll_text_from_utf16(bytes, &text);
	rc = ll_buf_check(&text, "the text in UTF-8", err);
	if (rc < 0)
		return rc;
	decoded = ll_stream_open_memory(text.data, text.size);
	ll_stream_set_modified(decoded, ll_stream_modified(in));
	return read_unmarked(decoded, name, out, ret_format, err);
}

int ll_capture_read(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                    const struct ll_format **ret_format, struct ll_error *err)
{
	const struct ll_str start = ll_stream_peek(in, 3);
	const size_t mark = ll_text_mark(start);
	char bytes[3];
	int64_t taken = 0;

	if (ll_text_is_utf16(start))
		return read_utf16(in, name, out, ret_format, err);
	if (mark > 0)
		taken = ll_stream_take(in, bytes, mark, err);
	return taken < 0 ? (int)taken : read_unmarked(in, name, out, ret_format, err);
}
