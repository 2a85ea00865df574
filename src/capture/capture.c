/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.c - collects bids, lets the best format read.
 *
 * Bids are evidence, and the order of the table means nothing: two formats with the same best bid
 * are a mistake in our table (a house test tries every sample against every format), reported as
 * such.
 */
#include <leakledger/capture.h>

enum {
	BEGINNING_BYTES = 1024,
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

int ll_capture_read(struct ll_stream *in, struct ll_str name, const struct ll_sink *out,
                    const struct ll_format **ret_format, struct ll_error *err)
{
	struct ll_peek peek = {
		.head = ll_stream_peek(in, LL_PEEK_SIZE),
		.name = name,
		.modified_ns = ll_stream_modified(in),
	};
	const struct ll_format *format;
	struct bids bids;

	peek.is_whole = peek.head.size < LL_PEEK_SIZE;
	bids = take_bids(&peek);
	format = bids.best;
	if (!format)
		return nothing_fits(in, &peek, err);
	if (bids.tie)
		return ll_fail(err, LL_E_FORMAT, "both %s and %s claim this content", format->id,
		               bids.tie->id);
	if (ret_format)
		*ret_format = format;
	if (!format->read)
		return ll_fail(err, LL_E_FORMAT, "%s", format->refusal);
	return format->read(in, &peek, out, err);
}
