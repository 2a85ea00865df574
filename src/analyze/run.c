/* SPDX-License-Identifier: Apache-2.0 */
/*
 * run.c - runs analyzers.
 *
 * An analyzer may come from the user, or from somebody he trusted too much. It runs on a connection
 * whose authorizer allows reading only, must be exactly one statement, cannot load extensions, and
 * is stopped by a progress handler when its time is over.
 */
#include "rows.h"

#include <leakledger/sqlite.h>

#include <inttypes.h>

enum {
	PROGRESS_STEPS = 100000, /* virtual machine steps between two looks at the clock */
	ROWS_MAX = 100000,       /* rows of one analyzer */
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

/* ------------------------------------------------------------------ the fences */

static int allow_reading(void *self, int action, const char *first, const char *second,
                         const char *database, const char *trigger)
{
	(void)self, (void)first, (void)database, (void)trigger;
	switch (action) {
	case SQLITE_SELECT:
	case SQLITE_READ:
	case SQLITE_RECURSIVE: return SQLITE_OK;
	case SQLITE_FUNCTION:
		return second && strcmp(second, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	default: return SQLITE_DENY;
	}
}

static int64_t cpu_ns(void)
{
	struct timespec now = {0};

	(void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (int64_t)now.tv_sec * LL_NS_PER_S + now.tv_nsec;
}

/* CPU time and not wall time: a busy machine must not change what is found. */
static int stop_when_late(void *self)
{
	const int64_t *const deadline_ns = self;

	return cpu_ns() > *deadline_ns;
}

/* --------------------------------------------------------------------- columns */

static int find_columns(sqlite3_stmt *stmt, const struct ll_analyzer *analyzer,
                        int ret_columns[COLUMN_COUNT], struct ll_error *err)
{
	const int count = sqlite3_column_count(stmt);

	for (int i = 0; i < COLUMN_COUNT; i++) {
		ret_columns[i] = -1;
		for (int k = 0; k < count; k++) {
			if (strcmp(sqlite3_column_name(stmt, k), column_names[i]) == 0)
				ret_columns[i] = k;
		}
		if (ret_columns[i] < 0)
			return ll_fail(err, LL_E_USAGE, "analyzer '%.*s' returns no column '%s'",
			               LL_STR_ARG(analyzer->id), column_names[i]);
	}
	return LL_OK;
}

/* Binds ":name" for every "name=value" of the header. */
static void bind_params(sqlite3_stmt *stmt, const struct ll_analyzer *analyzer)
{
	struct ll_str rest = analyzer->params;

	while (rest.size > 0) {
		const struct ll_str pair = ll_str_trim(ll_str_split(&rest, ','));
		const size_t equals = ll_str_index(pair, '=');
		char name[80];
		double number;

		if (equals == SIZE_MAX)
			continue;
		(void)snprintf(name, sizeof name, ":%.*s",
		               LL_STR_ARG(ll_str_trim(ll_str_first(pair, equals))));
		if (ll_str_to_f64(ll_str_trim(ll_str_from(pair, equals + 1)), &number))
			(void)sqlite3_bind_double(stmt, sqlite3_bind_parameter_index(stmt, name),
			                          number);
	}
}

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

static bool is_blank(const char *text, const char *end)
{
	for (; text < end; text++) {
		if (!strchr(" \t\r\n;", *text))
			return false;
	}
	return true;
}

static int prepare(sqlite3 *db, const struct ll_analyzer *analyzer, sqlite3_stmt **ret_stmt,
                   struct ll_error *err)
{
	const char *tail = NULL;

	if (sqlite3_prepare_v2(db, analyzer->sql.data, (int)analyzer->sql.size, ret_stmt, &tail) !=
	    SQLITE_OK)
		return ll_fail(err, LL_E_USAGE, "analyzer '%.*s': %s", LL_STR_ARG(analyzer->id),
		               sqlite3_errmsg(db));
	if (!*ret_stmt || !is_blank(tail, analyzer->sql.data + analyzer->sql.size) ||
	    !sqlite3_stmt_readonly(*ret_stmt))
		return ll_fail(err, LL_E_USAGE, "analyzer '%.*s' must be exactly one SELECT",
		               LL_STR_ARG(analyzer->id));
	return LL_OK;
}

static int collect(sqlite3 *db, sqlite3_stmt *stmt, const struct ll_analyzer *analyzer,
                   struct ll_rows_found *found, struct ll_error *err)
{
	int columns[COLUMN_COUNT] = {0};
	size_t rows = 0;
	int state;
	const int rc = find_columns(stmt, analyzer, columns, err);

	if (rc < 0)
		return rc;
	bind_params(stmt, analyzer);
	while ((state = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (++rows > ROWS_MAX)
			return ll_fail(err, LL_E_LIMIT, "analyzer '%.*s' returns more than %d rows",
			               LL_STR_ARG(analyzer->id), ROWS_MAX);
		add_row(found, stmt, analyzer, columns);
	}
	if (state == SQLITE_INTERRUPT)
		return ll_fail(err, LL_E_LIMIT, "analyzer '%.*s' took too long",
		               LL_STR_ARG(analyzer->id));
	if (state != SQLITE_DONE)
		return ll_fail(err, LL_E_DATABASE, "analyzer '%.*s': %s", LL_STR_ARG(analyzer->id),
		               sqlite3_errmsg(db));
	return LL_OK;
}

int ll_analyzer_check(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                      struct ll_error *err)
{
	sqlite3 *const db = ll_ledger_handle(ledger);
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int columns[COLUMN_COUNT] = {0};
	int rc;

	(void)sqlite3_set_authorizer(db, allow_reading, NULL);
	rc = prepare(db, analyzer, &stmt, err);
	if (rc == LL_OK)
		rc = find_columns(stmt, analyzer, columns, err);
	(void)sqlite3_set_authorizer(db, NULL, NULL);
	return rc;
}

int ll_analyzer_run(struct ll_ledger *ledger, const struct ll_analyzer *analyzer,
                    int64_t time_limit_ns, struct ll_rows_found *found, struct ll_error *err)
{
	sqlite3 *const db = ll_ledger_handle(ledger);
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	int64_t deadline_ns = cpu_ns() + time_limit_ns;
	int rc;

	(void)sqlite3_set_authorizer(db, allow_reading, NULL);
	sqlite3_progress_handler(db, PROGRESS_STEPS, stop_when_late, &deadline_ns);
	rc = prepare(db, analyzer, &stmt, err);
	if (rc == LL_OK)
		rc = collect(db, stmt, analyzer, found, err);
	sqlite3_progress_handler(db, 0, NULL, NULL);
	(void)sqlite3_set_authorizer(db, NULL, NULL);
	return rc;
}
