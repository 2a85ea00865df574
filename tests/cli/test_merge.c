/* SPDX-License-Identifier: Apache-2.0 */
/* test_merge.c - leakledger merge, as it is typed; what it makes is tested in tests/ledger. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
	assert_exit(shop, "ingest in -d a.db --exclude menu -q", 0);
	assert_exit(shop, "ingest in -d b.db --exclude cart -q", 0);
}

static void shards_give_the_findings_of_the_whole(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "merge ab.db a.db b.db", 0);
	assert_has(shop->err, " of 2 services, out of 2 ledgers; ");
	assert_has(shop->err, "2 services are to be judged: leakledger analyze -d ab.db");
	assert_exit(shop, "merge ba.db b.db a.db -q", 0);
	assert_int_equal(shop->err.size, 0);
	shop_do(shop, "for l in leakledger ab ba; do \"$LEAKLEDGER\" analyze -q -d $l.db && "
	              "\"$LEAKLEDGER\" findings -d $l.db --format csv >$l.csv && \"$LEAKLEDGER\" "
	              "verify -q -d $l.db; done");

	shop_do(shop, "cmp leakledger.csv ab.csv && cmp ab.csv ba.csv && test -s ab.csv");
	shop_do(shop, "ls | grep -c merge- | grep -qx 0");
}

static void merging_into_one_of_them_keeps_its_own(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "merge a.db b.db a.db", 0);
	assert_has(shop->err, "out of 3 ledgers");
	assert_exit(shop, "captures -d a.db", 0);
	assert_has(shop->out, "cart");
	assert_has(shop->out, "menu");
}

static void what_cannot_be_merged_is_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "merge a.db", 2);
	assert_exit(shop, "merge ab.db a.db nowhere.db", 2);
	assert_has(shop->err, "no ledger at 'nowhere.db'");
	shop_do(shop, "test ! -e ab.db");
	assert_exit(shop, "merge nowhere/ab.db a.db b.db", 73);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(shards_give_the_findings_of_the_whole),
		TEST(merging_into_one_of_them_keeps_its_own),
		TEST(what_cannot_be_merged_is_told),
	};

	return cmocka_run_group_tests_name("cli.merge", tests, NULL, NULL);
}
