/* SPDX-License-Identifier: Apache-2.0 */
/* test_flame.c - leakledger flame on files and on the ledger, as people and machines see it. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, "service cart\nprocess pod-1 captures=6\n"
	                 "heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"
	                 " | size=65536; live=100+20\n");
	shop_stock(shop, "service menu\nprocess pod-1 captures=3\n"
	                 "heap shop.get@/src/shop/shop.go:7 < main.main@/src/shop/main.go:9"
	                 " | size=65536; live=50\n");
	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "cp \"$(ls in/cart/pod-1/*heap* | sort | head -1)\" first");
	shop_do(shop, "cp \"$(ls in/cart/pod-1/*heap* | sort | tail -1)\" last");
}

static void a_file_becomes_a_picture_and_a_page(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "flame last -o last.svg", 0);
	assert_exit(shop, "flame last -o last.html", 0);
	assert_exit(shop, "flame last", 0);

	assert_has(shop->out, "<svg xmlns=");
	assert_has(shop->out, "shop.put has 100 % of");
	shop_do(shop, "xmllint --noout last.svg && grep -q '<svg' last.html");
}

static void what_a_capture_is_does_not_hang_on_where_it_is(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "flame last -o file.folded", 0);
	assert_exit(shop, "flame --service cart -o chosen.folded", 0);
	assert_exit(shop, "flame - --format folded < last", 0);

	assert_has(shop->out, "main.main;shop.put ");
	shop_do(shop, "cmp file.folded chosen.folded");
	shop_do(shop, "grep -q 'main.main;shop.put ' file.folded");
}

static void a_capture_of_the_ledger_is_named_by_path_or_hash(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "sqlite3 leakledger.db \"SELECT full_path FROM v_capture WHERE service = "
	              "'cart' AND kind = 'heap' ORDER BY time_ns DESC LIMIT 1\" > path");
	shop_do(shop, "sqlite3 leakledger.db \"SELECT hash FROM v_capture WHERE service = "
	              "'cart' AND kind = 'heap' ORDER BY time_ns DESC LIMIT 1\" > hash");
	assert_exit(shop, "flame last -o a.folded", 0);
	assert_exit(shop, "flame \"$(cat path)\" -o b.folded", 0);
	assert_exit(shop, "flame \"$(cut -c1-12 hash)\" -o c.folded", 0);

	shop_do(shop, "cmp a.folded b.folded && cmp a.folded c.folded");
	assert_exit(shop, "flame nothing", 2);
	assert_has(shop->err, "no file 'nothing', and no capture of that path or hash");
}

static void a_difference_is_of_files_or_of_times(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "flame last --diff first -o files.folded", 0);
	shop_do(shop,
	        "sqlite3 leakledger.db \"SELECT '@' || (time_ns / 1000000000 + 1) FROM "
	        "v_capture WHERE service = 'cart' AND kind = 'heap' ORDER BY time_ns LIMIT 1\" "
	        "> then");
	assert_exit(shop, "flame --service cart --diff \"$(cat then)\" -o times.folded", 0);
	assert_exit(shop, "flame last --diff first", 0);

	assert_has(shop->out, "gained");
	assert_has(shop->out, "flame-grew-3");
	shop_do(shop, "cmp files.folded times.folded");
}

static void the_same_captures_give_the_same_bytes(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	for (int turn = 0; turn < 2; turn++) {
		assert_exit(shop,
		            turn == 0 ? "flame first last -o a.html" : "flame first last -o b.html",
		            0);
		assert_exit(shop,
		            turn == 0 ? "flame first last -o a.pb.gz"
		                      : "flame first last -o b.pb.gz",
		            0);
	}

	shop_do(shop, "cmp a.html b.html && cmp a.pb.gz b.pb.gz");
}

static void what_makes_no_sense_is_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "echo words > words");
	assert_exit(shop, "flame words", 4);
	assert_has(shop->err, "reading 'words': ");
	assert_exit(shop, "flame --at 1d --since 2d", 2);
	assert_has(shop->err, "give one or the other");
	assert_exit(shop, "flame last --service cart", 2);
	assert_has(shop->err, "captures that are named need no --service");
	assert_exit(shop, "flame --service nobody", 2);
	assert_has(shop->err, "the ledger has no heap profile of that choice");
	assert_exit(shop, "flame last --format png", 2);
	assert_has(shop->err, "did you mean");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_becomes_a_picture_and_a_page),
		TEST(what_a_capture_is_does_not_hang_on_where_it_is),
		TEST(a_capture_of_the_ledger_is_named_by_path_or_hash),
		TEST(a_difference_is_of_files_or_of_times),
		TEST(the_same_captures_give_the_same_bytes),
		TEST(what_makes_no_sense_is_told),
	};

	return cmocka_run_group_tests_name("cli.flame", tests, NULL, NULL);
}
