/* SPDX-License-Identifier: Apache-2.0 */
/* test_owners.c - who answers for a service: the configuration first, then tables of owners. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static const char teams_page[] = "leakledger-report/teams.html";

static void has_team(struct shop *shop, const char *page, const char *words, bool is_there)
{
	char command[512];

	(void)snprintf(command, sizeof command, "%sgrep -q '%s' %s", is_there ? "" : "! ", words,
	               page);
	shop_do(shop, command);
}

static void the_configuration_names_owners_by_pattern(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "printf '[service \"*\"]\\nteam = everybody\\n"
	              "[service \"ca*\"]\\nteam = payments\\n' > leakledger.conf");

	assert_exit(shop, "run in", 0);

	has_team(shop, teams_page, "team/payments.html", true);
	has_team(shop, teams_page, "team/everybody.html", false);
	has_team(shop, "leakledger-report/team/payments.html", ">cart", true);
}

static void the_configuration_goes_before_a_table(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "printf 'service,team\\ncart,kitchen\\n' > in/owners.csv");

	assert_exit(shop, "run in", 0);
	has_team(shop, teams_page, "team/kitchen.html", true);

	shop_do(shop, "printf '[service \"cart\"]\\nteam = payments\\n' > leakledger.conf");
	assert_exit(shop, "run in", 0);
	has_team(shop, teams_page, "team/payments.html", true);
	has_team(shop, teams_page, "team/kitchen.html", false);
}

static void a_bracket_in_a_pattern_is_a_bracket(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "printf '[service \"c[a]rt\"]\\nteam = payments\\n' > leakledger.conf");

	assert_exit(shop, "run in", 0);

	has_team(shop, teams_page, "No service has an owner yet", true);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(the_configuration_names_owners_by_pattern),
		TEST(the_configuration_goes_before_a_table),
		TEST(a_bracket_in_a_pattern_is_a_bracket),
	};

	return cmocka_run_group_tests_name("cli.owners", tests, NULL, NULL);
}
