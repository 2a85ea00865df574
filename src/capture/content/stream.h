/* SPDX-License-Identifier: Apache-2.0 */
/* stream.h - how the unpacker makes windowed streams; readers see only capture.h. */
#ifndef LL_CAPTURE_STREAM_H
#define LL_CAPTURE_STREAM_H

#include <leakledger/capture.h>

/** Where a windowed stream gets its bytes. */
struct ll_source {
	void *self;
	/** Fills up to `size` bytes. Returns their count, 0 at the end, or a negative code. */
	int64_t (*fill)(void *self, char *to, size_t size, struct ll_error *err);
};

/**
 * A stream over a source. The source must outlive it. `all_bytes` is the ceiling of ll_stream_all.
 */
struct ll_stream *ll_stream_open_source(const struct ll_source *source, int64_t all_bytes);
/** Is everything that is left in memory, so that ll_stream_peek can show all of it? */
bool ll_stream_is_memory(const struct ll_stream *stream);
/** Takes up to `size` bytes. Returns their count, 0 at the end, or why there are no more. */
int64_t ll_stream_take(struct ll_stream *stream, char *to, size_t size, struct ll_error *err);
/**
 * The Date of HTTP headers that were saved in front of the bytes and are not among them;
 * LL_TIME_NONE unless it was set.
 */
void ll_stream_set_date(struct ll_stream *stream, int64_t date_ns);
int64_t ll_stream_date(const struct ll_stream *stream);
/** What is unread and in memory already: nothing is read for it. */
struct ll_str ll_stream_ahead(const struct ll_stream *stream);
/** Passes over whole lines of what ll_stream_ahead shows, `lines` of them in `size` bytes. */
void ll_stream_pass(struct ll_stream *stream, size_t size, uint64_t lines);
/** Did the line that was taken last end with the input instead of with a line feed? */
bool ll_stream_line_is_unended(const struct ll_stream *stream);
/** Reads and drops what is left, so that a source that hashes has seen everything. */
int ll_stream_drain(struct ll_stream *stream, struct ll_error *err);

#endif
