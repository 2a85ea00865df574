/* SPDX-License-Identifier: Apache-2.0 */
/*
 * views.c - see views.h.
 *
 * sql/views/X.sql            plain SQL: TEMP and in the file
 * sql/catalog/X.sql          tables of facts: TEMP; in the file when views there read them
 * sql/views/functions/X.sql  uses functions of ours: TEMP only
 * sql/views/stock/X.sql      the same views without our functions, slower: in the file only
 */
#include "views.h"

#include "internal.h"

#include <leakledger/arena.h>

enum view_place {
	IN_CONNECTION,
	IN_FILE,
};

/*
 * Catalogs that views of the file read, or statements of who asks no view (sql/redact, sql/ingest).
 * The others are for judging; in the file everybody who opens it would parse them, and they are a
 * third of what there is to parse.
 */
static bool is_catalog_of_file(const char *name)
{
	static const char *const names[] = {
		"sql/catalog/keywords.sql",
		"sql/catalog/sidecars.sql",
		"sql/catalog/wait_reasons.sql",
	};

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	return false;
}

/* Where the views of a resource go. */
static bool belongs(const char *name, enum view_place place)
{
	const struct ll_str text = ll_str(name);

	if (!ll_str_ends(text, ".sql"))
		return false;
	/* Rules for replay are statements, no views. */
	if (ll_str_starts(text, "sql/catalog/"))
		return !ll_str_starts(text, "sql/catalog/rules/") &&
		       (place == IN_CONNECTION || is_catalog_of_file(name));
	if (!ll_str_starts(text, "sql/views/"))
		return false;
	if (ll_str_starts(text, "sql/views/functions/"))
		return place == IN_CONNECTION;
	if (ll_str_starts(text, "sql/views/stock/"))
		return place == IN_FILE;
	return true;
}

/* Takes the next statement from "CREATE VIEW" up to its ';' off the front of *rest. */
static struct ll_str next_view(struct ll_str *rest)
{
	const size_t at = ll_str_find(*rest, "\nCREATE VIEW ");
	struct ll_str statement;

	if (at == SIZE_MAX)
		return ll_str_n(NULL, 0);
	statement = ll_str_from(*rest, at + 1);
	statement = ll_str_first(statement, ll_str_find(statement, ";\n"));
	*rest = ll_str_from(*rest, at + 1 + statement.size);
	return statement;
}

static int create_temp_view(struct ll_ledger *ledger, struct ll_str statement, struct ll_error *err)
{
	struct ll_buf sql;
	int rc;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_puts(&sql, "CREATE TEMP");
	ll_buf_put_str(&sql, ll_str_from(statement, strlen("CREATE")));
	rc = ll_sqlite_exec(ll_ledger_handle(ledger), sql.data, err);
	ll_buf_done(&sql);
	return rc;
}

/* The views of the file as they are, read once: each look-up by name would read them all. */
struct stored_views {
	struct ll_arena arena;
	struct ll_vec rows; /* struct stored_view */
};

struct stored_view {
	struct ll_str name, words;
};

static void stored_views_done(struct stored_views *stored)
{
	ll_vec_done(&stored->rows);
	ll_arena_done(&stored->arena);
}

static struct ll_str keep_text(struct ll_arena *arena, sqlite3_stmt *stmt, int column)
{
	const char *const text = (const char *)sqlite3_column_text(stmt, column);

	return ll_arena_str(arena, ll_str(text ? text : ""));
}

static int read_stored_views(sqlite3 *db, struct stored_views *stored, struct ll_error *err)
{
	static const char sql[] = "SELECT name, sql FROM main.sqlite_schema WHERE type = 'view'";
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int state, rc = ll_sqlite_prepare(db, sql, &stmt, err);

	if (rc < 0)
		return rc;
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct stored_view *const row = ll_vec_push(&stored->rows, sizeof *row);

		*row = (struct stored_view){.name = keep_text(&stored->arena, stmt, 0),
		                            .words = keep_text(&stored->arena, stmt, 1)};
	}
	return state == SQLITE_DONE ? LL_OK : ll_sqlite_fail(db, err, "views");
}

