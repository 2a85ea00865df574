/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.c - lets the formats that claim a content (claims.h) read it.
 *
 *   1. Of several captures in one text (parts.h) each is read by its format up to where one of
 *      another begins. Formats that pass over lines of others read the whole text, too. A note
 *      tells of what is not read.
 *   2. When the first cannot be read, whoever else claims the text is asked, with a note.
 *   3. Captures that do not know their time have that of saved HTTP headers.
 *
 * No format sees how Windows marks texts: a byte order mark is passed over, UTF-16 (up to 256 MiB)
 * becomes UTF-8. Nor the fences of a page (up to 16 MiB) in lines that they share with text.
 */
#include "claims.h"
#include "content/http_head.h"
#include "content/stream.h"
#include "content/text_marks.h"
#include "log/log_text.h"
#include "parts.h"
#include "sink_front.h"

#include <inttypes.h>

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

/* A text in which there may be several captures. */
struct mixed {
	struct ll_peek peek;
	struct ll_sink_front sink;
	struct ll_str bytes; /* all of it */
	struct ll_parts parts;
	struct ll_vec jobs;         /* struct ll_part: what is read, in that order */
	struct ll_buf rest;         /* titles of what was not read */
	const struct ll_format *by; /* the first that was read */
	struct ll_error why;        /* the first failure */
};

static void add_title(struct mixed *mixed, const struct ll_part *part, const char *why)
{
	ll_buf_printf(&mixed->rest, "%s%s", mixed->rest.size > 0 ? "; " : "", part->format->title);
	if (part->lines > 0)
		ll_buf_printf(&mixed->rest, " at line %" PRIu64, part->lines + 1);
	if (why)
		ll_buf_printf(&mixed->rest, " (%s)", why);
}

static bool has_job(const struct mixed *mixed, const struct ll_format *format)
{
	const struct ll_part *const jobs = mixed->jobs.items;

	for (size_t i = 0; i < mixed->jobs.count; i++) {
		if (jobs[i].format == format)
			return true;
	}
	return false;
}

static void add_job(struct mixed *mixed, struct ll_part job)
{
	*(struct ll_part *)ll_vec_push(&mixed->jobs, sizeof job) = job;
}

/* Who passes over lines of others reads all of the text once. */
static void plan_whole(struct mixed *mixed, const struct ll_claims *claims)
{
	for (size_t i = 0; i < claims->count; i++) {
		const struct ll_format *const format = claims->items[i];

		if (format->read && format->reads_between && !has_job(mixed, format))
			add_job(mixed, (struct ll_part){format, 0, mixed->bytes.size, 0});
	}
}

static void plan_parts(struct mixed *mixed)
{
	const struct ll_part *const parts = mixed->parts.items.items;

	for (size_t i = 0; i < mixed->parts.items.count; i++) {
		struct ll_part job = parts[i];

		if (!job.format->read || (job.format->reads_between && has_job(mixed, job.format)))
			continue;
		if (job.format->reads_between)
			job.to = mixed->bytes.size;
		add_job(mixed, job);
	}
}

/*
 * Rule 1. What stands first is read first. Of two that claim the text's beginning and know nothing
 * of others the first has it.
 */
static void plan(struct mixed *mixed, const struct ll_claims *claims)
{
	if (claims->count > 0 && !claims->items[0]->reads_between)
		plan_parts(mixed);
	plan_whole(mixed, claims);
	if (claims->count == 0 || claims->items[0]->reads_between)
		plan_parts(mixed);
	for (size_t i = 0; i < claims->count; i++) {
		if (!has_job(mixed, claims->items[i]))
			add_title(mixed, &(struct ll_part){.format = claims->items[i]}, NULL);
	}
}

static int read_part(const struct mixed *mixed, const struct ll_part *job,
                     const struct ll_sink *out, struct ll_error *err)
{
	const struct ll_str bytes = ll_str_n(mixed->bytes.data + job->from, job->to - job->from);
	LL_CLEANUP(ll_stream_closep)
	struct ll_stream *part = ll_stream_open_memory(bytes.data, bytes.size);
	struct ll_peek peek = mixed->peek;

	peek.head = ll_str_first(bytes, LL_PEEK_SIZE);
	peek.is_whole = bytes.size < LL_PEEK_SIZE;
	ll_stream_set_modified(part, peek.modified_ns);
	return job->format->read(part, &peek, out, err);
}

