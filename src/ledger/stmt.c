/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stmt.c - prepared statements for folders that do not know SQLite.
 *
 * A statement that is a resource is asked for again and again, for each service or finding, and to
 * prepare one over a few views takes longer than to run it. So it is not finalized when it is
 * freed: reset and without bindings it waits, with the ledger, for the next who asks.
 */
#include "internal.h"

struct ll_stmt {
	sqlite3 *db;
	sqlite3_stmt *stmt;
	struct ll_ledger *ledger; /* that keeps it when it is a resource */
	const void *resource;     /* or NULL */
	char **names;             /* of columns; NULL: SQLite's are as good */
};

struct idle_stmt {
	const void *resource;
	sqlite3_stmt *stmt;
};

static bool is_blank(const char *text, const char *end)
{
	while (text < end) {
		if (text[0] == '-' && text + 1 < end && text[1] == '-') {
			while (text < end && *text != '\n')
				text++;
		} else if (strchr(" \t\r\n;", *text)) {
			text++;
		} else {
			return false;
		}
	}
	return true;
}

int ll_stmt_prepare(struct ll_ledger *ledger, struct ll_str sql, struct ll_stmt **ret_stmt,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = ll_calloc(1, sizeof *stmt);
	const char *tail = NULL;

	stmt->db = ll_ledger_handle(ledger);
	if (sql.size > LL_BUF_SQL)
		return ll_fail(err, LL_E_LIMIT, "statement is longer than %d bytes", LL_BUF_SQL);
	if (sqlite3_prepare_v3(stmt->db, sql.data, (int)sql.size, 0, &stmt->stmt, &tail) !=
	    SQLITE_OK)
		return ll_sqlite_fail(stmt->db, err, "SQL");
	if (!stmt->stmt)
		return ll_fail(err, LL_E_USAGE, "no SQL statement");
	if (tail && !is_blank(tail, sql.data + sql.size))
		return ll_fail(err, LL_E_USAGE, "more than one SQL statement");
	*ret_stmt = ll_take(&stmt);
	return LL_OK;
}

/* An idle statement of the resource, which the caller owns now; NULL when there is none. */
static sqlite3_stmt *take_idle(struct ll_vec *idle, const void *resource)
{
	struct idle_stmt *const items = idle->items;

	for (size_t i = 0; i < idle->count; i++) {
		sqlite3_stmt *const stmt = items[i].stmt;

		if (items[i].resource != resource)
			continue;
		items[i] = items[--idle->count];
		return stmt;
	}
	return NULL;
}

/* One that waited may be stale: its first step prepares it again, and SQLite's own names go. */
static void keep_names(struct ll_stmt *stmt)
{
	const int count = sqlite3_column_count(stmt->stmt);

	stmt->names = ll_calloc((size_t)count + 1, sizeof *stmt->names);
	for (int i = 0; i < count; i++)
		stmt->names[i] = ll_strdup(sqlite3_column_name(stmt->stmt, i));
}

int ll_stmt_resource(struct ll_ledger *ledger, const char *name, struct ll_stmt **ret_stmt,
                     struct ll_error *err)
{
	const struct ll_resource *const resource =
		ll_resource_find(ll_ledger_resources(ledger), name);
	sqlite3_stmt *idle;
	int rc;

	if (!resource)
		return ll_fail(err, LL_E_INTERNAL, "no resource '%s'", name);
	idle = take_idle(ll_ledger_idle(ledger), resource);
	if (idle) {
		*ret_stmt = ll_calloc(1, sizeof **ret_stmt);
		**ret_stmt = (struct ll_stmt){.db = ll_ledger_handle(ledger), .stmt = idle};
		keep_names(*ret_stmt);
	} else {
		rc = ll_stmt_prepare(ledger, resource->bytes, ret_stmt, err);
		if (rc < 0)
			return ll_within(err, "'%s'", name);
	}
	(*ret_stmt)->ledger = ledger;
	(*ret_stmt)->resource = resource;
	return LL_OK;
}

void ll_stmt_free(struct ll_stmt *stmt)
{
	if (!stmt)
		return;
	if (stmt->resource) {
		struct idle_stmt *const idle =
			ll_vec_push(ll_ledger_idle(stmt->ledger), sizeof *idle);

		(void)sqlite3_reset(stmt->stmt);
		(void)sqlite3_clear_bindings(stmt->stmt);
		*idle = (struct idle_stmt){.resource = stmt->resource, .stmt = stmt->stmt};
	} else {
		(void)sqlite3_finalize(stmt->stmt);
	}
	for (size_t i = 0; stmt->names && stmt->names[i]; i++)
		free(stmt->names[i]);
	free(stmt->names);
	free(stmt);
}

