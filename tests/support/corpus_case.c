/* SPDX-License-Identifier: Apache-2.0 */
/* corpus_case.c - see corpus_case.h. */
#include "corpus_case.h"

#include "watchdog.h"

#include <inttypes.h>

int ll_corpus_set_up(void **state)
{
	struct ll_corpus_case *const test = ll_calloc(1, sizeof *test);

	test->path = ll_test_corpus();
	ll_buf_init(&test->bytes, LL_BUF_PAGE);
	ll_facts_init(&test->facts);
	*state = test;
	return 0;
}

int ll_corpus_tear_down(void **state)
{
	struct ll_corpus_case *const test = *state;

	ll_buf_done(&test->bytes);
	ll_facts_done(&test->facts);
	free(test);
	return 0;
}

int ll_corpus_capture(struct ll_corpus_case *test, struct ll_str path)
{
	const size_t slash = ll_str_rindex(path, '/');
	const struct ll_str base = ll_str_from(path, slash == SIZE_MAX ? 0 : slash + 1);
	char name[512];
	int rc;

	(void)snprintf(name, sizeof name, "%.*s", LL_STR_ARG(base));
	ll_corpus_read(test->path, path, &test->bytes);
	ll_facts_clear(&test->facts);
	ll_error_clear(&test->err);
	ll_watchdog_start(path);
	rc = ll_facts_unpack(&test->facts, ll_buf_str(&test->bytes), name, &ll_limits_default, NULL,
	                     &test->err);
	ll_watchdog_stop();
	return rc;
}

void ll_corpus_complain(struct ll_corpus_case *test, struct ll_str path, const char *what,
                        int64_t expected, int64_t seen)
{
	print_error("%.*s: %s should be %" PRId64 ", is %" PRId64 "\n", LL_STR_ARG(path), what,
	            expected, seen);
	test->failures++;
}

void ll_corpus_expect(struct ll_corpus_case *test, struct ll_str path, const char *what,
                      struct ll_str cell, int64_t seen)
{
	int64_t expected;

	if (ll_str_to_i64(cell, &expected) && expected != seen)
		ll_corpus_complain(test, path, what, expected, seen);
}

void ll_corpus_expect_number(struct ll_corpus_case *test, struct ll_str path, struct ll_str json,
                             const char *name, int64_t seen)
{
	const int64_t expected = ll_corpus_json_number(json, name);

	if (expected >= 0 && expected != seen)
		ll_corpus_complain(test, path, name, expected, seen);
}
