/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scope.c - the vocabulary of the judgment as TEMP tables: which services, their sites, their
 * points.
 *
 * What follows from facts alone by SQL is in sql/scope; what needs symbols or the series' bytes is
 * in scope_sites.c, scope_heap.c and scope_moves.c.
 */
#include "scope.h"

#include "sqlfn.h"

static int run_resource(struct ll_ledger *ledger, const char *name, int64_t service_id,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, name, &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

static int choose_services(struct ll_ledger *ledger, int64_t service_id, bool all_services,
                           struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/scope/services.sql", &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", service_id);
	ll_stmt_bind_i64(stmt, ":all_services", all_services);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

int ll_scope_open(struct ll_ledger *ledger, int64_t service_id, bool all_services,
                  struct ll_error *err)
{
	static const char *const before[] = {
		"sql/scope/lives.sql",
		"sql/scope/heap_captures.sql",
		"sql/scope/goroutine_captures.sql",
		"sql/scope/pod_containers.sql",
		"sql/scope/readings.sql",
		"sql/scope/live_points.sql",
		"sql/scope/cohorts.sql",
		"sql/scope/trend_lives.sql",
		"sql/scope/epochs.sql",
		"sql/scope/count_points.sql",
		"sql/scope/memory_points.sql",
		"sql/scope/process_points.sql",
		"sql/scope/gc_intervals.sql",
		"sql/scope/gogc_points.sql",
		"sql/scope/memory_limits.sql",
	};
	static const char *const trends[] = {
		"sql/scope/dumps.sql",         "sql/scope/stuck.sql",
		"sql/scope/standing.sql",      "sql/scope/lock_places.sql",
		"sql/scope/lock_callers.sql",  "sql/scope/lock_passers.sql",
		"sql/scope/lock_edges.sql",    "sql/scope/site_trend.sql",
		"sql/scope/cluster_trend.sql", "sql/scope/process_trend.sql",
	};
	/* What asks for growth, once a place has few trends and not one for each instance. */
	static const char *const after[] = {
		"sql/scope/site_course.sql", "sql/scope/site_blocks.sql",
		"sql/scope/site_facts.sql",  "sql/scope/churn.sql",
		"sql/scope/turnover.sql",
	};
	int rc = ll_sqlfn_register(ll_ledger_handle(ledger), err);

	if (rc == LL_OK)
		rc = ll_sqlite_script(ledger, "sql/scope/tables.sql", err);

	if (rc == LL_OK)
		rc = choose_services(ledger, service_id, all_services, err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(before); i++)
		rc = run_resource(ledger, before[i], service_id, err);
	if (rc == LL_OK)
		rc = ll_scope_sites(ledger, err);
	if (rc == LL_OK)
		rc = ll_scope_heap(ledger, err);
	if (rc == LL_OK)
		rc = run_resource(ledger, "sql/scope/goroutine_points.sql", service_id, err);
	if (rc == LL_OK)
		rc = ll_scope_moves(ledger, err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(trends); i++)
		rc = run_resource(ledger, trends[i], service_id, err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(ledger, "sql/scope/lone_instances.sql", err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(after); i++)
		rc = run_resource(ledger, after[i], service_id, err);
	return rc < 0 ? ll_within(err, "scope") : LL_OK;
}
