/* SPDX-License-Identifier: Apache-2.0 */
/*
 * judge_parts.c - each shipped analyzer against reading once every row of the tables it reads.
 *
 *     judge_parts LEDGER
 *
 * Tables are what is stored: of views and table functions those that they read. The scope, TEMP
 * tables that all analyzers share, is made before the clock is looked at, and so are the
 * statements, which an analysis prepares once: what both cost is part of the command analyze, which
 * is measured as a whole. Prints the worst ratio among analyzers that take long enough to be
 * measured, in hundredths, and what all of them cost.
 */
#include "rows.h"

#include <leakledger/sqlite.h>

#include <inttypes.h>
#include <time.h>

enum {
	ROUNDS = 3,
	LIMIT_S = 60,
};

/* An analyzer that takes less is lost in the noise of a clock. */
#define JUDGED_FROM_S 0.001

static double cpu_s(void)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* A table that a statement reads, "temp.heap_point". */
struct table {
	char name[96];
};

/* Tables of one statement, as SQLite's authorizer tells them. */
static int note_table(void *self, int action, const char *table, const char *column,
                      const char *database, const char *view)
{
	struct ll_vec *const tables = self;
	const struct table *const known = tables->items;
	struct table name;

	(void)column, (void)view;
	if (action != SQLITE_READ || !database || !table[0] || strstr(table, "sqlite_"))
		return SQLITE_OK;
	(void)snprintf(name.name, sizeof name.name, "\"%s\".\"%s\"", database, table);
	for (size_t i = 0; i < tables->count; i++) {
		if (strcmp(known[i].name, name.name) == 0)
			return SQLITE_OK;
	}
	*(struct table *)ll_vec_push(tables, sizeof name) = name;
	return SQLITE_OK;
}

/*
 * A view or a table function is not something that is there to be read: what one costs is part of
 * the analyzer's cost, and never of what it is held against.
 */
static bool is_stored(sqlite3 *db, const struct table *table)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	char sql[256];

	(void)snprintf(sql, sizeof sql,
	               "SELECT 1 FROM pragma_table_list WHERE type = 'table'"
	               " AND format('\"%%w\".\"%%w\"', schema, name) = '%s'",
	               table->name);
	return sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
	       sqlite3_step(stmt) == SQLITE_ROW;
}

/* Reads every row and column of a table. */
static double read_through(sqlite3 *db, const char *name)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	char sql[160];
	double started_s;

	(void)snprintf(sql, sizeof sql, "SELECT * FROM %s", name);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		return 0;
	started_s = cpu_s();
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		for (int i = 0; i < sqlite3_column_count(stmt); i++)
			(void)sqlite3_column_bytes(stmt, i);
	}
	return cpu_s() - started_s;
}

/* Every stored table that a statement reads. To ask expires all prepared statements (fence.h). */
static void read_names(sqlite3 *db, struct ll_str sql, struct ll_vec *tables)
{
	LL_CLEANUP(ll_sqlite_finalizep) sqlite3_stmt *stmt = NULL;
	struct table *all;
	size_t kept = 0;

	(void)sqlite3_set_authorizer(db, note_table, tables);
	(void)sqlite3_prepare_v2(db, sql.data, (int)sql.size, &stmt, NULL);
	(void)sqlite3_set_authorizer(db, NULL, NULL);
	all = tables->items;
	for (size_t i = 0; i < tables->count; i++) {
		if (is_stored(db, &all[i]))
			all[kept++] = all[i];
	}
	tables->count = kept;
}

static double needs_s(sqlite3 *db, const struct ll_vec *tables)
{
	const struct table *const all = tables->items;
	double sum_s = 0;

	for (size_t i = 0; i < tables->count; i++)
		sum_s += read_through(db, all[i].name);
	return sum_s;
}

/* The fastest of some rounds, of both. */
static int judge_one(struct ll_ledger *ledger, struct ll_analyzers *analyzers, size_t number,
                     const struct ll_vec *tables, double *ret_s, double *ret_needs_s,
                     struct ll_error *err)
{
	int rc = LL_OK;