/* Headers in front of a part are of its capture; those in front of the text may be of all. */
static void take_part_date(struct mixed *mixed, const struct ll_part *job)
{
	const struct ll_str head = ll_str_first(ll_str_from(mixed->bytes, job->from), LL_PEEK_SIZE);

	if (job->from > 0 && ll_str_starts(head, "HTTP/")) {
		(void)ll_http_head(head, &mixed->sink.date_ns);
		mixed->sink.is_date_of_one = true;
		mixed->sink.captures = 0;
	}
}

/* Rule 2. A reader that fails has handed on what does not count, so each is tried first. */
static int read_job(struct mixed *mixed, const struct ll_part *job, bool is_guess,
                    struct ll_error *err)
{
	struct ll_error damage = LL_ERROR_INIT;

	if (read_part(mixed, job, &ll_sink_ignore, &damage) < 0) {
		if (mixed->why.code == LL_OK)
			mixed->why = damage;
		if (!is_guess)
			add_title(mixed, job, job->lines > 0 ? damage.text : NULL);
		return LL_OK;
	}
	if (!mixed->by)
		mixed->by = job->format;
	take_part_date(mixed, job);
	mixed->sink.format = job->format->id;
	mixed->sink.lines = job->lines;
	return read_part(mixed, job, &mixed->sink.front, err);
}

static void note_rest(struct mixed *mixed)
{
	const struct ll_sink *const out = mixed->sink.out;
	char text[512];

	if (mixed->parts.given_up > 0)
		out->note(out->self, mixed->parts.given_up,
		          "too many lines that look like captures: none is looked for behind this");
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
	const struct ll_format *const last =
		claims->count > 0 ? claims->items[claims->count - 1] : NULL;

	if (!last || last->read)
		return ll_fail(err, mixed->why.code, "%s", mixed->why.text);
	*ret_format = last;
	return ll_fail(err, LL_E_FORMAT, "%s", last->refusal);
}

static int read_mixed(struct mixed *mixed, const struct ll_claims *claims,
                      const struct ll_format **ret_format, struct ll_error *err)
{
	const struct ll_part *jobs;
	int rc = LL_OK;

	ll_buf_init(&mixed->rest, LL_BUF_PAGE);
	plan(mixed, claims);
	jobs = mixed->jobs.items;
	for (size_t i = 0; rc >= 0 && i < mixed->jobs.count; i++)
		rc = read_job(mixed, &jobs[i],
		              claims->is_guess && jobs[i].format == claims->items[0], err);
	if (mixed->by)
		*ret_format = mixed->by;
	else if (rc >= 0)
		rc = nothing_read(mixed, claims, ret_format, err);
	if (rc >= 0)
		note_rest(mixed);
	ll_buf_done(&mixed->rest);
	ll_vec_done(&mixed->jobs);
	return rc;
}

/* What does not fit into memory, or ends early, can be read only once. */
static int read_first(struct mixed *mixed, const struct ll_claims *claims, struct ll_stream *in,
                      struct ll_error *err)
{
	const struct ll_part *const parts = mixed->parts.items.items;
	int rc;

	mixed->peek.head = ll_stream_peek(in, LL_PEEK_SIZE);
	rc = claims->items[0]->read(in, &mixed->peek, &mixed->sink.front, err);
	if (rc < 0)
		return rc;
	ll_buf_init(&mixed->rest, LL_BUF_PAGE);
	for (size_t i = 0; i < claims->count; i++)
		add_job(mixed, (struct ll_part){.format = claims->items[i]});
	for (size_t i = 0; i < mixed->parts.items.count; i++) {
		if (!has_job(mixed, parts[i].format))
			add_job(mixed, parts[i]);
	}
	for (size_t i = 1; i < mixed->jobs.count; i++)
		add_title(mixed, (struct ll_part *)mixed->jobs.items + i, NULL);
	note_rest(mixed);
	ll_buf_done(&mixed->rest);
	ll_vec_done(&mixed->jobs);
	return rc;
}

/* ------------------------------------------------------------------------- all */

/* Rule 3. Where several answers were saved, the first headers are of the first capture only. */
static void take_date(const struct ll_stream *in, const struct ll_peek *peek,
                      struct ll_sink_front *sink)
{
	const size_t size = ll_http_head(peek->head, &sink->date_ns);

	if (size == 0)
		sink->date_ns = ll_stream_date(in);
	sink->is_date_of_one =
		size > 0 && ll_str_find(ll_str_from(peek->head, size), "\nHTTP/") != SIZE_MAX;
}

