/* SPDX-License-Identifier: Apache-2.0 */
/* queries.h - rows for tests: any SELECT, on an empty ledger in a scratch directory. */
#ifndef LL_TEST_REPORT_QUERIES_H
#define LL_TEST_REPORT_QUERIES_H

#include "support.h"

#include <leakledger/ledger.h>

struct queries {
	char *scratch;
	struct ll_resources *resources;
	struct ll_ledger *ledger;
};

static inline int queries_set_up(void **state)
{
	struct queries *const queries = ll_calloc(1, sizeof *queries);
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	queries->scratch = ll_test_scratch();
	(void)snprintf(path, sizeof path, "%s/t.db", queries->scratch);
	assert_ok(ll_resources_open(NULL, &queries->resources, &err), &err);
	assert_ok(ll_ledger_open(path, LL_LEDGER_WRITE, queries->resources, &queries->ledger, &err),
	          &err);
	*state = queries;
	return 0;
}

static inline int queries_tear_down(void **state)
{
	struct queries *const queries = *state;

	ll_ledger_close(queries->ledger);
	ll_resources_close(queries->resources);
	ll_test_scratch_done(queries->scratch);
	free(queries);
	return 0;
}

static inline struct ll_stmt *queries_prepare(void *state, const char *sql)
{
	const struct queries *const queries = state;
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *stmt = NULL;

	assert_ok(ll_stmt_prepare(queries->ledger, ll_str(sql), &stmt, &err), &err);
	return stmt;
}

#endif
