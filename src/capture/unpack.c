/* SPDX-License-Identifier: Apache-2.0 */
/*
 * unpack.c - a stored file taken apart into the contents to read.
 *
 *   1. A file of up to memory_bytes is read as a whole; a larger one must be plain text and is read
 *      through a window (a log of many GiB costs 2 MiB).
 *   2. `1f 8b` at the start means gzip, whatever the name says. Each member is a content of its
 *      own: members of `cat a.pb.gz b.pb.gz` must not be joined, or string indexes of the second
 *      point into the first.
 *   3. A member whose trailer promises at most whole_bytes is inflated in one go (libdeflate is
 *      twice as fast as zlib). When that does not work out, because the promise was a lie, the
 *      member is larger, cut or damaged, zlib inflates it through a window: text before the damage
 *      is kept.
 *   4. An expansion of more than `ratio` beyond ratio_free_bytes is a bomb and ends the member.
 *
 * A thread holds at most memory_bytes (stored) + whole_bytes or memory_bytes (content).
 */
#include "stream.h"

#include <leakledger/file.h>

#include <libdeflate.h>
#include <zlib.h>

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

const struct ll_limits ll_limits_default = {
	.memory_bytes = INT64_C(256) << 20,
	.whole_bytes = INT64_C(64) << 20,
	.stream_bytes = INT64_C(16) << 30,
	.ratio = 200,
	.ratio_free_bytes = INT64_C(16) << 20,
	.members = 10000,
};

enum {
	KEEP_BYTES = 8 * 1024 * 1024, /* buffers up to this size stay for the next file */
	GZIP_SMALLEST = 18,           /* header and trailer */
};

struct ll_unpacker {
	struct ll_limits limits;
	struct ll_buf file;   /* stored bytes, when read as a whole */
	struct ll_str stored; /* what members are taken from */
	size_t at;            /* first byte of the next member */
	size_t members;
	bool is_gzip;
	int descriptor; /* of a file that is read through a window; else -1 */
	char *whole;    /* content inflated in one go */
	size_t whole_capacity;
	struct libdeflate_decompressor *inflater;
	struct ll_stream *stream;
	struct ll_str content; /* of a member that is in memory */
	bool is_windowed;
	struct ll_source source;
	struct ll_hasher *hasher; /* of a windowed content */
	int64_t content_size;
	z_stream zlib;
	bool has_zlib;
};

struct ll_unpacker *ll_unpacker_new(const struct ll_limits *limits)
{
	struct ll_unpacker *const unpacker = ll_calloc(1, sizeof *unpacker);

	unpacker->limits = *limits;
	ll_buf_init(&unpacker->file, (size_t)limits->memory_bytes);
	unpacker->descriptor = -1;
	unpacker->inflater = libdeflate_alloc_decompressor();
	if (!unpacker->inflater)
		abort();
	return unpacker;
}

static void end_member(struct ll_unpacker *unpacker)
{
	ll_stream_close(ll_take(&unpacker->stream));
	ll_hasher_free(ll_take(&unpacker->hasher));
	if (unpacker->has_zlib)
		(void)inflateEnd(&unpacker->zlib);
	unpacker->has_zlib = false;
	unpacker->is_windowed = false;
	unpacker->content_size = 0;
	if (unpacker->whole_capacity > KEEP_BYTES) {
		free(ll_take(&unpacker->whole));
		unpacker->whole_capacity = 0;
	}
}

static void end_file(struct ll_unpacker *unpacker)
{
	end_member(unpacker);
	ll_file_closep(&unpacker->descriptor);
	if (unpacker->file.capacity > KEEP_BYTES)
		ll_buf_done(&unpacker->file);
	unpacker->stored = ll_str_n(NULL, 0);
	unpacker->at = 0;
	unpacker->members = 0;
	unpacker->is_gzip = false;
}

