/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gzip.c - the members of a gzip file.
 *
 *   1. Members of `cat a.pb.gz b.pb.gz` must not be joined, or string indexes of the second profile
 *      point into the first: each is a content of its own. Those of an archive are one content.
 *   2. A member in memory whose trailer promises at most whole_bytes is inflated in one go
 *      (libdeflate is twice as fast as zlib). When that does not work out, because the promise was
 *      a lie, the member is larger, cut or damaged, zlib inflates it through a window: text before
 *      the damage is kept.
 *   3. An expansion of more than `ratio` beyond ratio_free_bytes is a bomb and ends the file.
 */
#include "gzip.h"

#include <libdeflate.h>
#include <zlib.h>

#include <inttypes.h>

enum {
	KEEP_BYTES = 8 * 1024 * 1024, /* buffers up to this size stay for the next file */
	SMALLEST = 18,                /* header and trailer */
	CHUNK = 256 * 1024,           /* of stored bytes from a source */
};

struct ll_gzip {
	const struct ll_limits *limits;
	struct libdeflate_decompressor *inflater;
	char *whole; /* content inflated in one go */
	size_t whole_capacity;

	/* Stored bytes: all of them, or the piece of a source that is being read. */
	struct ll_str bytes;
	size_t at;
	int64_t before; /* stored bytes that came before `bytes` */
	const struct ll_source *from;
	char *chunk;

	size_t members;
	size_t begin;  /* of the current member, in memory */
	bool is_whole; /* the current member was inflated in one go */
	bool is_joined, is_over;
	z_stream zlib;
	bool has_zlib;
	int64_t taken, made; /* of the current member: stored bytes, bytes of content */
};

struct ll_gzip *ll_gzip_new(const struct ll_limits *limits)
{
	struct ll_gzip *const gzip = ll_calloc(1, sizeof *gzip);

	gzip->limits = limits;
	gzip->inflater = libdeflate_alloc_decompressor();
	if (!gzip->inflater)
		abort();
	gzip->is_over = true;
	return gzip;
}

static void end_zlib(struct ll_gzip *gzip)
{
	if (gzip->has_zlib)
		(void)inflateEnd(&gzip->zlib);
	gzip->has_zlib = false;
}

void ll_gzip_close(struct ll_gzip *gzip)
{
	end_zlib(gzip);
	if (gzip->whole_capacity > KEEP_BYTES) {
		free(ll_take(&gzip->whole));
		gzip->whole_capacity = 0;
	}
	gzip->bytes = ll_str_n(NULL, 0);
	gzip->at = 0;
	gzip->before = 0;
	gzip->from = NULL;
	gzip->members = 0;
	gzip->is_joined = false;
	gzip->is_over = true;
}

void ll_gzip_free(struct ll_gzip *gzip)
{
	if (!gzip)
		return;
	ll_gzip_close(gzip);
	free(gzip->whole);
	free(gzip->chunk);
	libdeflate_free_decompressor(gzip->inflater);
	free(gzip);
}

bool ll_gzip_is(struct ll_str head)
{
	return head.size >= 2 && memcmp(head.data, "\x1f\x8b", 2) == 0;
}

void ll_gzip_open_memory(struct ll_gzip *gzip, struct ll_str stored)
{
	ll_gzip_close(gzip);
	gzip->bytes = stored;
	gzip->is_over = false;
}

void ll_gzip_open_source(struct ll_gzip *gzip, const struct ll_source *from)
{
	ll_gzip_close(gzip);
	if (!gzip->chunk)
		gzip->chunk = ll_malloc(CHUNK);
	gzip->bytes = ll_str_n(gzip->chunk, 0);
	gzip->from = from;
	gzip->is_over = false;
}

/* ---------------------------------------------------------------- stored bytes */

static struct ll_str unread(const struct ll_gzip *gzip)
{
	return ll_str_from(gzip->bytes, gzip->at);
}

static int64_t position(const struct ll_gzip *gzip)
{
	return gzip->before + (int64_t)gzip->at;
}