static const struct stored_view *find_stored(const struct stored_views *stored, struct ll_str name)
{
	const struct stored_view *const rows = stored->rows.items;

	for (size_t i = 0; i < stored->rows.count; i++) {
		if (ll_str_equal(rows[i].name, name))
			return &rows[i];
	}
	return NULL;
}

static struct ll_str view_name(struct ll_str statement)
{
	const struct ll_str name = ll_str_from(statement, strlen("CREATE VIEW "));

	return ll_str_first(name, ll_str_index(name, ' '));
}

/* Takes a view of ours out of the file when it is there: an old one must not outlive its text. */
static int drop_view(struct ll_ledger *ledger, const struct stored_views *stored,
                     struct ll_str statement, struct ll_error *err)
{
	const struct ll_str name = view_name(statement);
	struct ll_buf sql;
	int rc;

	if (!find_stored(stored, name))
		return LL_OK;
	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_printf(&sql, "DROP VIEW main.\"%.*s\"", LL_STR_ARG(name));
	rc = ll_ledger_begin_once(ledger, err);
	if (rc == LL_OK)
		rc = ll_sqlite_exec(ll_ledger_handle(ledger), sql.data, err);
	ll_buf_done(&sql);
	return rc;
}

/* Makes the view in the file, unless it is there with the same words. */
static int refresh_view(struct ll_ledger *ledger, const struct stored_views *stored,
                        struct ll_str statement, struct ll_error *err)
{
	const struct ll_str name = view_name(statement);
	const struct stored_view *const old = find_stored(stored, name);
	struct ll_buf sql;
	int rc;

	if (old && ll_str_equal(old->words, statement))
		return LL_OK;
	ll_buf_init(&sql, LL_BUF_SQL);
	if (old)
		ll_buf_printf(&sql, "DROP VIEW main.\"%.*s\";", LL_STR_ARG(name));
	ll_buf_puts(&sql, "CREATE VIEW main.");
	ll_buf_put_str(&sql, ll_str_from(statement, strlen("CREATE VIEW ")));
	rc = ll_ledger_begin_once(ledger, err);
	if (rc == LL_OK)
		rc = ll_sqlite_exec(ll_ledger_handle(ledger), sql.data, err);
	ll_buf_done(&sql);
	return rc;
}

/* `stored` is NULL for the connection's own. */
static int make_views(struct ll_ledger *ledger, const struct stored_views *stored,
                      struct ll_error *err)
{
	size_t count;
	const struct ll_resource *const all = ll_resource_all(ll_ledger_resources(ledger), &count);

	for (size_t i = 0; i < count; i++) {
		const bool is_here = belongs(all[i].name, stored ? IN_FILE : IN_CONNECTION);
		const bool is_stray = stored && !is_here && belongs(all[i].name, IN_CONNECTION) &&
		                      ll_str_starts(ll_str(all[i].name), "sql/catalog/");
		struct ll_str rest = all[i].bytes, statement;

		while ((is_here || is_stray) && (statement = next_view(&rest)).size > 0) {
			int rc;

			if (is_stray)
				rc = drop_view(ledger, stored, statement, err);
			else if (stored)
				rc = refresh_view(ledger, stored, statement, err);
			else
				rc = create_temp_view(ledger, statement, err);
			if (rc < 0)
				return ll_within(err, "views in '%s'", all[i].name);
		}
	}
	return LL_OK;
}

int ll_views_refresh(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(stored_views_done) struct stored_views stored = {.arena = LL_ARENA_INIT};
	const int rc = read_stored_views(ll_ledger_handle(ledger), &stored, err);

	return rc < 0 ? rc : make_views(ledger, &stored, err);
}

int ll_views_make(struct ll_ledger *ledger, struct ll_error *err)
{
	return make_views(ledger, NULL, err);
}