void ll_stmts_forget(struct ll_vec *idle)
{
	const struct idle_stmt *const items = idle->items;

	for (size_t i = 0; i < idle->count; i++)
		(void)sqlite3_finalize(items[i].stmt);
	ll_vec_done(idle);
}

void ll_stmt_freep(struct ll_stmt **stmt)
{
	ll_stmt_free(ll_take(stmt));
}

static int index_of(const struct ll_stmt *stmt, const char *name)
{
	return sqlite3_bind_parameter_index(stmt->stmt, name);
}

void ll_stmt_bind_i64(struct ll_stmt *stmt, const char *name, int64_t value)
{
	(void)sqlite3_bind_int64(stmt->stmt, index_of(stmt, name), value);
}

void ll_stmt_bind_f64(struct ll_stmt *stmt, const char *name, double value)
{
	(void)sqlite3_bind_double(stmt->stmt, index_of(stmt, name), value);
}

void ll_stmt_bind_text(struct ll_stmt *stmt, const char *name, struct ll_str value)
{
	(void)sqlite3_bind_text64(stmt->stmt, index_of(stmt, name), value.data ? value.data : "",
	                          value.size, SQLITE_TRANSIENT, SQLITE_UTF8);
}

void ll_stmt_bind_blob(struct ll_stmt *stmt, const char *name, const void *bytes, size_t size)
{
	(void)sqlite3_bind_blob64(stmt->stmt, index_of(stmt, name), bytes, size, SQLITE_TRANSIENT);
}

void ll_stmt_bind_null(struct ll_stmt *stmt, const char *name)
{
	(void)sqlite3_bind_null(stmt->stmt, index_of(stmt, name));
}

int ll_stmt_step(struct ll_stmt *stmt, struct ll_error *err)
{
	const int state = sqlite3_step(stmt->stmt);

	if (state == SQLITE_ROW)
		return 1;
	if (state == SQLITE_DONE)
		return 0;
	return ll_sqlite_fail(stmt->db, err, "SQL");
}

void ll_stmt_reset(struct ll_stmt *stmt)
{
	(void)sqlite3_reset(stmt->stmt);
}

int ll_stmt_columns(const struct ll_stmt *stmt)
{
	return sqlite3_column_count(stmt->stmt);
}

const char *ll_stmt_column_name(const struct ll_stmt *stmt, int column)
{
	return stmt->names ? stmt->names[column] : sqlite3_column_name(stmt->stmt, column);
}

int ll_stmt_column_find(const struct ll_stmt *stmt, const char *name)
{
	for (int i = 0; i < ll_stmt_columns(stmt); i++) {
		if (strcmp(ll_stmt_column_name(stmt, i), name) == 0)
			return i;
	}
	return -1;
}

bool ll_stmt_is_null(const struct ll_stmt *stmt, int column)
{
	return sqlite3_column_type(stmt->stmt, column) == SQLITE_NULL;
}

int64_t ll_stmt_i64(const struct ll_stmt *stmt, int column)
{
	return sqlite3_column_int64(stmt->stmt, column);
}

double ll_stmt_f64(const struct ll_stmt *stmt, int column)
{
	return sqlite3_column_double(stmt->stmt, column);
}

struct ll_str ll_stmt_text(const struct ll_stmt *stmt, int column)
{
	const char *const text = (const char *)sqlite3_column_text(stmt->stmt, column);

	return ll_str_n(text, text ? (size_t)sqlite3_column_bytes(stmt->stmt, column) : 0);
}

enum ll_column_type ll_stmt_column_type(const struct ll_stmt *stmt, int column)
{
	switch (sqlite3_column_type(stmt->stmt, column)) {
	case SQLITE_INTEGER: return LL_COLUMN_INTEGER;
	case SQLITE_FLOAT: return LL_COLUMN_REAL;
	case SQLITE_TEXT: return LL_COLUMN_TEXT;
	case SQLITE_BLOB: return LL_COLUMN_BLOB;
	default: return LL_COLUMN_NULL;
	}
}
