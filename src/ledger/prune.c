/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prune.c - old captures go, what was concluded stays.
 *
 * "Old" is counted back from the newest capture of each service and not from the clock: a service
 * that is silent keeps its last days, and a clock that is wrong deletes nothing. Samples go when
 * all captures of their segment do; until then a few indexes of it are empty.
 *
 * Contents and files keep their rows, so that captures which still lie in the spool are known and
 * not read again; v_capture shows none that has no capture left.
 */
#include "internal.h"

static int choose(struct ll_ledger *ledger, int64_t keep_ns, struct ll_error *err)
{
	static const char make[] =
		"DROP TABLE IF EXISTS temp.prune_capture;"
		"CREATE TEMP TABLE prune_capture (capture_id INTEGER PRIMARY KEY)";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_sqlite_exec(ll_ledger_handle(ledger), make, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/prune/choose.sql", &stmt, err);
	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":keep_ns", keep_ns);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int count(struct ll_ledger *ledger, struct ll_prune_result *result, struct ll_error *err)
{
	sqlite3 *const db = ll_ledger_handle(ledger);
	int64_t going = 0, all = 0;
	int rc = ll_sqlite_i64(db, "SELECT count(*) FROM prune_capture", &going, err);

	if (rc == LL_OK)
		rc = ll_sqlite_i64(db, "SELECT count(*) FROM capture", &all, err);
	result->captures = (size_t)going;
	result->kept = (size_t)(all - going);
	return rc;
}

static int measure(struct ll_ledger *ledger, int64_t *ret_bytes, struct ll_error *err)
{
	return ll_sqlite_i64(ll_ledger_handle(ledger),
	                     "SELECT page_count * page_size FROM pragma_page_count, "
	                     "pragma_page_size",
	                     ret_bytes, err);
}

/* The tables of the file that have rows for captures, whatever steps of the schema add. */
static int delete_rows(struct ll_ledger *ledger, struct ll_error *err)
{
	static const char tables[] =
		"SELECT m.name FROM main.sqlite_schema AS m JOIN pragma_table_info(m.name) AS c "
		"WHERE m.type = 'table' AND c.name = 'capture_id' ORDER BY m.name = 'capture', m.name";
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_buf sql;
	int rc = ll_stmt_prepare(ledger, ll_str(tables), &stmt, err);

	ll_buf_init(&sql, LL_BUF_SQL);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0)
		ll_buf_printf(&sql,
		              "DELETE FROM main.%.*s WHERE capture_id IN (SELECT capture_id FROM "
		              "temp.prune_capture);",
		              LL_STR_ARG(ll_stmt_text(stmt, 0)));
	if (rc == 0)
		rc = ll_sqlite_exec(ll_ledger_handle(ledger), sql.data, err);
	ll_buf_done(&sql);
	return rc;
}

static int take_away(struct ll_ledger *ledger, struct ll_error *err)
{
	int rc = ll_ledger_begin(ledger, err);

	if (rc == LL_OK)
		rc = delete_rows(ledger, err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(ledger, "sql/prune/forget.sql", err);
	if (rc == LL_OK)
		return ll_ledger_commit(ledger, err);
	ll_ledger_rollback(ledger);
	return rc;
}

int ll_ledger_prune(struct ll_ledger *ledger, int64_t keep_ns, bool is_dry,
                    struct ll_prune_result *ret_result, struct ll_error *err)
{
	int rc = choose(ledger, keep_ns, err);

	*ret_result = (struct ll_prune_result){.captures = 0};
	if (rc == LL_OK)
		rc = count(ledger, ret_result, err);
	if (rc == LL_OK)
		rc = measure(ledger, &ret_result->bytes_before, err);
	ret_result->bytes_after = ret_result->bytes_before;
	if (rc < 0 || is_dry || ret_result->captures == 0)
		return rc;
	rc = take_away(ledger, err);
	/* What is free stays in the file until it is written anew. */
	if (rc == LL_OK)
		rc = ll_sqlite_exec(ll_ledger_handle(ledger), "VACUUM main", err);
	return rc < 0 ? rc : measure(ledger, &ret_result->bytes_after, err);
}
