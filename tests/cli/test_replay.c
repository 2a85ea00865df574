/* SPDX-License-Identifier: Apache-2.0 */
/* test_replay.c - leakledger replay, list rules and help RULE, as people and machines see them. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, "service cart\nprocess pod-1 captures=12\nmemstats live=64M+8M\n"
	                 "heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"
	                 " | size=65536; live=100+20\n");
	shop_stock(shop, "service menu\nprocess pod-1 captures=12\nmemstats live=60M\n");
	assert_exit(shop, "run in -q", 0);
}

static void one_rule_is_one_row(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay seed_l1", 0);

	assert_has(shop->out, "rule     looked at  fired  nights  services");
	assert_has(shop->out, "seed_l1         22     10       1  1 of 2");
	assert_has(shop->out, "1 of 1");
	assert_has_not(shop->out, "seed_trend");
}

static void all_rules_come_in_order_and_say_what_they_lack(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay all", 0);

	assert_has(shop->out, "\nmann_kendall");
	assert_has(shop->out, "\nseed_water ");
	assert_has(shop->out, "not evaluable: needs a limit");
	assert_has(shop->out, "not evaluable: needs RSS and a limit");
	assert_has(shop->out, "not evaluable: needs a gctrace log");
}

static void a_limit_of_the_configuration_is_a_limit(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "printf '[service \"cart\"]\\nlimit = 200MiB\\n' > leakledger.conf");

	assert_exit(shop, "replay seed_alloc80 --format jsonl", 0);

	assert_has(shop->out, "\"services\":1,");
	assert_has(shop->out, "\"evaluable\":true");
}

static void machines_get_every_number(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay seed_l1 --format jsonl", 0);
	assert_has(shop->out,
	           "\"looked\":22,\"fired\":10,\"held_back\":0,\"alarms\":1,\"nights\":1,");
	assert_has(shop->out, "\"known_problems\":1,\"known_problems_noticed\":1,");
	assert_has(shop->out, "\"quiet_services\":1,");
	assert_has(shop->out, "\"false_alarms\":0,");
	assert_exit(shop, "replay seed_l1 --format csv", 0);
	assert_has(shop->out, "rule,title,state,looked,fired,held_back,alarms,");
}

static void alarms_are_listed_with_their_captures(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay seed_l1 --alarms --format jsonl", 0);

	assert_has(shop->out, "\"rule\":\"seed_l1\",\"service\":\"cart\",\"instance\":\"pod-1\"");
	assert_has(shop->out, "\"fired\":10,");
	assert_has(shop->out, "\"captures\":[");
}

static void parameters_and_services_can_be_chosen(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay seed_l1 --param k=1 --param n=1 --service 'c*' --format jsonl",
	            0);
	assert_has(shop->out, "\"looked\":11,\"fired\":11,");
	assert_exit(shop, "replay seed_l1 --param kk=1", 2);
	assert_has(shop->err, "no rule that is replayed has a parameter 'kk'");
	assert_exit(shop, "replay seed_l1 --param k", 2);
	assert_has(shop->err, "'k' is no parameter; try k=3");
}

static void replay_is_the_same_twice(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "replay all --format jsonl > first", 0);
	assert_exit(shop, "replay all --format jsonl > second", 0);
	shop_do(shop, "cmp first second");
}

static void an_unknown_rule_is_refused(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "replay seed_l2", 2);
	assert_has(shop->err, "no rule 'seed_l2'; 'leakledger list rules' names them");
	assert_exit(shop, "replay", 2);
	assert_exit(shop, "replay all -d nowhere.db", 2);
}

static void rules_are_listed_and_explained(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "list rules", 0);
	assert_has(shop->out, "seed_l1                replay  Heap and objects both rose");
	assert_exit(shop, "help seed_conf", 0);
	assert_has(shop->out, "seed_conf - The confidence");
	assert_has(shop->out, "give 0.676.");
	assert_has(shop->out, "'leakledger replay seed_conf' tells");
	assert_exit(shop, "help holmes_thread", 0);
	assert_has(shop->out, "3600 s after it fired");
}

static void a_rule_of_ones_own_is_replayed_and_a_broken_one_named(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "mkdir -p mine/sql/catalog/rules && printf '%s\\n'"
	              " '-- id: ours' '-- title: Ours' '-- unit: bytes' '-- state: on'"
	              " '-- asks: memstats' '-- like: seed_l1'"
	              " '-- params: min_mib=1, min_objects=1, k=1, n=1' '--' '-- Why: so.' '--'"
	              " '-- Blind spot: all.' > mine/sql/catalog/rules/ours.sql");

	assert_exit(shop, "replay ours --resources mine", 0);
	assert_has(shop->out, "1 of 2");
	assert_exit(shop, "list rules --resources mine", 0);
	assert_has(shop->out, "Ours (yours)");
	shop_do(shop, "sed -i 's/seed_l1/seed_l7/' mine/sql/catalog/rules/ours.sql");
	assert_exit(shop, "replay seed_l1 --resources mine", 2);
	assert_has(shop->err, "rule 'ours' is like 'seed_l7'");
}

static void the_services_page_tells_what_other_rules_would_have_said(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	shop_do(shop,
	        "grep -q 'What other rules would have said' leakledger-report/service/cart.html");
	shop_do(shop, "grep -q '10 of 11' leakledger-report/service/cart.html");
	shop_do(shop, "grep -q 'needs RSS and a limit' leakledger-report/service/menu.html");
	/* Those that are off are not on it. */
	shop_do(shop, "! grep -q seed_objdelta_literal leakledger-report/service/cart.html");
	assert_exit(shop, "report", 0);
	assert_has(shop->err, "nothing new");
}

