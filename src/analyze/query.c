/* SPDX-License-Identifier: Apache-2.0 */
/* query.c - a statement of somebody's own; see analyze.h. */
#include "fence.h"
#include "sqlfn.h"

#include <leakledger/analyze.h>

enum {
	VALUE_MAX = 256 * 1024 * 1024, /* bytes of one value, so that none eats the memory */
};

struct ll_query {
	struct ll_fence fence;
	struct ll_stmt *stmt;
	bool is_fenced;
};

int ll_query_open(struct ll_ledger *ledger, struct ll_str sql, int64_t time_limit_ns,
                  struct ll_query **ret_query, struct ll_error *err)
{
	LL_CLEANUP(ll_query_closep) struct ll_query *query = ll_calloc(1, sizeof *query);
	int rc;

	query->fence =
		(struct ll_fence){.db = ll_ledger_handle(ledger), .kind = "query", .id = sql};
	rc = ll_sqlfn_register(query->fence.db, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_limit(query->fence.db, SQLITE_LIMIT_LENGTH, VALUE_MAX);
	ll_fence_open(&query->fence);
	ll_fence_watch(&query->fence, time_limit_ns);
	query->is_fenced = true;
	rc = ll_stmt_prepare(ledger, sql, &query->stmt, err);
	if (rc < 0 && sqlite3_errcode(query->fence.db) == SQLITE_AUTH)
		return ll_fail(err, LL_E_USAGE, "only a SELECT can be asked");
	/* Whatever is wrong with it is for the user to mend. */
	if (rc < 0) {
		err->code = LL_E_USAGE;
		return LL_E_USAGE;
	}
	if (ll_stmt_columns(query->stmt) == 0)
		return ll_fail(err, LL_E_USAGE, "only a SELECT can be asked");
	*ret_query = ll_take(&query);
	return LL_OK;
}

struct ll_stmt *ll_query_stmt(const struct ll_query *query)
{
	return query->stmt;
}

bool ll_query_is_late(const struct ll_query *query)
{
	return sqlite3_errcode(query->fence.db) == SQLITE_INTERRUPT;
}

void ll_query_close(struct ll_query *query)
{
	if (!query)
		return;
	ll_stmt_free(query->stmt);
	if (query->is_fenced) {
		ll_fence_unwatch(&query->fence);
		ll_fence_close(&query->fence);
	}
	free(query);
}

void ll_query_closep(struct ll_query **query)
{
	ll_query_close(*query);
}
