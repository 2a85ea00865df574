/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_fleet.c - to judge a fleet four times as large costs four times as much, statement by
 * statement.
 */
#include "fleets.h"

/* What judging a fleet of so many services takes, and that it is judged. */
static void judge_fleet(size_t services, struct ll_vec *costs)
{
	struct test_ledger t;

	test_ledger_open(&t, NULL);
	test_fleet_store(&t, services);
	test_fleet_count(&t, costs);
	(void)test_ledger_analyze(&t);
	test_fleet_count_no_more(&t);
	assert_true(test_ledger_i64(&t, "SELECT count(*) FROM finding") >= (int64_t)services);
	assert_int_equal(test_ledger_i64(&t, "SELECT count(*) FROM v_incident WHERE service <> ''"),
	                 services);
	test_ledger_done(&t);
}

static void no_statement_of_a_judgment_costs_more_than_in_proportion(void **state)
{
	struct ll_vec few = LL_VEC_INIT, many = LL_VEC_INIT;

	(void)state;
	judge_fleet(FLEET_FEW, &few);
	judge_fleet(FLEET_TIMES * FLEET_FEW, &many);
	test_fleet_assert_proportion(&few, &many, NULL);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_statement_of_a_judgment_costs_more_than_in_proportion),
	};

	return cmocka_run_group_tests_name("analyze.fleet", tests, NULL, NULL);
}
