/* SPDX-License-Identifier: Apache-2.0 */
/* run.c - runs analyzers behind the fence (fence.h) and keeps their rows. */
#include "fence.h"
#include "rows.h"

enum {
	ROWS_MAX = 100000, /* rows of one analyzer */
};

enum {
	COLUMN_SERVICE,
	COLUMN_SUBJECT,
	COLUMN_CLASS,
	COLUMN_STRENGTH,
	COLUMN_DETAIL,
	COLUMN_EVIDENCE,
	COLUMN_SAME_AS,
	COLUMN_COUNT,
};

static const char *const column_names[COLUMN_COUNT] = {
	"service_id", "subject", "class", "strength", "detail", "evidence", "same_as",
};

void ll_rows_found_done(struct ll_rows_found *found)
{
	ll_vec_done(&found->rows);
	ll_arena_done(&found->arena);
}

/* ------------------------------------------------------------------------ rows */

static struct ll_str kept(struct ll_rows_found *found, sqlite3_stmt *stmt, int column)
{
	const char *const text = (const char *)sqlite3_column_text(stmt, column);

	if (!text)
		return ll_str_n(NULL, 0);
	return ll_arena_str(&found->arena,
	                    ll_str_n(text, (size_t)sqlite3_column_bytes(stmt, column)));
}

static void add_row(struct ll_rows_found *found, sqlite3_stmt *stmt,
                    const struct ll_analyzer *analyzer, const int columns[COLUMN_COUNT])
{
	const double strength = sqlite3_column_double(stmt, columns[COLUMN_STRENGTH]);
	struct ll_row *const row = ll_vec_push(&found->rows, sizeof *row);

	row->analyzer = analyzer;
	row->service_id = sqlite3_column_int64(stmt, columns[COLUMN_SERVICE]);
	row->subject = kept(found, stmt, columns[COLUMN_SUBJECT]);
	row->class_name = kept(found, stmt, columns[COLUMN_CLASS]);
	row->detail = kept(found, stmt, columns[COLUMN_DETAIL]);
	row->evidence = kept(found, stmt, columns[COLUMN_EVIDENCE]);
	row->same_as = kept(found, stmt, columns[COLUMN_SAME_AS]);
	row->strength = strength > 0 ? strength : 0;
	if (row->strength > 1)
		row->strength = 1;
}

/* --------------------------------------------------------------------- running */

static struct ll_fence fence_of(struct ll_ledger *ledger, const struct ll_analyzer *analyzer)
{
	return (struct ll_fence){
		.db = ll_ledger_handle(ledger), .kind = "analyzer", .id = analyzer->id};
}

static int prepare(const struct ll_fence *fence, const struct ll_analyzer *analyzer,
                   sqlite3_stmt **ret_stmt, int ret_columns[COLUMN_COUNT], struct ll_error *err)
{
	const int rc = ll_fence_prepare(fence, analyzer->sql, ret_stmt, err);

	return rc < 0 ? rc
	              : ll_fence_columns(fence, *ret_stmt, column_names, COLUMN_COUNT, ret_columns,
	                                 err);
}

static int collect(const struct ll_fence *fence, sqlite3_stmt *stmt,
                   const struct ll_analyzer *analyzer, const int columns[COLUMN_COUNT],
                   struct ll_rows_found *found, struct ll_error *err)
{
	size_t rows = 0;
	int state;

	ll_fence_bind(stmt, analyzer->params);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (++rows > ROWS_MAX)
			return ll_fail(err, LL_E_LIMIT, "analyzer '%.*s' returns more than %d rows",
			               LL_STR_ARG(analyzer->id), ROWS_MAX);
		add_row(found, stmt, analyzer, columns);
	}
	return state == SQLITE_DONE ? LL_OK : ll_fence_fail(fence, state, err);
}

int ll_analyzer_check(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                      struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	struct ll_fence fence = fence_of(ledger, analyzer);
	int columns[COLUMN_COUNT] = {0};
	int rc;

	ll_fence_open(&fence, 0);
	rc = prepare(&fence, analyzer, &stmt, columns, err);
	ll_fence_close(&fence);
	return rc;
}

int ll_analyzer_run(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                    int64_t time_limit_ns, struct ll_rows_found *found, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	struct ll_fence fence = fence_of(ledger, analyzer);
	int columns[COLUMN_COUNT] = {0};
	int rc;

	ll_fence_open(&fence, time_limit_ns);
	rc = prepare(&fence, analyzer, &stmt, columns, err);
	if (rc == LL_OK)
		rc = collect(&fence, stmt, analyzer, columns, found, err);
	ll_fence_close(&fence);
	return rc;
}
