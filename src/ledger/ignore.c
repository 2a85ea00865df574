/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ignore.c - see ignore.h; and ledger.h for the rules.
 *
 * One scrape of a cluster tells of every pod, also of those that nobody here answers for. Their
 * captures stay, so that a rule can be taken back, and count as captures that show no process: what
 * lists, judges and draws services asks for those that do.
 */
#include "ignore.h"

#include "lifetime.h"

static int run_resource(struct ll_ledger *ledger, const char *name, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, name, &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	return rc < 0 ? rc : LL_OK;
}

/* ["heap","goroutine", ...]: kinds that show a process while it ran. */
static void put_kinds(struct ll_buf *out)
{
	ll_buf_putc(out, '[');
	for (int kind = 0; kind < LL_KIND_COUNT; kind++) {
		if (!ll_kind_is_observation((enum ll_kind)kind))
			continue;
		ll_buf_printf(out, "%s\"%s\"", out->size > 1 ? "," : "",
		              ll_kind_name((enum ll_kind)kind));
	}
	ll_buf_putc(out, ']');
}

static int show_others(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_buf kinds LL_CLEANUP(ll_buf_done);
	int rc = ll_stmt_resource(ledger, "sql/ingest/ignore/show.sql", &stmt, err);

	ll_buf_init(&kinds, LL_BUF_PAGE);
	put_kinds(&kinds);
	if (rc == LL_OK) {
		ll_stmt_bind_text(stmt, ":kinds", ll_buf_str(&kinds));
		rc = ll_stmt_step(stmt, err);
	}
	return rc < 0 ? rc : LL_OK;
}

int ll_ignore_apply(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/ingest/ignore/has_any.sql", &stmt, err);

	if (rc == LL_OK)
		rc = ll_stmt_step(stmt, err);
	if (rc < 0 || ll_stmt_i64(stmt, 0) == 0)
		return rc < 0 ? rc : LL_OK;
	ll_stmt_reset(stmt);
	rc = ll_sqlite_script(ledger, "sql/ingest/ignore/find.sql", err);
	if (rc == LL_OK)
		rc = show_others(ledger, err);
	if (rc == LL_OK)
		rc = ll_sqlite_script(ledger, "sql/ingest/ignore/forget.sql", err);
	return rc < 0 ? ll_within(err, "what the configuration ignores") : LL_OK;
}

/* ----------------------------------------------------------------------- rules */

static bool is_rule(const struct ll_ignore *rule, struct ll_stmt *stored)
{
	return ll_str_equal(ll_stmt_text(stored, 0), ll_str(rule->name)) &&
	       ll_str_equal(ll_stmt_text(stored, 1), ll_str(rule->what)) &&
	       ll_str_equal(ll_stmt_text(stored, 2), ll_str(rule->pattern));
}

/* Are these the rules that are stored? */
static int compare(struct ll_ledger *ledger, const struct ll_ignore *rules, size_t count,
                   bool *ret_same, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_stmt_resource(ledger, "sql/ingest/ignore/known.sql", &stmt, err);
	size_t stored = 0;

	*ret_same = true;
	while (rc >= 0 && *ret_same && (rc = ll_stmt_step(stmt, err)) > 0) {
		*ret_same = stored < count && is_rule(&rules[stored], stmt);
		stored++;
	}
	*ret_same = *ret_same && stored == count;
	return rc < 0 ? rc : LL_OK;
}

static int put_rules(struct ll_ledger *ledger, const struct ll_ignore *rules, size_t count,
                     struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = run_resource(ledger, "sql/ingest/ignore/clear.sql", err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(ledger, "sql/ingest/ignore/put.sql", &stmt, err);
	for (size_t i = 0; rc >= 0 && i < count; i++) {
		ll_stmt_reset(stmt);
		ll_stmt_bind_i64(stmt, ":ordinal", (int64_t)i + 1);
		ll_stmt_bind_text(stmt, ":name", ll_str(rules[i].name));
		ll_stmt_bind_text(stmt, ":what", ll_str(rules[i].what));
		ll_stmt_bind_text(stmt, ":pattern", ll_str(rules[i].pattern));
		rc = ll_stmt_step(stmt, err);
	}
	return rc < 0 ? rc : LL_OK;
}

static int regroup(struct ll_ledger *ledger, struct ll_error *err)
{
	LL_CLEANUP(ll_lifetimes_closep) struct ll_lifetimes *lifetimes = NULL;
	const int rc = ll_lifetimes_open(ledger, &lifetimes, err);

	return rc == LL_OK ? ll_lifetimes_rebuild(lifetimes, err) : rc;
}

int ll_ledger_ignore(struct ll_ledger *ledger, const struct ll_ignore *rules, size_t count,
                     struct ll_error *err)
{
	bool is_same = false;
	int rc = compare(ledger, rules, count, &is_same, err);

	if (rc < 0 || is_same)
		return rc;
	rc = ll_ledger_begin(ledger, err);
	if (rc < 0)
		return rc;
	rc = put_rules(ledger, rules, count, err);
	if (rc == LL_OK)
		rc = regroup(ledger, err);
	if (rc == LL_OK)
		return ll_ledger_commit(ledger, err);
	ll_ledger_rollback(ledger);
	return rc;
}