/* Tries to have `size` unread stored bytes. */
static int want(struct ll_gzip *gzip, size_t size, struct ll_error *err)
{
	const struct ll_str rest = unread(gzip);

	if (!gzip->from || rest.size >= size)
		return LL_OK;
	if (rest.size > 0)
		memmove(gzip->chunk, rest.data, rest.size);
	gzip->before += (int64_t)gzip->at;
	gzip->at = 0;
	gzip->bytes = ll_str_n(gzip->chunk, rest.size);
	while (gzip->bytes.size < size) {
		const int64_t got =
			gzip->from->fill(gzip->from->self, gzip->chunk + gzip->bytes.size,
		                         CHUNK - gzip->bytes.size, err);

		if (got < 0)
			gzip->is_over = true;
		if (got <= 0)
			return (int)got;
		gzip->bytes.size += (size_t)got;
	}
	return LL_OK;
}

/* Passes the zeros with which tapes and block devices fill up. */
static int pass_padding(struct ll_gzip *gzip, struct ll_error *err)
{
	for (;;) {
		const int rc = want(gzip, 1, err);

		if (rc < 0 || gzip->at == gzip->bytes.size || gzip->bytes.data[gzip->at] != '\0')
			return rc;
		while (gzip->at < gzip->bytes.size && gzip->bytes.data[gzip->at] == '\0')
			gzip->at++;
	}
}

/* Goes to the start of the next member: 1, 0 at the end, or a negative code. */
static int find_member(struct ll_gzip *gzip, struct ll_error *err)
{
	const int64_t end = position(gzip);
	int rc = pass_padding(gzip, err);

	if (rc == LL_OK)
		rc = want(gzip, 2, err);
	if (rc < 0)
		return rc;
	if (unread(gzip).size == 0) {
		gzip->is_over = true;
		return 0;
	}
	if (position(gzip) == end && ll_gzip_is(unread(gzip)))
		return 1;
	gzip->is_over = true;
	return ll_fail(err, LL_E_FORMAT, "byte %" PRId64 ": garbage after the gzip member", end);
}

/* -------------------------------------------------------------------- inflating */

static int start_zlib(struct ll_gzip *gzip, struct ll_error *err)
{
	memset(&gzip->zlib, 0, sizeof gzip->zlib);
	gzip->taken = 0;
	gzip->made = 0;
	if (inflateInit2(&gzip->zlib, 15 + 16) != Z_OK)
		return ll_fail(err, LL_E_INTERNAL, "zlib cannot start");
	gzip->has_zlib = true;
	return LL_OK;
}

static int fail_inflate(struct ll_gzip *gzip, bool is_cut, struct ll_error *err)
{
	const char *const word = is_cut ? "truncated" : "damaged";
	const char *const text = gzip->zlib.msg;

	gzip->is_over = true;
	if (gzip->from)
		return ll_fail(err, LL_E_FORMAT, "%s gzip: byte %" PRId64 "%s%s", word, gzip->taken,
		               text ? ", " : "", text ? text : "");
	return ll_fail(err, LL_E_FORMAT, "%s gzip: byte %" PRId64 " of %zu%s%s", word, gzip->taken,
	               gzip->bytes.size, text ? ", " : "", text ? text : "");
}

/* One call of zlib on what is there. Returns its state. */
static int inflate_some(struct ll_gzip *gzip)
{
	const struct ll_str rest = unread(gzip);
	const uInt given = rest.size > (1U << 30) ? 1U << 30 : (uInt)rest.size;
	union {
		const char *from;
		Bytef *to;
	} bytes = {.from = rest.data}; /* zlib's input pointer lacks the const it honours */
	int state;

	gzip->zlib.next_in = bytes.to;
	gzip->zlib.avail_in = given;
	state = inflate(&gzip->zlib, Z_NO_FLUSH);
	gzip->at += given - gzip->zlib.avail_in;
	gzip->taken += given - gzip->zlib.avail_in;
	if (state == Z_STREAM_END)
		end_zlib(gzip);
	return state;
}

