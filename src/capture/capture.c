/* SPDX-License-Identifier: Apache-2.0 */
/*
 * capture.c - collects bids, lets the best format read.
 *
 * Bids are evidence, and the order of the table means nothing: two formats with the same best bid
 * are a mistake in our table (a house test tries every sample against every format), reported as
 * such.
 */
#include <leakledger/capture.h>

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

extern const struct ll_format ll_fmt_pprof;

/*
 * No text starts with a line feed and a control character, but every profile.proto that Go writes
 * does: field 1, of a few bytes. A dozen formats need not look for their words in it.
 */
static bool starts_like_profile(struct ll_str head)
{
	return head.size >= 2 && head.data[0] == '\n' && (unsigned char)head.data[1] < '\t';
}

static const struct ll_format *best_bid(const struct ll_peek *peek,
                                        const struct ll_format **ret_tie)
{
	size_t count;
	const struct ll_format *const *const formats = ll_formats(&count);
	const struct ll_format *best = NULL;
	enum ll_bid highest = LL_BID_NO;

	*ret_tie = NULL;
	if (starts_like_profile(peek->head) && ll_fmt_pprof.bid(peek) != LL_BID_NO)
		return &ll_fmt_pprof;
	for (size_t i = 0; i < count; i++) {
		const enum ll_bid bid = formats[i]->bid(peek);

		if (bid == LL_BID_NO || bid < highest)
			continue;
		*ret_tie = bid == highest ? best : NULL;
		highest = bid;
		best = formats[i];
	}
	return best;
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
	const struct ll_format *tie;

	peek.is_whole = peek.head.size < LL_PEEK_SIZE;
	format = best_bid(&peek, &tie);
	if (!format)
		return nothing_fits(in, &peek, err);
	if (tie)
		return ll_fail(err, LL_E_FORMAT, "both %s and %s claim this content", tie->id,
		               format->id);
	if (ret_format)
		*ret_format = format;
	if (!format->read)
		return ll_fail(err, LL_E_FORMAT, "%s", format->refusal);
	return format->read(in, &peek, out, err);
}
