/* SPDX-License-Identifier: Apache-2.0 */
/*
 * insert_rows.c - the same rows into a new database, in two ways.
 *
 *     insert_rows prepared FILE COUNT     one prepared INSERT, bound and run for each row
 *     insert_rows table FILE COUNT        INSERT ... SELECT from rows in memory (rows.h): ours
 *
 * Two numbers as key, four values, in ascending order.
 */
#include "rows.h"

#include <inttypes.h>

static const char table_sql[] =
	"PRAGMA page_size = 4096; PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF;"
	"CREATE TABLE row (capture INTEGER, stack INTEGER, v0 INTEGER, v1 INTEGER, v2 INTEGER,"
	" v3 INTEGER, PRIMARY KEY (capture, stack)) WITHOUT ROWID; BEGIN";

enum {
	STACKS = 2000, /* rows of one capture */
	COLUMNS = 6,
};

static int64_t value_of(uint64_t row, int column)
{
	switch (column) {
	case 0: return (int64_t)(row / STACKS);
	case 1: return (int64_t)(row % STACKS);
	default: return (int64_t)(row * 2654435761U >> (8 * column) & 0xffffff);
	}
}

static int put_prepared(sqlite3 *db, uint64_t count, struct ll_error *err)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int rc = ll_sqlite_prepare(db, "INSERT INTO row VALUES (?1, ?2, ?3, ?4, ?5, ?6)", &stmt,
	                           err);

	for (uint64_t row = 0; rc == LL_OK && row < count; row++) {
		for (int i = 0; i < COLUMNS; i++)
			(void)sqlite3_bind_int64(stmt, i + 1, value_of(row, i));
		rc = ll_sqlite_run(db, stmt, err);
	}
	return rc;
}

static void cell(const void *self, size_t row, int column, sqlite3_context *result)
{
	(void)self;
	sqlite3_result_int64(result, value_of(row, column));
}

static int put_table(sqlite3 *db, uint64_t count, struct ll_error *err)
{
	const struct ll_rows rows = {.count = count, .cell = cell};
	struct ll_inserts inserts;
	int rc = ll_rows_register(db, err);

	ll_inserts_init(&inserts, db);
	if (rc == LL_OK)
		rc = ll_rows_insert(&inserts, "INTO row", COLUMNS, &rows, err);
	ll_inserts_done(&inserts);
	return rc;
}

static int put(const char *what, const char *path, uint64_t count, struct ll_error *err)
{
	sqlite3 *db = NULL;
	int64_t sum = 0;
	int rc = sqlite3_open(path, &db) == SQLITE_OK ? LL_OK : ll_sqlite_fail(db, err, path);

	if (rc == LL_OK)
		rc = ll_sqlite_exec(db, table_sql, err);
	if (rc == LL_OK)
		rc = strcmp(what, "table") == 0 ? put_table(db, count, err)
		                                : put_prepared(db, count, err);
	if (rc == LL_OK)
		rc = ll_sqlite_exec(db, "COMMIT", err);
	if (rc == LL_OK)
		rc = ll_sqlite_i64(db, "SELECT total(v0 + v3) FROM row WHERE capture < 20", &sum,
		                   err);
	(void)sqlite3_close(db);
	(void)printf("rows %" PRIu64 "\nsum %" PRId64 "\n", count, sum);
	return rc;
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	uint64_t count;

	if (argc != 4 || !ll_str_to_u64(ll_str(argv[3]), &count) ||
	    (strcmp(argv[1], "prepared") != 0 && strcmp(argv[1], "table") != 0)) {
		(void)fprintf(stderr, "usage: insert_rows prepared|table FILE COUNT\n");
		return 2;
	}
	if (put(argv[1], argv[2], count, &err) < 0) {
		(void)fprintf(stderr, "insert_rows: %s\n", err.text);
		return 1;
	}
	return 0;
}
