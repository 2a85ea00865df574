/* SPDX-License-Identifier: Apache-2.0 */
/* The plans of what pages of services and findings ask: a fleet has thousands of such pages. */
#include "queries.h"

#include <leakledger/analyze.h>

/*
 * Names that statements give to tables with a row for each capture or file of the whole ledger; a
 * plan says "SCAN lc" where it goes through such a table from its start to its end. Statements that
 * take "c" for something else are not asked for it.
 */
enum {
	ALWAYS = 4,
};
static const char *const large[] = {"SCAN lc", "SCAN fc", "SCAN ct", "SCAN gg", "SCAN c"};

static void assert_narrow(void *state, const struct ll_resource *resource, size_t names)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_stmt *plan;
	struct ll_buf sql;

	ll_buf_init(&sql, LL_BUF_SQL);
	ll_buf_puts(&sql, "EXPLAIN QUERY PLAN\n");
	ll_buf_put(&sql, resource->bytes.data, resource->bytes.size);
	plan = queries_prepare(state, ll_buf_str(&sql).data);
	while (ll_stmt_step(plan, &err) > 0) {
		struct ll_str detail = ll_stmt_text(plan, 3);
		const struct ll_str rest = detail;

		for (size_t i = 0; i < names; i++) {
			detail = rest;
			if (ll_str_skip(&detail, large[i]) &&
			    (detail.size == 0 || detail.data[0] == ' '))
				fail_msg("%s: %.*s", resource->name, LL_STR_ARG(rest));
		}
	}
	ll_stmt_free(plan);
	ll_buf_done(&sql);
}

static size_t assert_all_narrow(void *state, const char *prefix, size_t names)
{
	const struct queries *const queries = state;
	struct ll_error err = LL_ERROR_INIT;
	size_t count, seen = 0;
	const struct ll_resource *const all = ll_resource_all(queries->resources, &count);

	assert_ok(ll_scope_open(queries->ledger, LL_SCOPE_NOTHING, false, &err), &err);
	for (size_t i = 0; i < count; i++) {
		/* What is asked of replayed rules has a table only after a replay. */
		if (!ll_str_starts(ll_str(all[i].name), prefix) ||
		    ll_str_ends(ll_str(all[i].name), "/rules.sql"))
			continue;
		assert_narrow(state, &all[i], names);
		seen++;
	}
	return seen;
}

static void a_page_of_a_service_does_not_go_through_the_captures_of_others(void **state)
{
	assert_true(assert_all_narrow(*state, "sql/reports/service/", ALWAYS) > 20);
}

static void a_page_of_a_finding_does_not_go_through_the_captures_of_others(void **state)
{
	assert_true(assert_all_narrow(*state, "sql/reports/finding/", ALWAYS) > 10);
}

/* All services are judged after many a run; each judgment is about one. */
static void a_judgment_of_a_service_does_not_go_through_the_captures_of_others(void **state)
{
	assert_true(assert_all_narrow(*state, "sql/analyzers/", ALWAYS) > 40);
}

/* Each asks of every service whether it has captures: no work of services times captures. */
static void lists_of_services_look_for_their_captures_by_service(void **state)
{
	assert_int_equal(
		assert_all_narrow(*state, "sql/reports/index/service_ids.sql", LL_COUNT(large)), 1);
	assert_int_equal(assert_all_narrow(*state, "sql/reports/index/head.sql", LL_COUNT(large)),
	                 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			a_page_of_a_service_does_not_go_through_the_captures_of_others,
			queries_set_up, queries_tear_down),
		cmocka_unit_test_setup_teardown(
			a_page_of_a_finding_does_not_go_through_the_captures_of_others,
			queries_set_up, queries_tear_down),
		cmocka_unit_test_setup_teardown(
			a_judgment_of_a_service_does_not_go_through_the_captures_of_others,
			queries_set_up, queries_tear_down),
		cmocka_unit_test_setup_teardown(
			lists_of_services_look_for_their_captures_by_service, queries_set_up,
			queries_tear_down),
	};

	return cmocka_run_group_tests_name("report.plans", tests, NULL, NULL);
}
