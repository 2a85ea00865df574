/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limit_lines.c - the least that any reader of text has to do: read each file and find the ends of
 * its lines.
 */
#include "list.h"

#include <leakledger/file.h>

enum {
	FILE_MAX = 1024 * 1024 * 1024,
};

struct limit {
	struct ll_buf text;
	size_t content_bytes, lines;
};

static int count_lines(void *self, const char *path, struct ll_error *err)
{
	struct limit *const limit = self;
	const int rc = ll_file_read(path, &limit->text, err);
	const char *at = limit->text.data;
	const char *const end = at + limit->text.size;

	limit->content_bytes += limit->text.size;
	while (at < end) {
		const char *const line_end = memchr(at, '\n', (size_t)(end - at));

		if (!line_end)
			break;
		limit->lines++;
		at = line_end + 1;
	}
	return rc;
}

int main(int argc, char **argv)
{
	struct limit limit = {0};
	int status;

	ll_buf_init(&limit.text, FILE_MAX);
	status = bench_each(argc, argv, count_lines, &limit);
	(void)printf("content %zu\nlines %zu\n", limit.content_bytes, limit.lines);
	ll_buf_done(&limit.text);
	return status;
}
