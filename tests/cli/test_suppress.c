/* SPDX-License-Identifier: Apache-2.0 */
/* test_suppress.c - findings that the configuration puts aside: who, why, until when. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

/* It is 2026-11-21, whatever the clock of the machine says. */
static int set_up(void **state)
{
	(void)setenv("SOURCE_DATE_EPOCH", "1795219200", 1);
	return shop_set_up(state);
}

static int tear_down(void **state)
{
	(void)unsetenv("SOURCE_DATE_EPOCH");
	return shop_tear_down(state);
}

/* A configuration of one suppression with these keys, "reason = ...\nuntil = ..." and so on. */
static void configure(struct shop *shop, const char *keys)
{
	char command[1024];

	(void)snprintf(command, sizeof command,
	               "printf '[suppress \"known\"]\\n%s\\n' > leakledger.conf", keys);
	shop_do(shop, command);
}

#define WHY "reason = bounded by the shop\\nowner = payments\\n"

static void a_suppressed_finding_is_kept_but_not_counted(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = ca*\\nclass = object\\n" WHY "until = 2027-06-30");

	assert_exit(shop, "run in", 0);
	assert_has(shop->out, "No leak found that is not suppressed\n");
	assert_has(shop->err, "0 open findings, 1 suppressed");
	assert_has_not(shop->err, "suppression '");

	assert_exit(shop, "findings", 0);
	assert_has_not(shop->out, "cart");
	assert_exit(shop, "findings --suppressed yes", 0);
	assert_has(shop->out, "known");
	assert_exit(shop, "findings --format jsonl --suppressed no", 0);
	assert_string_equal(shop->out.data, "");
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"suppressed\":true,\"suppressed_by\":\"known\","
	                      "\"suppressed_reason\":\"bounded by the shop\","
	                      "\"suppressed_owner\":\"payments\","
	                      "\"suppressed_until\":\"2027-07-01T00:00:00Z\"");
}

static void the_site_lists_it_apart_with_reason_owner_and_day(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\n" WHY "until = 2027-06-30");
	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "No leak found that is not suppressed");
	assert_has(shop->out, "Nothing that is known and not put aside.");
	assert_has_not(shop->out, "Needs attention");
	assert_has(shop->out, "bounded by the shop");
	assert_has(shop->out, "payments");
	assert_has(shop->out, "2027-06-30");
	assert_has_not(shop->out, "ends within 14 days");
	shop_do(shop, "cat leakledger-report/service/*.html leakledger-report/finding/*.html");
	assert_has(shop->out, "No leak found in cart that is not suppressed");
	assert_has(shop->out, "Suppressed</strong> by payments");
}

static void what_ends_within_14_days_is_marked(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\n" WHY "until = 2026-12-04");

	assert_exit(shop, "run in", 0);

	assert_has(shop->err, "suppression 'known' of payments ends on 2026-12-04");
	assert_has(shop->out, "No leak found that is not suppressed");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "ends within 14 days");
	configure(shop, "service = cart\\n" WHY "until = 2026-12-05");
	assert_exit(shop, "run in", 0);
	assert_has_not(shop->err, "suppression '");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has_not(shop->out, "ends within 14 days");
}

static void its_last_day_is_a_whole_day(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\n" WHY "until = 2026-11-21");
	assert_exit(shop, "run in", 0);
	assert_has(shop->out, "No leak found that is not suppressed");
}

static void what_has_expired_suppresses_nothing_and_is_told(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\n" WHY "until = 2026-11-20");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "cart leaks:\n");
	assert_has(shop->err, "suppression 'known' of payments expired on 2026-11-20; the finding "
	                      "that fits it is told again");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "What hurts first");
	assert_has(shop->out, "expired on 2026-11-20");
	assert_exit(shop, "findings --format jsonl", 0);
	assert_has(shop->out, "\"suppressed\":false,\"suppressed_by\":null");
}

