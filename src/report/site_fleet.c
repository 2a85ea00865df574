/* SPDX-License-Identifier: Apache-2.0 */
/* site_fleet.c - pages about all services: the first one, services, teams, weeks, captures. */
#include "maker.h"

enum {
	ROWS_INDEX_COVERAGE = 20, /* services in the heat map of the first page */
};

static int do_teams(struct ll_maker *maker, struct ll_figure_of figure, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc;

	figure.team = "";
	rc = ll_maker_put(maker, LL_PAGE_TEAMS, "teams.html", maker->templates, &figure, err);
	if (rc == LL_OK)
		rc = ll_stmt_resource(maker->ledger, "sql/reports/teams/names.sql", &stmt, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_str file = ll_stmt_text(stmt, 1);
		char path[LL_PATH_SIZE];

		figure.team = ll_stmt_text(stmt, 0).data;
		(void)snprintf(path, sizeof path, "team/%.*s.html", LL_STR_ARG(file));
		rc = ll_maker_put(maker, LL_PAGE_TEAM, path, maker->templates, &figure, err);
	}
	return rc;
}

/* Weeks that are over are not made again. */
static int do_weeks(struct ll_maker *maker, struct ll_figure_of figure, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	int rc = ll_maker_put(maker, LL_PAGE_WEEKS, "weeks.html", maker->templates, &figure, err);

	if (rc == LL_OK)
		rc = ll_stmt_resource(maker->ledger, "sql/reports/weeks/names.sql", &stmt, err);
	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_hash key = ll_maker_key(maker, ll_stmt_text(stmt, 2));
		const struct ll_str week = ll_stmt_text(stmt, 0);
		char path[LL_PATH_SIZE];

		figure.week_ns = ll_stmt_i64(stmt, 1);
		(void)snprintf(path, sizeof path, "week/%.*s.html", LL_STR_ARG(week));
		rc = !maker->models && ll_site_is_current(maker->output, path, key)
		             ? ll_site_keep(maker->output, path, key, err)
		             : ll_maker_put(maker, LL_PAGE_WEEK, path, key, &figure, err);
	}
	return rc;
}

int ll_maker_fleet(struct ll_maker *maker, struct ll_error *err)
{
	struct ll_figure_of figure = {
		.ledger = maker->ledger,
		.since_ns = maker->options->since_ns,
		.until_ns = maker->options->until_ns,
	};
	int rc = ll_maker_put(maker, LL_PAGE_CAPTURES, "captures.html", maker->templates, &figure,
	                      err);

	if (rc == LL_OK)
		rc = ll_maker_put(maker, LL_PAGE_SERVICES, "services.html", maker->templates,
		                  &figure, err);
	if (rc == LL_OK)
		rc = ll_maker_put(maker, LL_PAGE_RULES, "rules.html", maker->templates, &figure,
		                  err);
	if (rc == LL_OK)
		rc = ll_maker_put(maker, LL_PAGE_INCIDENTS, "kills.html", maker->templates, &figure,
		                  err);
	if (rc == LL_OK)
		rc = do_teams(maker, figure, err);
	if (rc == LL_OK)
		rc = do_weeks(maker, figure, err);
	figure.most_rows = ROWS_INDEX_COVERAGE;
	if (rc == LL_OK)
		rc = ll_maker_put(maker, LL_PAGE_INDEX, "index.html", maker->templates, &figure,
		                  err);
	return rc;
}
