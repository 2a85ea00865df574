/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limit_inflate.c - the least that any reader of gzip files has to do: read each file, inflate it
 * with the fastest library there is, and look at nothing.
 */
#include "list.h"

#include <leakledger/file.h>

#include <libdeflate.h>

enum {
	STORED_MAX = 256 * 1024 * 1024,
};

struct limit {
	struct libdeflate_decompressor *inflater;
	struct ll_buf stored;
	char *content;
	size_t capacity;
	size_t stored_bytes, content_bytes;
};

static size_t promised_size(struct ll_str stored)
{
	const unsigned char *const tail = (const unsigned char *)stored.data + stored.size - 4;

	return (size_t)tail[0] | (size_t)tail[1] << 8 | (size_t)tail[2] << 16 |
	       (size_t)tail[3] << 24;
}

static int inflate_file(void *self, const char *path, struct ll_error *err)
{
	struct limit *const limit = self;
	size_t size, made;
	const int rc = ll_file_read(path, &limit->stored, err);

	if (rc < 0)
		return rc;
	if (limit->stored.size < 18)
		return ll_fail(err, LL_E_FORMAT, "'%s' is no gzip file", path);
	size = promised_size(ll_buf_str(&limit->stored));
	if (size > limit->capacity) {
		limit->capacity = size + size / 4;
		limit->content = ll_realloc(limit->content, limit->capacity, 1);
	}
	if (libdeflate_gzip_decompress(limit->inflater, limit->stored.data, limit->stored.size,
	                               limit->content, limit->capacity,
	                               &made) != LIBDEFLATE_SUCCESS)
		return ll_fail(err, LL_E_FORMAT, "'%s' does not inflate", path);
	limit->stored_bytes += limit->stored.size;
	limit->content_bytes += made;
	return LL_OK;
}

int main(int argc, char **argv)
{
	struct limit limit = {.inflater = libdeflate_alloc_decompressor()};
	int status;

	ll_buf_init(&limit.stored, STORED_MAX);
	status = bench_each(argc, argv, inflate_file, &limit);
	(void)printf("stored %zu\ncontent %zu\n", limit.stored_bytes, limit.content_bytes);
	ll_buf_done(&limit.stored);
	free(limit.content);
	libdeflate_free_decompressor(limit.inflater);
	return status;
}
