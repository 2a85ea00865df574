/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stream.c - a window over bytes.
 *
 *     memory:    [ consumed | unread ........................ ]   nothing is copied
 *     source:    [ consumed | unread ... | free ]                 at most WINDOW bytes are held
 *                             ^begin      ^end
 *
 * Readers peek, take lines, or ask for everything; they cannot tell the two apart. A source that
 * fails ends the stream at the last good byte and the reason is kept, so that a reader can use what
 * came before and still report why there is no more.
 */
#include "stream.h"

enum {
	WINDOW = 2 * 1024 * 1024,
	LINE_MAX_BYTES = 1024 * 1024,
};

struct ll_stream {
	const char *bytes; /* the memory, or the window */
	size_t begin, end; /* unread part of it */
	char *window;      /* owned; NULL for memory */
	size_t capacity;
	const struct ll_source *source;
	int64_t all_bytes;
	bool is_ended;
	struct ll_error failure; /* code LL_OK while all is well */
	uint64_t line;
	bool is_line_unended;
	int64_t modified_ns, date_ns;
};

struct ll_stream *ll_stream_open_memory(const void *bytes, size_t size)
{
	struct ll_stream *const stream = ll_calloc(1, sizeof *stream);

	stream->bytes = bytes;
	stream->end = size;
	stream->is_ended = true;
	stream->modified_ns = LL_TIME_NONE;
	stream->date_ns = LL_TIME_NONE;
	return stream;
}

struct ll_stream *ll_stream_open_source(const struct ll_source *source, int64_t all_bytes)
{
	struct ll_stream *const stream = ll_calloc(1, sizeof *stream);

	stream->window = ll_malloc(WINDOW);
	stream->capacity = WINDOW;
	stream->bytes = stream->window;
	stream->source = source;
	stream->all_bytes = all_bytes;
	stream->modified_ns = LL_TIME_NONE;
	stream->date_ns = LL_TIME_NONE;
	return stream;
}

void ll_stream_close(struct ll_stream *stream)
{
	if (!stream)
		return;
	free(stream->window);
	free(stream);
}

void ll_stream_closep(struct ll_stream **stream)
{
	ll_stream_close(ll_take(stream));
}

void ll_stream_set_modified(struct ll_stream *stream, int64_t modified_ns)
{
	stream->modified_ns = modified_ns;
}

int64_t ll_stream_modified(const struct ll_stream *stream)
{
	return stream->modified_ns;
}

void ll_stream_set_date(struct ll_stream *stream, int64_t date_ns)
{
	stream->date_ns = date_ns;
}

int64_t ll_stream_date(const struct ll_stream *stream)
{
	return stream->date_ns;
}

/* Reads once into the free end of the window, which must not be full. */
static void refill(struct ll_stream *stream)
{
	const int64_t got = stream->source->fill(stream->source->self, stream->window + stream->end,
	                                         stream->capacity - stream->end, &stream->failure);

	if (got <= 0)
		stream->is_ended = true;
	else
		stream->end += (size_t)got;
}

/* Tries to have `size` unread bytes; the window's size is the most there can be. */
static void want(struct ll_stream *stream, size_t size)
{
	if (stream->end - stream->begin >= size || stream->is_ended)
		return;
	if (stream->begin > 0) {
		memmove(stream->window, stream->window + stream->begin,
		        stream->end - stream->begin);
		stream->end -= stream->begin;
		stream->begin = 0;
	}
	while (stream->end < size && stream->end < stream->capacity && !stream->is_ended)
		refill(stream);
}

struct ll_str ll_stream_peek(struct ll_stream *stream, size_t size)
{
	want(stream, size);
	return ll_str_first(ll_str_n(stream->bytes + stream->begin, stream->end - stream->begin),
	                    size);
}

bool ll_stream_is_memory(const struct ll_stream *stream)
{
	return !stream->source;
}

int ll_stream_check(const struct ll_stream *stream, struct ll_error *err)
{
	if (stream->failure.code == LL_OK || !stream->is_ended)
		return LL_OK;
	return ll_fail(err, stream->failure.code, "%s", stream->failure.text);
}

uint64_t ll_stream_line_number(const struct ll_stream *stream)
{
	return stream->line;
}

bool ll_stream_line_is_unended(const struct ll_stream *stream)
{
	return stream->is_line_unended;
}

int ll_stream_line(struct ll_stream *stream, struct ll_str *ret_line, struct ll_error *err)
{
	struct ll_str rest = ll_str_n(stream->bytes + stream->begin, stream->end - stream->begin);
	size_t size = ll_str_index(rest, '\n');
	size_t consumed;

	if (size == SIZE_MAX && !stream->is_ended) {
		rest = ll_stream_peek(stream, WINDOW);
		size = ll_str_index(rest, '\n');
	}
	if (rest.size == 0)
		return ll_stream_check(stream, err);
	consumed = size == SIZE_MAX ? rest.size : size + 1;
	stream->is_line_unended = size == SIZE_MAX;
	if (size == SIZE_MAX)
		size = rest.size;
	if (size > LINE_MAX_BYTES) {
		size = LINE_MAX_BYTES;
		consumed = size;
	}
	stream->begin += consumed;
	stream->line++;
	if (size > 0 && rest.data[size - 1] == '\r' && consumed == size + 1)
		size--;
	*ret_line = ll_str_n(rest.data, size);
	return 1;
}

struct ll_str ll_stream_ahead(const struct ll_stream *stream)
{
	return ll_str_n(stream->bytes + stream->begin, stream->end - stream->begin);
}

void ll_stream_pass(struct ll_stream *stream, size_t size, uint64_t lines)
{
	stream->begin += size;
	stream->line += lines;
}

/* Grows the window until the source has ended. */
static int gather(struct ll_stream *stream, struct ll_error *err)
{
	while (!stream->is_ended) {
		if (stream->end == stream->capacity) {
			if ((int64_t)stream->capacity >= stream->all_bytes)
				return ll_fail(err, LL_E_LIMIT, "content is larger than %lld bytes",
				               (long long)stream->all_bytes);
			stream->capacity *= 2;
			stream->window = ll_realloc(stream->window, stream->capacity, 1);
			stream->bytes = stream->window;
		}
		refill(stream);
	}
	return LL_OK;
}

int ll_stream_all(struct ll_stream *stream, struct ll_str *ret_bytes, struct ll_error *err)
{
	int rc = gather(stream, err);

	if (rc == LL_OK)
		rc = ll_stream_check(stream, err);
	if (rc < 0)
		return rc;
	*ret_bytes = ll_str_n(stream->bytes + stream->begin, stream->end - stream->begin);
	stream->begin = stream->end;
	return LL_OK;
}

int64_t ll_stream_take(struct ll_stream *stream, char *to, size_t size, struct ll_error *err)
{
	struct ll_str bytes;

	if (stream->begin == stream->end)
		want(stream, 1);
	bytes = ll_str_first(ll_str_n(stream->bytes + stream->begin, stream->end - stream->begin),
	                     size);
	if (bytes.size == 0)
		return ll_stream_check(stream, err);
	memcpy(to, bytes.data, bytes.size);
	stream->begin += bytes.size;
	return (int64_t)bytes.size;
}

int ll_stream_drain(struct ll_stream *stream, struct ll_error *err)
{
	while (!stream->is_ended) {
		stream->begin = 0;
		stream->end = 0;
		refill(stream);
	}
	stream->begin = stream->end;
	return ll_stream_check(stream, err);
}
