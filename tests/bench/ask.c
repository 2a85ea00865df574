/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ask.c - questions about a ledger, asked often enough that opening it does not matter.
 *
 *     ask plain LEDGER PLAIN     writes its samples as plain rows into a new database
 *     ask scan PLAIN TIMES       counts and sums all plain rows, so many times: the limit
 *     ask slope LEDGER TIMES     the slope of every series that is in use, from the series
 */
#include <leakledger/ledger.h>
#include <leakledger/sqlite.h>

#include <inttypes.h>

static int open_ledger(const char *path, enum ll_ledger_mode mode, struct ll_resources **resources,
                       struct ll_ledger **ledger, struct ll_error *err)
{
	const int rc = ll_resources_open(NULL, resources, err);

	return rc < 0 ? rc : ll_ledger_open(path, mode, *resources, ledger, err);
}

/* -------------------------------------------------------------------- plain rows */

static int make_plain(const char *path, const char *plain, struct ll_error *err)
{
	static const char attach[] = "ATTACH ?1 AS plain";
	static const char table[] =
		"CREATE TABLE plain.row (segment_id INTEGER, stack_id INTEGER, block_size INTEGER,"
		" capture_id INTEGER, v0 INTEGER, v1 INTEGER, v2 INTEGER, v3 INTEGER,"
		" PRIMARY KEY (segment_id, stack_id, block_size, capture_id)) WITHOUT ROWID;"
		"INSERT INTO plain.row SELECT segment_id, stack_id, block_size, capture_id,"
		" sum(v0), sum(v1), sum(v2), sum(v3) FROM sample GROUP BY 1, 2, 3, 4";
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int rc = open_ledger(path, LL_LEDGER_WRITE, &resources, &ledger, err);

	if (rc == LL_OK)
		rc = ll_sqlite_prepare(ll_ledger_handle(ledger), attach, &stmt, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_bind_text(stmt, 1, plain, -1, SQLITE_STATIC);
	rc = ll_sqlite_run(ll_ledger_handle(ledger), stmt, err);
	return rc < 0 ? rc : ll_sqlite_exec(ll_ledger_handle(ledger), table, err);
}

/* Runs a statement of one row `times` times; prints its two numbers. */
static int repeat(sqlite3 *db, const char *sql, uint64_t times, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int rc = ll_sqlite_prepare(db, sql, &stmt, err);

	for (uint64_t i = 0; rc == LL_OK && i < times; i++) {
		if (sqlite3_step(stmt) != SQLITE_ROW)
			return ll_sqlite_fail(db, err, "question");
		if (i == 0)
			(void)printf("rows %" PRId64 "\n", (int64_t)sqlite3_column_int64(stmt, 0));
		rc = ll_sqlite_run(db, stmt, err);
	}
	return rc;
}

static int scan(const char *path, uint64_t times, struct ll_error *err)
{
	sqlite3 *db = NULL;
	int rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) ==
	                         SQLITE_OK
	                 ? LL_OK
	                 : ll_sqlite_fail(db, err, path);

	if (rc == LL_OK)
		rc = repeat(db, "SELECT count(*), sum(v2), sum(v3) FROM row", times, err);
	(void)sqlite3_close_v2(db);
	return rc;
}

static int slope(const char *path, uint64_t times, struct ll_error *err)
{
	static const char sql[] = "SELECT count(*), total(slope) FROM stack_growth";
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	int rc = open_ledger(path, LL_LEDGER_READ, &resources, &ledger, err);

	return rc < 0 ? rc : repeat(ll_ledger_handle(ledger), sql, times, err);
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	const char *const what = argc == 4 ? argv[1] : "";
	uint64_t times = 0;
	int rc;

	if (strcmp(what, "plain") == 0) {
		rc = make_plain(argv[2], argv[3], &err);
	} else if (argc == 4 && ll_str_to_u64(ll_str(argv[3]), &times) && times > 0 &&
	           (strcmp(what, "scan") == 0 || strcmp(what, "slope") == 0)) {
		rc = strcmp(what, "scan") == 0 ? scan(argv[2], times, &err)
		                               : slope(argv[2], times, &err);
	} else {
		(void)fprintf(
			stderr,
			"usage: ask plain LEDGER PLAIN | scan PLAIN TIMES | slope LEDGER TIMES\n");
		return 2;
	}
	if (rc < 0)
		(void)fprintf(stderr, "ask: %s\n", err.text);
	return rc < 0;
}
