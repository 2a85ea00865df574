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

/* ------------------------------------------------------------------- preparing */

struct prepared {
	const struct ll_analyzer *analyzer;
	sqlite3_stmt *stmt; /* NULL: nothing in the ledger for it to read */
	int columns[COLUMN_COUNT];
};

struct ll_analyzers {
	sqlite3 *db;
	struct prepared *items; /* as in the catalog */
	size_t count;
};

static struct ll_fence fence_of(sqlite3 *db, const struct ll_analyzer *analyzer)
{
	return (struct ll_fence){.db = db, .kind = "analyzer", .id = analyzer->id};
}

static int prepare(const struct ll_fence *fence, struct prepared *item, struct ll_error *err)
{
	int rc = ll_fence_prepare(fence, item->analyzer->sql, &item->stmt, err);

	if (rc == LL_OK)
		rc = ll_fence_columns(fence, item->stmt, column_names, COLUMN_COUNT, item->columns,
		                      err);
	if (rc == LL_OK)
		ll_fence_bind(item->stmt, item->analyzer->params);
	return rc;
}

/* Preparing them all is most of what a night costs that brings one service something new. */
static int may_have_rows(const struct ll_fence *fence, struct ll_str only_with, bool *ret_may,
                         struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	char sql[128];

	*ret_may = true;
	if (only_with.size == 0)
		return LL_OK;
	(void)snprintf(sql, sizeof sql, "SELECT 1 FROM main.\"%.*s\" LIMIT 1",
	               LL_STR_ARG(only_with));
	if (sqlite3_prepare_v2(fence->db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return ll_fail(err, LL_E_USAGE, "analyzer '%.*s': only-with: no table '%.*s'",
		               LL_STR_ARG(fence->id), LL_STR_ARG(only_with));
	*ret_may = sqlite3_step(stmt) == SQLITE_ROW;
	return LL_OK;
}

int ll_analyzers_open(struct ll_ledger *ledger, const struct ll_catalog *catalog,
                      struct ll_analyzers **ret_analyzers, struct ll_error *err)
{
	struct ll_analyzers *const analyzers = ll_calloc(1, sizeof *analyzers);
	const struct ll_analyzer *const all = ll_catalog_all(catalog, &analyzers->count);
	struct ll_fence gate = {.db = ll_ledger_handle(ledger)};
	int rc = LL_OK;

	analyzers->db = gate.db;
	analyzers->items = ll_calloc(analyzers->count, sizeof *analyzers->items);
	ll_fence_open(&gate);
	for (size_t i = 0; rc == LL_OK && i < analyzers->count; i++) {
		const struct ll_fence fence = fence_of(gate.db, &all[i]);

		bool may_have = true;

		analyzers->items[i].analyzer = &all[i];
		rc = may_have_rows(&fence, all[i].only_with, &may_have, err);
		if (rc == LL_OK && may_have)
			rc = prepare(&fence, &analyzers->items[i], err);
	}
	ll_fence_close(&gate);
	if (rc == LL_OK)
		*ret_analyzers = analyzers;
	else
		ll_analyzers_close(analyzers);
	return rc;
}

void ll_analyzers_close(struct ll_analyzers *analyzers)
{
	if (!analyzers)
		return;
	for (size_t i = 0; i < analyzers->count; i++)
		(void)sqlite3_finalize(analyzers->items[i].stmt);
	free(analyzers->items);
	free(analyzers);
}

/* --------------------------------------------------------------------- running */

static int collect(const struct ll_fence *fence, const struct prepared *item,
                   struct ll_rows_found *found, struct ll_error *err)
{
	size_t rows = 0;
	int state;

	while ((state = sqlite3_step(item->stmt)) == SQLITE_ROW) {
		if (++rows > ROWS_MAX)
			return ll_fail(err, LL_E_LIMIT, "analyzer '%.*s' returns more than %d rows",
			               LL_STR_ARG(fence->id), ROWS_MAX);
		add_row(found, item->stmt, item->analyzer, item->columns);
	}
	return state == SQLITE_DONE ? LL_OK : ll_fence_fail(fence, state, err);
}

int ll_analyzers_run(struct ll_analyzers *analyzers, size_t number, int64_t time_limit_ns,
                     struct ll_rows_found *found, struct ll_error *err)
{
	const struct prepared *const item = &analyzers->items[number];
	struct ll_fence fence = fence_of(analyzers->db, item->analyzer);
	int rc;

	if (!item->stmt)
		return LL_OK;
	ll_fence_watch(&fence, time_limit_ns);
	rc = collect(&fence, item, found, err);
	ll_fence_unwatch(&fence);
	(void)sqlite3_reset(item->stmt);
	return rc;
}
