/* SPDX-License-Identifier: Apache-2.0 */
/*
 * postmortem.c - why a process was killed: its life, its numbers, what each verdict asks for.
 *
 * All of it is SQL over the scope (sql/postmortem), step by step, because each step reads what the
 * one before put down. sql/postmortem/tables.sql says what there is afterwards.
 */
#include "scope.h"

static int run_step(struct ll_ledger *ledger, const struct ll_incident *incident, const char *name,
                    struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, name, &stmt, err);

	if (rc < 0)
		return rc;
	ll_stmt_bind_i64(stmt, ":service_id", incident->service_id);
	ll_stmt_bind_i64(stmt, ":time_ns", incident->time_ns);
	if (incident->instance_id > 0)
		ll_stmt_bind_i64(stmt, ":instance_id", incident->instance_id);
	else
		ll_stmt_bind_null(stmt, ":instance_id");
	ll_stmt_bind_i64(stmt, ":limit_bytes", incident->limit_bytes);
	rc = ll_stmt_step(stmt, err);
	return rc < 0 ? ll_within(err, "%s", name) : LL_OK;
}

int ll_postmortem_open(struct ll_ledger *ledger, const struct ll_incident *incident,
                       struct ll_error *err)
{
	static const char *const steps[] = {
		"sql/postmortem/signs.sql",      "sql/postmortem/death.sql",
		"sql/postmortem/kills.sql",      "sql/postmortem/limit.sql",
		"sql/postmortem/lives.sql",      "sql/postmortem/before.sql",
		"sql/postmortem/level.sql",      "sql/postmortem/facts.sql",
		"sql/postmortem/conditions.sql", "sql/postmortem/verdicts.sql",
		"sql/postmortem/terms.sql",      "sql/postmortem/gaps.sql",
	};
	int rc = ll_sqlite_script(ledger, "sql/postmortem/tables.sql", err);

	if (rc == LL_OK)
		rc = ll_sqlite_script(ledger, "sql/postmortem/foresight_table.sql", err);
	for (size_t i = 0; rc == LL_OK && i < LL_COUNT(steps); i++)
		rc = run_step(ledger, incident, steps[i], err);
	return rc < 0 ? ll_within(err, "post-mortem") : LL_OK;
}
