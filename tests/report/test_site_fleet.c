/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_site_fleet.c - the site of a fleet four times as large costs four times as much, statement
 * by statement.
 */
#include "fleets.h"

#include <leakledger/report.h>

/* What the site of a fleet of so many services takes, and that it is whole. */
static void make_site(size_t services, struct ll_vec *costs)
{
	char *const directory = ll_test_scratch();
	char site[1024];
	const struct ll_report_options options = {
		.directory = site,
		.version = "test",
		.jobs = 1,
		.since_ns = LL_TIME_NONE,
		.until_ns = LL_TIME_NONE,
	};
	struct ll_report_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct test_ledger t;

	(void)snprintf(site, sizeof site, "%s/site", directory);
	test_ledger_open(&t, NULL);
	test_fleet_store(&t, services);
	(void)test_ledger_analyze(&t);
	/* Statements that wait with the ledger still have the steps of the judgment. */
	test_ledger_reopen(&t, LL_LEDGER_READ);
	test_fleet_count(&t, costs);
	assert_ok(ll_report_site(t.ledger, &options, &result, &err), &err);
	test_fleet_count_no_more(&t);
	/* A page of each service, of its finding and of its kill. */
	assert_true(result.written > 3 * services);
	test_ledger_done(&t);
	ll_test_scratch_done(directory);
}

static void no_statement_of_a_site_costs_more_than_in_proportion(void **state)
{
	struct ll_vec few = LL_VEC_INIT, many = LL_VEC_INIT;

	(void)state;
	make_site(FLEET_FEW, &few);
	make_site(FLEET_TIMES * FLEET_FEW, &many);
	/*
	 * sql/scope/memory_limits.sql, where the past is judged, takes 24 steps more for each kill
	 * of others: 1,845 instead of 981 in the larger fleet.
	 */
	test_fleet_assert_proportion(&few, &many, "The limits on memory that are known");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_statement_of_a_site_costs_more_than_in_proportion),
	};

	return cmocka_run_group_tests_name("report.site_fleet", tests, NULL, NULL);
}
