/* SPDX-License-Identifier: Apache-2.0 */
/* test_prune.c - leakledger prune: old captures go, findings stay, nothing else breaks. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

static void count_is(struct shop *shop, const char *sql, const char *count)
{
	char arguments[512];

	(void)snprintf(arguments, sizeof arguments,
	               "query --format csv \"SELECT (SELECT %s) AS n\"", sql);
	assert_exit(shop, arguments, 0);
	assert_has(shop->out, count);
}

static void a_dry_run_says_what_would_go_and_changes_nothing(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "cp leakledger.db before.db");

	assert_exit(shop, "prune --keep 3h -n", 0);

	assert_has(shop->out, "service  captures");
	assert_has(shop->out, "cart");
	assert_has(shop->err, " captures would go, ");
	shop_do(shop, "cmp leakledger.db before.db");
}

static void old_captures_go_and_findings_stay(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "findings --format csv", 0);
	shop_do(shop, "\"$LEAKLEDGER\" query --format csv \"SELECT id, state, score, summary FROM "
	              "v_finding\" >before.csv");

	assert_exit(shop, "prune --keep 3h", 0);
	assert_has(shop->err, " captures taken away, ");

	shop_do(shop, "\"$LEAKLEDGER\" query --format csv \"SELECT id, state, score, summary FROM "
	              "v_finding\" >after.csv && cmp before.csv after.csv");
	count_is(shop, "count(*) > 0 FROM v_capture", "\n1\r");
	count_is(shop, "count(*) FROM v_capture WHERE status = 'rejected'", "\n0\r");
	count_is(shop,
	         "count(*) FROM sample AS s LEFT JOIN capture AS c USING (capture_id) WHERE "
	         "c.capture_id IS NULL",
	         "\n0\r");
}

static void a_pruned_ledger_is_whole_and_goes_on(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "prune --keep 3h -q", 0);
	assert_int_equal(shop->err.size, 0);

	assert_exit(shop, "verify", 0);
	assert_exit(shop, "report -o again -q", 0);
	assert_exit(shop, "findings --format json", 0);
	assert_exit(shop, "captures", 0);
	/* What still lies there is known. */
	assert_exit(shop, "ingest in", 0);
	assert_has_not(shop->err, "captures added");
	count_is(shop, "(SELECT count(*) FROM capture) < (SELECT count(*) FROM content)", "\n1\r");
	assert_exit(shop, "prune --keep 3h", 0);
	assert_has(shop->err, "0 captures taken away");
	assert_exit(shop, "analyze", 0);
	assert_exit(shop, "verify", 0);
}

static void the_file_becomes_smaller(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "stat -c %s leakledger.db >before");

	assert_exit(shop, "prune --keep 1s", 0);

	shop_do(shop, "test $(stat -c %s leakledger.db) -lt $(cat before)");
}

static void what_is_younger_than_that_stays(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "prune --keep 10000d", 0);

	assert_has(shop->err, "0 captures taken away");
}

static void without_a_time_nothing_is_deleted(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "prune", 2);
	assert_has(shop->err, "'prune' needs --keep");
	assert_exit(shop, "prune --keep forever", 2);
	assert_has(shop->err, "'forever' is no time to keep");
	assert_exit(shop, "prune --keep 0d", 2);
	assert_exit(shop, "prune --keep 1d -d none.db", 2);
	shop_do(shop, "test ! -e none.db");
	assert_exit(shop, "prune --keep 1d -n -d none.db", 2);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_dry_run_says_what_would_go_and_changes_nothing),
		TEST(old_captures_go_and_findings_stay),
		TEST(a_pruned_ledger_is_whole_and_goes_on),
		TEST(the_file_becomes_smaller),
		TEST(what_is_younger_than_that_stays),
		TEST(without_a_time_nothing_is_deleted),
	};

	return cmocka_run_group_tests_name("cli.prune", tests, NULL, NULL);
}