static void one_that_fits_nothing_is_told(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\nclass = map\\n" WHY "until = 2027-06-30");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "cart leaks:\n");
	assert_has(shop->err, "suppression 'known' of payments fits no open finding");
	shop_do(shop, "cat leakledger-report/index.html");
	assert_has(shop->out, "fits no open finding");
}

static void a_finding_that_is_no_longer_suppressed_is_back(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop, "service = cart\\n" WHY "until = 2027-06-30");
	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "rm leakledger.conf");

	assert_exit(shop, "run in", 0);

	assert_has(shop->out, "cart leaks:\n");
	shop_do(shop, "cat leakledger-report/finding/*.html leakledger-report/index.html");
	assert_has_not(shop->out, "Suppressed");
}

static void an_id_and_the_whole_name_of_a_function_are_enough(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	configure(shop,
	          "function = example.com/shop/cart.(*Store).Put\\n" WHY "until = 2027-06-30");
	assert_exit(shop, "run in", 0);
	assert_has(shop->out, "No leak found that is not suppressed");

	shop_do(shop,
	        "{ printf '[suppress \"by id\"]\\nreason = r\\nowner = o\\nuntil = "
	        "2027-06-30\\nid = '; \"$LEAKLEDGER\" findings --format jsonl | "
	        "sed 's/.*\"id\":\"\\([0-9a-f]*\\)\".*/\\1/'; } > by-id.conf && mv by-id.conf leakledger.conf");
	assert_exit(shop, "analyze", 0);
	assert_exit(shop, "findings --suppressed yes", 0);
	assert_has(shop->out, "by id");
}

struct mistake {
	const char *keys, *message;
};

static void mistakes_name_their_line_and_what_is_missing(void **state)
{
	static const struct mistake mistakes[] = {
		{"service = a\\nowner = o\\nuntil = 2027-01-01",
	         "leakledger.conf:1: [suppress \"known\"] lacks 'reason'"},
		{"service = a\\nreason = r\\nuntil = 2027-01-01",
	         "leakledger.conf:1: [suppress \"known\"] lacks 'owner'"},
		{"service = a\\nreason = r\\nowner = o",
	         "leakledger.conf:1: [suppress \"known\"] lacks 'until'"},
		{WHY "until = 2027-01-01",
	         "leakledger.conf:1: [suppress \"known\"] says not what: give it id, service, class "
	         "or function"},
		{"service = a\\nuntil = soon",
	         "leakledger.conf:3: no date: 'soon'; try 2026-12-31"},
		{"id = 12ab", "leakledger.conf:2: no id of a finding: '12ab'"},
		{"functon = f",
	         "leakledger.conf:2: unknown key 'functon'; did you mean 'function'?"},
		{"service = a\\n" WHY
	         "until = 2027-01-01\\n[suppress \"known\"]\\nservice = b\\n" WHY
	         "until = 2027-01-01",
	         "leakledger.conf:6: [suppress \"known\"] is there twice"},
		{"service = a\\n" WHY "until = 2027-01-01\\n[supress \"b\"]",
	         "leakledger.conf:6: unknown section '[supress \"b\"]'; there are [service \"name\"], "
	         "[suppress \"name\"], [team \"name\"] and [ignore \"name\"]"},
	};
	struct shop *const shop = *state;

	for (size_t i = 0; i < LL_COUNT(mistakes); i++) {
		configure(shop, mistakes[i].keys);
		assert_exit(shop, "findings", 2);
		assert_has(shop->err, mistakes[i].message);
	}
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_suppressed_finding_is_kept_but_not_counted),
		TEST(the_site_lists_it_apart_with_reason_owner_and_day),
		TEST(what_ends_within_14_days_is_marked),
		TEST(its_last_day_is_a_whole_day),
		TEST(what_has_expired_suppresses_nothing_and_is_told),
		TEST(one_that_fits_nothing_is_told),
		TEST(a_finding_that_is_no_longer_suppressed_is_back),
		TEST(an_id_and_the_whole_name_of_a_function_are_enough),
		TEST(mistakes_name_their_line_and_what_is_missing),
	};

	return cmocka_run_group_tests_name("cli suppress", tests, NULL, NULL);
}
