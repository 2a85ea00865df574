/* SPDX-License-Identifier: Apache-2.0 */
/* test_record.c - the ledger knows which commands wrote it, and with which settings. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void every_run_is_noted_with_its_settings(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	free(ll_test_write(shop->directory, "leakledger.conf",
	                   ll_str("jobs = 2\n[service \"ca*\"]\nlimit = 1GiB\n")));
	assert_exit(shop, "run in -q --exclude '*.tmp'", 0);
	assert_exit(shop, "analyze -q", 0);

	assert_exit(shop,
	            "query --format csv 'SELECT command, finished_ns >= started_ns, options"
	            " FROM run ORDER BY run_id'",
	            0);
	assert_has(shop->out, "run,1,\"{\"\"arguments\"\":[\"\"in\"\"],");
	assert_has(shop->out, "\"\"exclude\"\":[\"\"*.tmp\"\"]");
	assert_has(shop->out, "\"\"jobs\"\":\"\"2\"\"");
	assert_has(shop->out, "{\"\"name\"\":\"\"ca*\"\",\"\"limit\"\":\"\"1073741824\"\"}");
	assert_has(shop->out, "analyze,1,");
}

static void a_command_that_fails_has_no_end(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "mkdir site && touch site/somebody.txt");
	assert_exit(shop, "run in -q -o site", 73);

	assert_exit(shop, "query --format csv 'SELECT command, finished_ns IS NULL FROM run'", 0);
	assert_has(shop->out, "run,1");
}

static void a_command_that_only_reads_notes_nothing(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	assert_exit(shop, "run in -q", 0);
	assert_exit(shop, "findings", 0);
	assert_exit(shop, "report -q", 0);

	assert_exit(shop, "query --format csv 'SELECT count(*) AS n FROM run'", 0);
	assert_has(shop->out, "n\r\n1\r\n");
}

static void teams_are_shown_with_the_configuration(void **state)
{
	struct shop *const shop = *state;

	free(ll_test_write(shop->directory, "leakledger.conf",
	                   ll_str("[team \"payments\"]\nmail = p@example.com\n")));
	assert_exit(shop, "config show", 0);
	assert_has(shop->out, "[team \"payments\"]\nmail = p@example.com\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_run_is_noted_with_its_settings),
		TEST(a_command_that_fails_has_no_end),
		TEST(a_command_that_only_reads_notes_nothing),
		TEST(teams_are_shown_with_the_configuration),
	};

	return cmocka_run_group_tests_name("cli record", tests, NULL, NULL);
}
