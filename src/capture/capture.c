/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.c - collects bids, lets the best format read.
 *
 * Bids are evidence, and the order of the table means nothing. Two formats with the same best bid
 * for one capture are a mistake in our table (a test asks every format about every seed of the
 * fuzzer). Two captures behind each other in one file are not: the one that stands first is read,
 * and a note says of the other.
 *
 * No format sees how Windows marks texts: a byte order mark is passed over, UTF-16 (up to 256 MiB)
 * becomes UTF-8.
 */
#include "content/stream.h"
#include "content/text_marks.h"

enum {
	BEGINNING_BYTES = 1024,
	/* Of a head, and of one of its lines, that are asked about when two formats tie. */
	LINES_MAX = 64,
	PARTS_MAX = 256,
};

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

/* What all formats say to a head. */
struct bids {
	const struct ll_format *best, *tie; /* tie: another with the same bid */
	enum ll_bid highest, second;
};

static struct bids ask_all(const struct ll_peek *peek)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);
	struct bids bids = {.highest = LL_BID_NO, .second = LL_BID_NO};

	for (size_t i = 0; i < count; i++) {
		const enum ll_bid bid = formats[i]->bid(peek);

		if (bid > bids.highest) {
			bids.second = bids.highest;
			bids.highest = bid;
			bids.best = formats[i];
			bids.tie = NULL;
		} else if (bid != LL_BID_NO && bid == bids.highest) {
			bids.second = bid;
			bids.tie = formats[i];
		} else if (bid > bids.second) {
			bids.second = bid;
		}
	}
	return bids;
}

/*
 * Nearly every content shows what it is in its first kilobyte. Where one format has parsed a record
 * there and nobody else sees anything, two dozen others need not look through 64 of them.
 */
static struct bids take_bids(const struct ll_peek *peek)
{
	struct ll_peek beginning = *peek;
	struct bids bids;

	beginning.head = ll_str_first(peek->head, BEGINNING_BYTES);
	if (beginning.head.size < peek->head.size) {
		beginning.is_whole = false;
		bids = ask_all(&beginning);
		if (bids.highest >= LL_BID_SHAPE && bids.second <= LL_BID_LAST)
			return bids;
	}
	return ask_all(peek);
}

/* The next larger head to ask about: line by line, then doubling. */
static size_t next_size(struct ll_str head, size_t size, size_t asked)
{
	const size_t line = ll_str_index(ll_str_from(head, size), '\n');

	if (asked < LINES_MAX && line != SIZE_MAX)
		return size + line + 1;
	return size < head.size / 2 && size > 0 ? 2 * size : head.size;
}

/* Who of the two has its highest bid for the first `size` bytes: bit 0 the best, bit 1 the tie. */
static unsigned who_bids(const struct ll_peek *peek, size_t size, const struct bids *bids)
{
	struct ll_peek beginning = *peek;

	beginning.head = ll_str_first(peek->head, size);
	beginning.is_whole = size == peek->head.size && peek->is_whole;
	return (bids->best->bid(&beginning) == bids->highest ? 1U : 0U) |
	       (bids->tie->bid(&beginning) == bids->highest ? 2U : 0U);
}

/*
 * Whose evidence comes first, of the two that tie: the first line at which only one of them bids,
 * or the first part of a line. NULL when they cannot be told apart. The other becomes the tie.
 */
static const struct ll_format *first_of(const struct ll_peek *peek, struct bids *bids)
{
	const struct ll_format *const pair[2] = {bids->best, bids->tie};
	size_t size = 0, before = 0, step;
	unsigned who = 0;

	for (size_t asked = 0; who == 0 && size < peek->head.size; asked++) {
		before = size;
		size = next_size(peek->head, size, asked);
		who = who_bids(peek, size, bids);
	}
	if (who == 3) {
		step = (size - before) / PARTS_MAX + 1;
		for (who = 0; who == 0 && before < size; before += step)
			who = who_bids(peek, before, bids);
	}
	if (who != 1 && who != 2)
		return NULL;
	bids->tie = pair[who == 1];
	return pair[who != 1];
}

static void note_other(const struct ll_format *other, const struct ll_sink *out)
{
	char text[160];

	(void)snprintf(text, sizeof text, "only what stands first is read; there is also: %s",
	               other->title);
	out->note(out->self, 0, text);
}

static int read_unmarked(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                         const struct ll_format **ret_format, struct ll_error *err)
{
	struct ll_peek peek = {
		.head = ll_stream_peek(in, LL_PEEK_SIZE),
		.name = name,
		.modified_ns = ll_stream_modified(in),
	};
	const struct ll_format *format;
	struct bids bids;
	int rc;

	peek.is_whole = peek.head.size < LL_PEEK_SIZE;
	bids = take_bids(&peek);
	format = bids.best;
	if (!format)
		return nothing_fits(in, &peek, err);
	if (bids.tie && !(format = first_of(&peek, &bids)))
		return ll_fail(err, LL_E_FORMAT, "both %s and %s claim this content", bids.best->id,
		               bids.tie->id);
	if (ret_format)
		*ret_format = format;
	if (!format->read)
		return ll_fail(err, LL_E_FORMAT, "%s", format->refusal);
	rc = format->read(in, &peek, out, err);
	if (rc >= 0 && bids.tie)
		note_other(bids.tie, out);
	return rc;
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