void ll_unpacker_free(struct ll_unpacker *unpacker)
{
	if (!unpacker)
		return;
	end_file(unpacker);
	ll_buf_done(&unpacker->file);
	free(unpacker->whole);
	libdeflate_free_decompressor(unpacker->inflater);
	free(unpacker);
}

void ll_unpacker_freep(struct ll_unpacker **unpacker)
{
	ll_unpacker_free(ll_take(unpacker));
}

static bool starts_gzip(struct ll_str bytes)
{
	return bytes.size >= 2 && memcmp(bytes.data, "\x1f\x8b", 2) == 0;
}

void ll_unpacker_open_memory(struct ll_unpacker *unpacker, struct ll_str bytes)
{
	end_file(unpacker);
	unpacker->stored = bytes;
	unpacker->is_gzip = starts_gzip(bytes);
}

static int64_t read_some(int descriptor, char *to, size_t size, struct ll_error *err)
{
	for (;;) {
		const ssize_t got = read(descriptor, to, size);

		if (got >= 0)
			return got;
		if (errno != EINTR)
			return ll_fail_errno(err, LL_E_IO, errno, "cannot be read");
	}
}

/* First pass over a file too large for memory: its hash, and that it is not gzip. */
static int hash_large(struct ll_unpacker *unpacker, struct ll_hash *ret_stored,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	LL_CLEANUP(ll_freep) char *chunk = ll_malloc(1 << 20);
	bool is_first = true;

	for (;;) {
		const int64_t got = read_some(unpacker->descriptor, chunk, 1 << 20, err);

		if (got < 0)
			return (int)got;
		if (got == 0)
			break;
		if (is_first && starts_gzip(ll_str_n(chunk, (size_t)got)))
			return ll_fail(err, LL_E_LIMIT, "gzip file larger than %" PRId64 " bytes",
			               unpacker->limits.memory_bytes);
		is_first = false;
		ll_hasher_put(hasher, chunk, (size_t)got);
	}
	if (lseek(unpacker->descriptor, 0, SEEK_SET) != 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot be read twice");
	*ret_stored = ll_hasher_get(hasher);
	return LL_OK;
}

int ll_unpacker_open(struct ll_unpacker *unpacker, const char *path, struct ll_hash *ret_stored,
                     int64_t *ret_size, struct ll_error *err)
{
	int rc;

	end_file(unpacker);
	unpacker->descriptor = ll_file_open(path, ret_size, err);
	if (unpacker->descriptor < 0)
		return unpacker->descriptor;
	if (*ret_size > unpacker->limits.stream_bytes)
		return ll_fail(err, LL_E_LIMIT, "larger than %" PRId64 " bytes",
		               unpacker->limits.stream_bytes);
	if (*ret_size > unpacker->limits.memory_bytes)
		return hash_large(unpacker, ret_stored, err);
	ll_file_closep(&unpacker->descriptor);
	rc = ll_file_read(path, &unpacker->file, err);
	if (rc < 0)
		return rc;
	unpacker->stored = ll_buf_str(&unpacker->file);
	unpacker->is_gzip = starts_gzip(unpacker->stored);
	*ret_size = (int64_t)unpacker->stored.size;
	*ret_stored = ll_hash_bytes(unpacker->stored.data, unpacker->stored.size);
	return LL_OK;
}

static void open_content(struct ll_unpacker *unpacker, struct ll_str content)
{
	unpacker->content = content;
	unpacker->content_size = (int64_t)content.size;
	unpacker->stream = ll_stream_open_memory(content.data, content.size);
}

static void open_window(struct ll_unpacker *unpacker,
                        int64_t (*fill)(void *, char *, size_t, struct ll_error *))
{
	unpacker->is_windowed = true;
	unpacker->hasher = ll_hasher_new();
	unpacker->source = (struct ll_source){.self = unpacker, .fill = fill};
	unpacker->stream = ll_stream_open_source(&unpacker->source, unpacker->limits.memory_bytes);
}

/* Counts and hashes what a window was given; the ceilings of rule 4. */
static int64_t account(struct ll_unpacker *unpacker, const char *bytes, int64_t size,
                       int64_t stored, struct ll_error *err)
{
	const struct ll_limits *const limits = &unpacker->limits;

	unpacker->content_size += size;
	ll_hasher_put(unpacker->hasher, bytes, (size_t)size);
	if (unpacker->content_size > limits->ratio_free_bytes &&
	    unpacker->content_size / limits->ratio > stored)
		return ll_fail(err, LL_E_LIMIT, "expands more than %" PRId64 " times: a gzip bomb?",
		               limits->ratio);
	if (unpacker->content_size > limits->stream_bytes)
		return ll_fail(err, LL_E_LIMIT, "content is larger than %" PRId64 " bytes",
		               limits->stream_bytes);
	return size;
}

static int64_t fill_from_file(void *self, char *to, size_t size, struct ll_error *err)
{
	struct ll_unpacker *const unpacker = self;
	const int64_t got = read_some(unpacker->descriptor, to, size, err);

	return got > 0 ? account(unpacker, to, got, INT64_MAX, err) : got;
}

static int64_t fill_from_zlib(void *self, char *to, size_t size, struct ll_error *err)
{
	struct ll_unpacker *const unpacker = self;
	z_stream *const zlib = &unpacker->zlib;
	const uInt room = size > (1U << 30) ? 1U << 30 : (uInt)size;
	int64_t stored, given;
	int state;

	if (!unpacker->has_zlib)
		return 0;
	zlib->next_out = (Bytef *)to;
	zlib->avail_out = room;
	/* A call that takes bytes and gives none (a header, or what is left of one) is no end. */
	do {
		state = inflate(zlib, Z_NO_FLUSH);
	} while (state == Z_OK && zlib->avail_out == room);
	stored = (int64_t)zlib->total_in;
	if (state == Z_STREAM_END) {
		unpacker->at += (size_t)stored;
		(void)inflateEnd(zlib);
		unpacker->has_zlib = false;
	} else if (state != Z_OK && zlib->avail_out == room) {
		const bool is_cut = state == Z_BUF_ERROR && zlib->avail_in == 0;

		unpacker->at = unpacker->stored.size;
		return ll_fail(err, LL_E_FORMAT, "%s gzip: byte %" PRId64 " of %zu%s%s",
		               is_cut ? "truncated" : "damaged", stored, unpacker->stored.size,
		               zlib->msg ? ", " : "", zlib->msg ? zlib->msg : "");
	}
	if (zlib->avail_out == room)
		return 0;
	given = account(unpacker, to, (int64_t)(room - zlib->avail_out), stored, err);
	/* Where a refused member ends is not known, so nothing behind it can be read. */
	if (given < 0)
		unpacker->at = unpacker->stored.size;
	return given;
}

static int open_zlib(struct ll_unpacker *unpacker, struct ll_str stored, struct ll_error *err)
{
	union {
		const char *from;
		Bytef *to;
	} bytes = {.from = stored.data}; /* zlib's input pointer lacks the const it honours */

	memset(&unpacker->zlib, 0, sizeof unpacker->zlib);
	if (inflateInit2(&unpacker->zlib, 15 + 16) != Z_OK)
		return ll_fail(err, LL_E_INTERNAL, "zlib cannot start");
	unpacker->has_zlib = true;
	unpacker->zlib.next_in = bytes.to;
	unpacker->zlib.avail_in = (uInt)stored.size;
	open_window(unpacker, fill_from_zlib);
	return LL_OK;
}

/* The last four bytes of a gzip file: the size of its last member's content, modulo 2^32. */
static size_t promised_size(struct ll_str stored)
{
	const unsigned char *const tail = (const unsigned char *)stored.data + stored.size - 4;

	return (size_t)tail[0] | (size_t)tail[1] << 8 | (size_t)tail[2] << 16 |
	       (size_t)tail[3] << 24;
}

static bool inflate_whole(struct ll_unpacker *unpacker, struct ll_str stored)
{
	size_t promised, consumed, made;
	enum libdeflate_result result;

	if (stored.size < GZIP_SMALLEST)
		return false;
	promised = promised_size(stored);
	/*
	 * Deflate cannot expand more than 1032 times: a larger promise belongs to another member.
	 */
	if (promised > (size_t)unpacker->limits.whole_bytes || promised / 1032 > stored.size)
		return false;
	if ((int64_t)promised > unpacker->limits.ratio_free_bytes &&
	    promised / (size_t)unpacker->limits.ratio > stored.size)
		return false;
	if (promised + 16 > unpacker->whole_capacity) {
		free(unpacker->whole);
		unpacker->whole_capacity = promised + promised / 4 + 4096;
		unpacker->whole = ll_malloc(unpacker->whole_capacity);
	}
	/* Sixteen bytes stay free behind the content: readers may load words past the end. */
	result = libdeflate_gzip_decompress_ex(unpacker->inflater, stored.data, stored.size,
	                                       unpacker->whole, unpacker->whole_capacity - 16,
	                                       &consumed, &made);
	if (result != LIBDEFLATE_SUCCESS)
		return false;
	unpacker->at += consumed;
	open_content(unpacker, ll_str_n(unpacker->whole, made));
	return true;
}

static bool is_padding(struct ll_str bytes)
{
	for (size_t i = 0; i < bytes.size; i++) {
		if (bytes.data[i] != '\0')
			return false;
	}
	return true;
}

static int next_gzip(struct ll_unpacker *unpacker, struct ll_error *err)
{
	const struct ll_str stored = ll_str_from(unpacker->stored, unpacker->at);

	if (is_padding(stored))
		return 0;
	if (unpacker->members == unpacker->limits.members) {
		unpacker->at = unpacker->stored.size;
		return ll_fail(err, LL_E_LIMIT, "more than %zu gzip members",
		               unpacker->limits.members);
	}
	unpacker->members++;
	if (!starts_gzip(stored)) {
		const size_t at = unpacker->at;

		unpacker->at = unpacker->stored.size;
		return ll_fail(err, LL_E_FORMAT, "byte %zu: garbage after the gzip member", at);
	}
	if (!inflate_whole(unpacker, stored)) {
		const int rc = open_zlib(unpacker, stored, err);

		if (rc < 0)
			return rc;
	}
	return 1;
}

int ll_unpacker_next(struct ll_unpacker *unpacker, struct ll_stream **ret_stream,
                     struct ll_error *err)
{
	int rc = 1;

	/* What is left of a windowed member must be passed before the next one's start is known. */
	if (unpacker->is_windowed && unpacker->is_gzip)
		(void)ll_stream_drain(unpacker->stream, NULL);
	end_member(unpacker);
	if (unpacker->is_gzip) {
		rc = next_gzip(unpacker, err);
	} else if (unpacker->members > 0) {
		return 0;
	} else {
		unpacker->members = 1;
		if (unpacker->descriptor >= 0)
			open_window(unpacker, fill_from_file);
		else
			open_content(unpacker, unpacker->stored);
	}
	if (rc > 0)
		*ret_stream = unpacker->stream;
	return rc;
}

bool ll_unpacker_is_whole(const struct ll_unpacker *unpacker)
{
	return !unpacker->is_windowed;
}

int ll_unpacker_content(struct ll_unpacker *unpacker, struct ll_hash *ret_content,
                        int64_t *ret_size, struct ll_error *err)
{
	int rc = LL_OK;

	if (unpacker->is_windowed) {
		rc = ll_stream_drain(unpacker->stream, err);
		*ret_content = ll_hasher_get(unpacker->hasher);
	} else {
		*ret_content = ll_hash_bytes(unpacker->content.data, unpacker->content.size);
	}
	*ret_size = unpacker->content_size;
	return rc;
}