	*ret_s = 1e9;
	*ret_needs_s = 1e9;
	for (int i = 0; rc == LL_OK && i < ROUNDS; i++) {
		struct ll_rows_found found = {.rows = {.items = NULL}};
		const double read_s = needs_s(ll_ledger_handle(ledger), tables);
		const double started_s = cpu_s();
		double took_s;

		rc = ll_analyzers_run(analyzers, number, LIMIT_S * LL_NS_PER_S, &found, err);
		took_s = cpu_s() - started_s;
		ll_rows_found_done(&found);
		*ret_s = took_s < *ret_s ? took_s : *ret_s;
		*ret_needs_s = read_s < *ret_needs_s ? read_s : *ret_needs_s;
	}
	return rc;
}

struct costs {
	double all_s, needs_s, worst; /* worst: ratio of one analyzer to what it needs */
	struct ll_str worst_id;
	size_t judged;
};

static int judge_all(struct ll_ledger *ledger, const struct ll_catalog *catalog,
                     struct costs *costs, struct ll_error *err)
{
	size_t count;
	const struct ll_analyzer *const all = ll_catalog_all(catalog, &count);
	struct ll_vec *const tables = ll_calloc(count, sizeof *tables);
	struct ll_analyzers *analyzers = NULL;
	int rc;

	for (size_t i = 0; i < count; i++)
		read_names(ll_ledger_handle(ledger), all[i].sql, &tables[i]);
	rc = ll_analyzers_open(ledger, catalog, &analyzers, err);
	for (size_t i = 0; rc == LL_OK && i < count; i++) {
		double took_s = 0, read_s = 0;

		rc = judge_one(ledger, analyzers, i, &tables[i], &took_s, &read_s, err);
		costs->all_s += took_s;
		costs->needs_s += read_s;
		if (rc < 0 || took_s < JUDGED_FROM_S || read_s <= 0)
			continue;
		costs->judged++;
		if (took_s / read_s > costs->worst) {
			costs->worst = took_s / read_s;
			costs->worst_id = all[i].id;
		}
	}
	ll_analyzers_close(analyzers);
	for (size_t i = 0; i < count; i++)
		ll_vec_done(&tables[i]);
	free(tables);
	return rc;
}

int main(int argc, char **argv)
{
	struct ll_error err = LL_ERROR_INIT;
	LL_CLEANUP(ll_resources_closep) struct ll_resources *resources = NULL;
	LL_CLEANUP(ll_ledger_closep) struct ll_ledger *ledger = NULL;
	LL_CLEANUP(ll_catalog_closep) struct ll_catalog *catalog = NULL;
	struct costs costs = {.worst_id = ll_str("none")};
	int rc = argc == 2 ? ll_resources_open(NULL, &resources, &err)
	                   : ll_fail(&err, LL_E_USAGE, "usage: judge_parts LEDGER");

	if (rc == LL_OK)
		rc = ll_ledger_open(argv[1], LL_LEDGER_READ, resources, &ledger, &err);
	if (rc == LL_OK)
		rc = ll_catalog_open(resources, &catalog, &err);
	if (rc == LL_OK)
		rc = ll_scope_open(ledger, LL_SCOPE_DIRTY, true, &err);
	if (rc == LL_OK)
		rc = judge_all(ledger, catalog, &costs, &err);
	if (rc < 0) {
		(void)fprintf(stderr, "judge_parts: %s\n", err.text);
		return 1;
	}
	(void)printf("worst %" PRId64 "\nworst_id %.*s\njudged %zu\nall_us %" PRId64
	             "\nneeds_us %" PRId64 "\n",
	             (int64_t)(costs.worst * 100 + 0.5), LL_STR_ARG(costs.worst_id), costs.judged,
	             (int64_t)(costs.all_s * 1e6), (int64_t)(costs.needs_s * 1e6));
	return 0;
}
