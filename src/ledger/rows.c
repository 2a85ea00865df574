/* SPDX-License-Identifier: Apache-2.0 */
/*
 * rows.c - the virtual table of rows.h: eponymous, read-only, one hidden column that takes a
 * pointer.
 */
#include "rows.h"

static const char pointer_type[] = "ll_rows";

struct cursor {
	sqlite3_vtab_cursor base;
	const struct ll_rows *rows;
	size_t row;
};

static int rows_connect(sqlite3 *db, void *aux, int argc, const char *const *argv,
                        sqlite3_vtab **ret_table, char **ret_error)
{
	const int rc = sqlite3_declare_vtab(
		db, "CREATE TABLE x(c0,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12,c13,c14,c15,c16,c17,"
		    "c18,c19,c20,c21,c22,c23,source HIDDEN)");

	(void)aux, (void)argc, (void)argv, (void)ret_error;
	if (rc != SQLITE_OK)
		return rc;
	*ret_table = sqlite3_malloc64(sizeof **ret_table);
	if (!*ret_table)
		return SQLITE_NOMEM;
	memset(*ret_table, 0, sizeof **ret_table);
	return SQLITE_OK;
}

static int rows_disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

/* The source must be given: SELECT ... FROM ll_rows(?1). */
static int rows_best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	for (int i = 0; i < info->nConstraint; i++) {
		if (info->aConstraint[i].iColumn != LL_ROWS_COLUMNS ||
		    info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable)
			return SQLITE_CONSTRAINT;
		info->aConstraintUsage[i].argvIndex = 1;
		info->aConstraintUsage[i].omit = 1;
		info->estimatedCost = 1;
		return SQLITE_OK;
	}
	return SQLITE_CONSTRAINT;
}

static int rows_open(sqlite3_vtab *table, sqlite3_vtab_cursor **ret_cursor)
{
	struct cursor *const cursor = sqlite3_malloc64(sizeof *cursor);

	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	*ret_cursor = &cursor->base;
	return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *base)
{
	sqlite3_free(base);
	return SQLITE_OK;
}

static struct cursor *cursor_of(sqlite3_vtab_cursor *base)
{
	return (struct cursor *)(void *)base;
}

static int rows_filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                       sqlite3_value **argv)
{
	struct cursor *const cursor = cursor_of(base);

	(void)number, (void)text;
	cursor->row = 0;
	cursor->rows = argc > 0 ? sqlite3_value_pointer(argv[0], pointer_type) : NULL;
	return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *base)
{
	cursor_of(base)->row++;
	return SQLITE_OK;
}

static int rows_eof(sqlite3_vtab_cursor *base)
{
	const struct cursor *const cursor = cursor_of(base);

	return !cursor->rows || cursor->row >= cursor->rows->count;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *result, int column)
{
	const struct cursor *const cursor = cursor_of(base);

	if (column < LL_ROWS_COLUMNS)
		cursor->rows->cell(cursor->rows->self, cursor->row, column, result);
	return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id)
{
	*ret_id = (sqlite3_int64)cursor_of(base)->row;
	return SQLITE_OK;
}

static const sqlite3_module rows_module = {
	.iVersion = 0,
	.xConnect = rows_connect,
	.xBestIndex = rows_best_index,
	.xDisconnect = rows_disconnect,
	.xOpen = rows_open,
	.xClose = rows_close,
	.xFilter = rows_filter,
	.xNext = rows_next,
	.xEof = rows_eof,
	.xColumn = rows_column,
	.xRowid = rows_rowid,
};

int ll_rows_register(sqlite3 *db, struct ll_error *err)
{
	if (sqlite3_create_module_v2(db, "ll_rows", &rows_module, NULL, NULL) != SQLITE_OK)
		return ll_sqlite_fail(db, err, "ll_rows");
	return LL_OK;
}

/* ------------------------------------------------------------------- inserting */

struct kept_insert {
	const char *into;
	sqlite3_stmt *stmt;
};

void ll_inserts_init(struct ll_inserts *inserts, sqlite3 *db)
{
	*inserts = (struct ll_inserts){.db = db};
}

void ll_inserts_done(struct ll_inserts *inserts)
{
	const struct kept_insert *const kept = inserts->kept.items;

	for (size_t i = 0; i < inserts->kept.count; i++)
		(void)sqlite3_finalize(kept[i].stmt);
	ll_vec_done(&inserts->kept);
}

static int prepare_insert(sqlite3 *db, const char *into, int columns, sqlite3_stmt **ret_stmt,
                          struct ll_error *err)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf sql;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_printf(&sql, "INSERT %s SELECT c0", into);
	for (int i = 1; i < columns; i++)
		ll_buf_printf(&sql, ",c%d", i);
	ll_buf_puts(&sql, " FROM ll_rows(?1)");
	return ll_sqlite_prepare(db, sql.data, ret_stmt, err);
}

/* A few dozen at most. */
static int find_insert(struct ll_inserts *inserts, const char *into, int columns,
                       sqlite3_stmt **ret_stmt, struct ll_error *err)
{
	const struct kept_insert *const kept = inserts->kept.items;
	int rc;

	for (size_t i = 0; i < inserts->kept.count; i++) {
		if (strcmp(kept[i].into, into) == 0) {
			*ret_stmt = kept[i].stmt;
			return LL_OK;
		}
	}
	rc = prepare_insert(inserts->db, into, columns, ret_stmt, err);
	if (rc == LL_OK)
		*(struct kept_insert *)ll_vec_push(&inserts->kept, sizeof(struct kept_insert)) =
			(struct kept_insert){.into = into, .stmt = *ret_stmt};
	return rc;
}

int ll_rows_insert(struct ll_inserts *inserts, const char *into, int columns,
                   const struct ll_rows *rows, struct ll_error *err)
{
	union {
		const struct ll_rows *from;
		void *to;
	} source = {.from = rows}; /* SQLite's pointer argument lacks const */
	sqlite3_stmt *stmt = NULL;
	int rc;

	if (rows->count == 0)
		return LL_OK;
	rc = find_insert(inserts, into, columns, &stmt, err);
	if (rc < 0)
		return rc;
	(void)sqlite3_bind_pointer(stmt, 1, source.to, pointer_type, NULL);
	rc = ll_sqlite_run(inserts->db, stmt, err);
	(void)sqlite3_clear_bindings(stmt);
	return rc;
}
