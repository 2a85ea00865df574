/* SPDX-License-Identifier: Apache-2.0 */
/* sqlite_words.c - see leakledger/sqlite.h. */
#include "internal.h"

#include <inttypes.h>

/* Numbers of rows that are believed: room for the first is no harm, and a number that was given to
 * a row of a write that failed is a gap. */
enum {
	FEW_IDS = 1 << 20,
	GAPS = 64,
};

int ll_sqlite_fail(sqlite3 *db, struct ll_error *err, const char *what)
{
	/* The lowest byte is the kind, the rest which of its kind (SQLITE_IOERR_WRITE ...). */
	const int code = sqlite3_errcode(db) & 0xff;
	/* Absolute, and empty for a ledger in memory. */
	const char *const path = sqlite3_db_filename(db, "main");
	enum ll_code ours = LL_E_DATABASE;

	/* Which disk, asks who has several. */
	if (code == SQLITE_FULL && path && path[0])
		return ll_fail(err, LL_E_BUSY, "'%s': %s", path, sqlite3_errmsg(db));
	if (code == SQLITE_FULL || code == SQLITE_BUSY || code == SQLITE_LOCKED)
		ours = LL_E_BUSY;
	else if (code == SQLITE_IOERR || code == SQLITE_CANTOPEN)
		ours = LL_E_IO;
	return ll_fail(err, ours, "%s: %s", what, sqlite3_errmsg(db));
}

int ll_sqlite_exec(sqlite3 *db, const char *sql, struct ll_error *err)
{
	if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "ledger");
	return LL_OK;
}

int ll_sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **ret_stmt, struct ll_error *err)
{
	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, ret_stmt, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "ledger");
	return LL_OK;
}

int ll_sqlite_resource(const struct ll_ledger *ledger, sqlite3 *db, const char *name,
                       sqlite3_stmt **ret_stmt, struct ll_error *err)
{
	const struct ll_resource *const resource =
		ll_resource_find(ll_ledger_resources(ledger), name);

	if (!resource)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	if (sqlite3_prepare_v3(db, resource->bytes.data, (int)resource->bytes.size,
	                       SQLITE_PREPARE_PERSISTENT, ret_stmt, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, name);
	return LL_OK;
}

int ll_sqlite_i64(sqlite3 *db, const char *sql, int64_t *ret_value, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	const int rc = ll_sqlite_prepare(db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	if (sqlite3_step(stmt) != SQLITE_ROW)
		return ll_sqlite_fail(db, err, "ledger");
	*ret_value = sqlite3_column_int64(stmt, 0);
	return LL_OK;
}

int ll_sqlite_last_id(sqlite3 *db, const char *table, const char *column, int64_t *ret_last,
                      struct ll_error *err)
{
	char sql[160];
	int64_t first = 1, last = 0, count = 0;
	int rc;

	(void)snprintf(sql, sizeof sql, "SELECT coalesce(min(%s), 1) FROM %s", column, table);
	rc = ll_sqlite_i64(db, sql, &first, err);
	(void)snprintf(sql, sizeof sql, "SELECT coalesce(max(%s), 0) FROM %s", column, table);
	if (rc == LL_OK)
		rc = ll_sqlite_i64(db, sql, &last, err);
	(void)snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
	if (rc == LL_OK && last > FEW_IDS)
		rc = ll_sqlite_i64(db, sql, &count, err);
	if (rc < 0)
		return rc;
	if (first < 1 || last > INT32_MAX || (last > FEW_IDS && last / GAPS > count))
		return ll_fail(err, LL_E_DATABASE,
		               "the ledger is damaged: rows of '%s' are numbered up to %" PRId64,
		               table, first < 1 ? first : last);
	*ret_last = last;
	return LL_OK;
}

int ll_sqlite_run(sqlite3 *db, sqlite3_stmt *stmt, struct ll_error *err)
{
	int state;

	do
		state = sqlite3_step(stmt);
	while (state == SQLITE_ROW);
	if (state != SQLITE_DONE) {
		const int rc = ll_sqlite_fail(db, err, "ledger");

		(void)sqlite3_reset(stmt);
		return rc;
	}
	(void)sqlite3_reset(stmt);
	return LL_OK;
}

void ll_sqlite_finalizep(sqlite3_stmt **stmt)
{
	(void)sqlite3_finalize(*stmt);
	*stmt = NULL;
}

int ll_sqlite_script(struct ll_ledger *ledger, const char *name, struct ll_error *err)
{
	const struct ll_resource *const resource =
		ll_resource_find(ll_ledger_resources(ledger), name);
	struct ll_buf sql;
	int rc;

	if (!resource)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_put_str(&sql, resource->bytes);
	rc = ll_sqlite_exec(ll_ledger_handle(ledger), sql.data, err);
	ll_buf_done(&sql);
	return rc < 0 ? ll_within(err, "%s", name) : LL_OK;
}
