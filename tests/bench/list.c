/* SPDX-License-Identifier: Apache-2.0 */
/* list.c - see list.h. */
#include "list.h"

#include <leakledger/file.h>

enum {
	LIST_MAX = 256 * 1024 * 1024,
};

int bench_each(int argc, char **argv, int (*file)(void *self, const char *path, struct ll_error *),
               void *self)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf list;
	struct ll_str rest;
	int rc;

	if (argc != 2) {
		(void)fprintf(stderr, "usage: %s LIST\n", argv[0]);
		return 2;
	}
	ll_buf_init(&list, LIST_MAX);
	rc = ll_file_read(argv[1], &list, &err);
	rest = ll_buf_str(&list);
	while (rc == LL_OK && rest.size > 0) {
		const struct ll_str line = ll_str_split(&rest, '\n');
		char path[4096];

		(void)snprintf(path, sizeof path, "%.*s", LL_STR_ARG(line));
		rc = file(self, path, &err);
	}
	ll_buf_done(&list);
	if (rc < 0)
		(void)fprintf(stderr, "%s: %s\n", argv[0], err.text);
	return rc < 0;
}