/* Looks through a text, unless it is too large for memory and one format alone claims its head. */
static bool is_mixed(struct mixed *mixed, const struct ll_claims *claims, struct ll_stream *in)
{
	const struct ll_format *const first = claims->count > 0 ? claims->items[0] : NULL;
	struct ll_error ignored = LL_ERROR_INIT; /* whoever reads the stream meets it again */
	const bool is_several = claims->count > 1;

	if (!is_several && !claims->is_text)
		return false;
	if (ll_stream_is_memory(in)) {
		mixed->bytes = ll_stream_peek(in, SIZE_MAX);
	} else if (!is_several || ll_stream_all(in, &mixed->bytes, &ignored) < 0) {
		ll_parts_find(&mixed->peek, mixed->peek.head, first, &mixed->parts);
		return false;
	}
	ll_parts_find(&mixed->peek, mixed->bytes, first, &mixed->parts);
	return is_several || mixed->parts.changes > 0 || mixed->parts.given_up > 0;
}

static int read_claimed(struct mixed *mixed, const struct ll_claims *claims, struct ll_stream *in,
                        const struct ll_format **ret_format, struct ll_error *err)
{
	const struct ll_format *format;

	if (!ret_format)
		ret_format = &format;
	if (is_mixed(mixed, claims, in)) {
		*ret_format = claims->count > 0 ? claims->items[0] : NULL;
		return read_mixed(mixed, claims, ret_format, err);
	}
	if (claims->count == 0)
		return nothing_fits(in, &mixed->peek, err);
	format = claims->items[0];
	*ret_format = format;
	if (!format->read)
		return ll_fail(err, LL_E_FORMAT, "%s", format->refusal);
	if (claims->count > 1 || mixed->parts.changes > 0)
		return read_first(mixed, claims, in, err);
	return format->read(
		in, &mixed->peek,
		mixed->sink.date_ns != LL_TIME_NONE ? &mixed->sink.front : mixed->sink.out, err);
}

static int read_unmarked(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                         const struct ll_format **ret_format, struct ll_error *err)
{
	struct mixed mixed = {
		.peek =
			{
				.head = ll_stream_peek(in, LL_PEEK_SIZE),
				.name = name,
				.modified_ns = ll_stream_modified(in),
			},
		.why = LL_ERROR_INIT,
	};
	struct ll_claims claims;
	int rc;

	mixed.peek.is_whole = mixed.peek.head.size < LL_PEEK_SIZE;
	ll_claims_take(&mixed.peek, &claims);
	if (claims.is_undecided)
		return ll_fail(err, LL_E_FORMAT, "both %s and %s claim this content",
		               claims.items[0]->id, claims.items[1]->id);
	ll_sink_front_init(&mixed.sink, out);
	take_date(in, &mixed.peek, &mixed.sink);
	rc = read_claimed(&mixed, &claims, in, ret_format, err);
	ll_parts_done(&mixed.parts);
	return rc;
}

static bool has_fence(struct ll_str page)
{
	return (ll_str_find(page, "```") != SIZE_MAX || ll_str_find(page, "<pre>") != SIZE_MAX ||
	        ll_str_starts(page, "`") || ll_str_find(page, "\n`") != SIZE_MAX) &&
	       ll_log_text_is_text(page);
}

/* A text, which may be a page. */
static int read_page(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                     const struct ll_format **ret_format, struct ll_error *err)
{
	LL_CLEANUP(ll_stream_closep) struct ll_stream *bare = NULL;
	LL_CLEANUP(ll_buf_done) struct ll_buf text;
	struct ll_str page = {NULL, 0};
	int rc;

	ll_buf_init(&text, LL_TEXT_PAGE_MAX);
	if (ll_stream_is_memory(in))
		page = ll_stream_peek(in, LL_TEXT_PAGE_MAX + 1);
	if (page.size == 0 || page.size > LL_TEXT_PAGE_MAX ||
	    !has_fence(ll_str_first(page, LL_PEEK_SIZE)) || !ll_text_unfence(page, &text))
		return read_unmarked(in, name, out, ret_format, err);
	rc = ll_stream_all(in, &page, err);
	if (rc < 0)
		return rc;
	bare = ll_stream_open_memory(text.data, text.size);
	ll_stream_set_modified(bare, ll_stream_modified(in));
	ll_stream_set_date(bare, ll_stream_date(in));
	return read_unmarked(bare, name, out, ret_format, err);
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
	ll_stream_set_date(decoded, ll_stream_date(in));
	return read_page(decoded, name, out, ret_format, err);
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
	return taken < 0 ? (int)taken : read_page(in, name, out, ret_format, err);
}
