/* SPDX-License-Identifier: Apache-2.0 */
/* test_query.c - leakledger query: SELECTs of strangers, which can only read. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "ingest in -q", 0);
}

static void a_select_is_answered_in_every_form(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "query \"SELECT 1 AS n, 'x' AS t UNION ALL SELECT 2, NULL\"", 0);
	assert_string_equal(shop->out.data, "n  t\n1  x\n2  \n");
	assert_exit(shop, "query --format json \"SELECT 1 AS n UNION ALL SELECT 2\"", 0);
	assert_string_equal(shop->out.data, "[\n{\"n\":1},\n{\"n\":2}\n]\n");
	assert_exit(shop, "query --format jsonl \"SELECT 1 AS n\"", 0);
	assert_string_equal(shop->out.data, "{\"n\":1}\n");
	assert_exit(shop, "query --format csv \"SELECT 1 AS n WHERE 0\"", 0);
	assert_string_equal(shop->out.data, "n\r\n");
	assert_exit(shop, "query --format json \"SELECT 1 AS n WHERE 0\"", 0);
	assert_string_equal(shop->out.data, "[\n]\n");
}

static void views_and_functions_are_at_hand(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "query \"SELECT service FROM v_service\"", 0);
	assert_has(shop->out, "menu");
	assert_exit(shop, "query \"SELECT median(value) AS m FROM (SELECT 3 AS value)\"", 0);
	assert_has(shop->out, "3");
	assert_exit(shop, "query \"SELECT count(*) > 0 AS has FROM sample\"", 0);
	assert_has(shop->out, "1");
	assert_exit(shop, "query \"SELECT key FROM json_each('{\\\"k\\\":1}')\"", 0);
	assert_has(shop->out, "k");
}

static void views_of_analyzers_are_over_the_service_that_is_asked_for(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "query --scope menu \"SELECT count(*) > 0 AS has FROM v_site_series\"",
	            0);
	assert_has(shop->out, "1");
	assert_exit(shop, "query --scope nobody \"SELECT 1\"", 2);
	assert_has(shop->err, "no service 'nobody'");
	assert_exit(shop, "query --scope menu \"DROP TABLE temp.heap_point\"", 2);
}

static void a_statement_may_come_from_standard_input(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	shop_do(shop, "echo 'SELECT 41 + 1 AS n;' | \"$LEAKLEDGER\" query -");
	assert_has(shop->out, "42");
}

static void nothing_but_reading_is_allowed(void **state)
{
	struct shop *const shop = *state;
	static const char *const refused[] = {
		"DELETE FROM service",
		"INSERT INTO service (name) VALUES ('x')",
		"CREATE TABLE x (a)",
		"CREATE TEMP TABLE x (a)",
		"ATTACH 'x.db' AS x",
		"PRAGMA user_version = 1",
		"PRAGMA table_list",
		"SELECT * FROM pragma_optimize",
		"BEGIN",
		"VACUUM INTO 'x.db'",
		"SELECT load_extension('x')",
		"WITH x AS (SELECT 1) DELETE FROM service",
	};
	char arguments[256];

	fill(shop);
	shop_do(shop, "cp leakledger.db before.db");
	for (size_t i = 0; i < LL_COUNT(refused); i++) {
		(void)snprintf(arguments, sizeof arguments, "query \"%s\"", refused[i]);
		assert_exit(shop, arguments, 2);
		assert_true(shop->err.size > 0);
	}
	shop_do(shop, "cmp before.db leakledger.db && test ! -e x.db");
}

static void what_is_wrong_with_a_statement_is_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "query \"SELEC 1\"", 2);
	assert_has(shop->err, "near \"SELEC\": syntax error");
	assert_exit(shop, "query \"SELECT * FROM nowhere\"", 2);
	assert_has(shop->err, "no such table: nowhere");
	assert_exit(shop, "query \"SELECT 1; SELECT 2\"", 2);
	assert_has(shop->err, "more than one SQL statement");
	assert_exit(shop, "query ''", 2);
	assert_exit(shop, "query", 2);
	assert_exit(shop, "query -d none.db \"SELECT 1\"", 2);
	assert_has(shop->err, "no ledger at 'none.db'");
}

static void rows_and_time_have_limits(void **state)
{
	struct shop *const shop = *state;
	static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 "
				      "FROM n) SELECT ";
	char arguments[256];

	fill(shop);

	(void)snprintf(arguments, sizeof arguments, "query --limit 3 \"%s i FROM n\"", endless);
	assert_exit(shop, arguments, 0);
	assert_string_equal(shop->out.data, "i\n1\n2\n3\n");
	assert_has(shop->err, "cut after 3 rows");
	(void)snprintf(arguments, sizeof arguments, "query --timeout 1 \"%s count(*) FROM n\"",
	               endless);
	assert_exit(shop, arguments, 74);
	assert_has(shop->err, "more processor time than --timeout allows");
	assert_exit(shop, "query --limit 1 \"SELECT 1 AS n\"", 0);
	assert_int_equal(shop->err.size, 0);
	assert_exit(shop, "query \"SELECT length(zeroblob(1000000000))\"", 74);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_select_is_answered_in_every_form),
		TEST(views_and_functions_are_at_hand),
		TEST(views_of_analyzers_are_over_the_service_that_is_asked_for),
		TEST(a_statement_may_come_from_standard_input),
		TEST(nothing_but_reading_is_allowed),
		TEST(what_is_wrong_with_a_statement_is_told),
		TEST(rows_and_time_have_limits),
	};

	return cmocka_run_group_tests_name("cli.query", tests, NULL, NULL);
}