/* Some bytes of the current member; 0 when it has ended. */
static int64_t fill_member(struct ll_gzip *gzip, char *to, size_t size, struct ll_error *err)
{
	const uInt room = size > (1U << 30) ? 1U << 30 : (uInt)size;
	int64_t got = 0;

	gzip->zlib.next_out = (Bytef *)to;
	gzip->zlib.avail_out = room;
	/* A call that takes bytes and gives none (a header, or what is left of one) is no end. */
	while (got == 0 && gzip->has_zlib) {
		const int rc = want(gzip, 1, err);
		bool is_end;
		int state;

		if (rc < 0)
			return rc;
		is_end = unread(gzip).size == 0;
		state = inflate_some(gzip);
		got = (int64_t)(room - gzip->zlib.avail_out);
		if (got == 0 && state != Z_STREAM_END && (state != Z_OK || is_end))
			return fail_inflate(gzip, state == Z_OK || state == Z_BUF_ERROR, err);
	}
	gzip->made += got;
	/* Where a refused member ends is not known, so nothing behind it can be read. */
	if (gzip->made > gzip->limits->ratio_free_bytes &&
	    gzip->made / gzip->limits->ratio > gzip->taken) {
		gzip->is_over = true;
		return ll_fail(err, LL_E_LIMIT, "expands more than %" PRId64 " times: a gzip bomb?",
		               gzip->limits->ratio);
	}
	return got;
}

int64_t ll_gzip_fill(void *self, char *to, size_t size, struct ll_error *err)
{
	struct ll_gzip *const gzip = self;

	for (;;) {
		const int64_t got = gzip->has_zlib ? fill_member(gzip, to, size, err) : 0;
		int rc;

		if (got != 0 || !gzip->is_joined || gzip->is_over)
			return got;
		rc = find_member(gzip, err);
		if (rc > 0)
			rc = start_zlib(gzip, err) < 0 ? LL_E_INTERNAL : 1;
		if (rc <= 0)
			return rc;
	}
}

/* The last four bytes of a gzip file: the size of its last member's content, modulo 2^32. */
static size_t promised_size(struct ll_str stored)
{
	const unsigned char *const tail = (const unsigned char *)stored.data + stored.size - 4;

	return (size_t)tail[0] | (size_t)tail[1] << 8 | (size_t)tail[2] << 16 |
	       (size_t)tail[3] << 24;
}

static bool inflate_whole(struct ll_gzip *gzip, struct ll_str stored, struct ll_str *ret_content)
{
	size_t promised, consumed, made;

	if (gzip->from || stored.size < SMALLEST)
		return false;
	promised = promised_size(stored);
	/*
	 * Deflate cannot expand more than 1032 times: a larger promise belongs to another member.
	 */
	if (promised > (size_t)gzip->limits->whole_bytes || promised / 1032 > stored.size)
		return false;
	if ((int64_t)promised > gzip->limits->ratio_free_bytes &&
	    promised / (size_t)gzip->limits->ratio > stored.size)
		return false;
	if (promised + 16 > gzip->whole_capacity) {
		free(gzip->whole);
		gzip->whole_capacity = promised + promised / 4 + 4096;
		gzip->whole = ll_malloc(gzip->whole_capacity);
	}
	/* Sixteen bytes stay free behind the content: readers may load words past the end. */
	if (libdeflate_gzip_decompress_ex(gzip->inflater, stored.data, stored.size, gzip->whole,
	                                  gzip->whole_capacity - 16, &consumed,
	                                  &made) != LIBDEFLATE_SUCCESS)
		return false;
	gzip->at += consumed;
	*ret_content = ll_str_n(gzip->whole, made);
	return true;
}

int ll_gzip_next(struct ll_gzip *gzip, struct ll_str *ret_content, struct ll_error *err)
{
	int rc;

	end_zlib(gzip);
	if (gzip->is_over)
		return 0;
	rc = find_member(gzip, err);
	if (rc <= 0)
		return rc;
	if (gzip->members == gzip->limits->members) {
		gzip->is_over = true;
		return ll_fail(err, LL_E_LIMIT, "more than %zu gzip members",
		               gzip->limits->members);
	}
	gzip->members++;
	gzip->begin = gzip->at;
	gzip->is_whole = inflate_whole(gzip, unread(gzip), ret_content);
	if (gzip->is_whole)
		return 1;
	*ret_content = ll_str_n(NULL, 0);
	rc = start_zlib(gzip, err);
	return rc < 0 ? rc : 1;
}

bool ll_gzip_is_last(const struct ll_gzip *gzip)
{
	const struct ll_str rest = unread(gzip);

	for (size_t i = 0; i < rest.size; i++) {
		if (rest.data[i] != '\0')
			return false;
	}
	return !gzip->from;
}

void ll_gzip_join(struct ll_gzip *gzip)
{
	if (gzip->is_whole)
		gzip->at = gzip->begin;
	gzip->is_joined = true;
}