static void a_broken_rule_of_ones_own_is_told_on_the_page_and_stops_nothing(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop,
	        "mkdir -p mine/sql/catalog/rules && printf '%s\\n'"
	        " '-- id: ours' '-- title: Ours' '-- unit: bytes' '-- state: on'"
	        " '-- asks: memstats' '--' '-- Why: so.' '--'"
	        " '-- Blind spot: all.' 'SELECT elsewhere' > mine/sql/catalog/rules/ours.sql");

	assert_exit(shop, "report --resources mine", 0);

	shop_do(shop, "grep -q 'no such column: elsewhere' leakledger-report/service/cart.html");
	assert_exit(shop, "replay seed_l1 --resources mine", 0);
	assert_exit(shop, "replay all --resources mine", 2);
	assert_has(shop->err, "rule 'ours': no such column: elsewhere");
}

static void a_kill_in_the_kernels_log_is_what_an_alarm_should_have_come_before(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop,
	        "printf '%s\\n' '2026-03-01T11:00:00.000000+00:00 node-3 kernel: Out of memory:"
	        " Killed process 4321 (cart) total-vm:1524292kB, anon-rss:524292kB,"
	        " file-rss:0kB, shmem-rss:0kB, UID:0 pgtables:1100kB oom_score_adj:0'"
	        " > in/kern.log");
	assert_exit(shop, "run in -q", 0);

	assert_exit(shop, "replay seed_l1 --format jsonl", 0);

	/* It fires from two o'clock on. */
	assert_has(shop->out, "\"incidents\":1,\"incidents_announced\":1,\"lead_s\":32400,");
	shop_do(shop, "grep -q 'before the kill' leakledger-report/service/cart.html");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_rule_is_one_row),
		TEST(all_rules_come_in_order_and_say_what_they_lack),
		TEST(a_limit_of_the_configuration_is_a_limit),
		TEST(machines_get_every_number),
		TEST(alarms_are_listed_with_their_captures),
		TEST(parameters_and_services_can_be_chosen),
		TEST(replay_is_the_same_twice),
		TEST(an_unknown_rule_is_refused),
		TEST(rules_are_listed_and_explained),
		TEST(a_rule_of_ones_own_is_replayed_and_a_broken_one_named),
		TEST(a_kill_in_the_kernels_log_is_what_an_alarm_should_have_come_before),
		TEST(the_services_page_tells_what_other_rules_would_have_said),
		TEST(a_broken_rule_of_ones_own_is_told_on_the_page_and_stops_nothing),
	};

	return cmocka_run_group_tests_name("replay", tests, NULL, NULL);
}
