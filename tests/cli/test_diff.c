/* SPDX-License-Identifier: Apache-2.0 */
/* test_diff.c - leakledger diff on files, on the ledger and on benchmarks. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, "service cart\nprocess pod-1 captures=6\n"
	                 "heap shop.put@/src/shop/shop.go:31 < main.main@/src/shop/main.go:9"
	                 " | size=65536; live=100+200\n");
	assert_exit(shop, "run in -q", 0);
	shop_do(shop, "cp \"$(ls in/cart/pod-1/*heap* | sort | head -1)\" first");
	shop_do(shop, "cp \"$(ls in/cart/pod-1/*heap* | sort | tail -1)\" last");
}

static void two_captures_are_two_tables(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "diff first last", 0);

	assert_has(shop->out, "heap profile, inuse_space");
	assert_has(shop->out, "older: first");
	assert_has(shop->out, "shop.put\n");
	assert_has(shop->out, "shop.put shop.go:31\n");
	assert_has(shop->out, "+1000 %");
}

static void captures_of_the_ledger_are_as_good_as_files(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop,
	        "sqlite3 leakledger.db \"SELECT substr(hash, 1, 12) FROM v_capture WHERE kind "
	        "= 'heap' ORDER BY time_ns\" > hashes");
	assert_exit(shop, "diff first last --format json -o files.json", 0);
	assert_exit(shop, "diff $(head -1 hashes) $(tail -1 hashes) --format json -o ledger.json",
	            0);

	shop_do(shop, "sed 's/\"name\":\"[^\"]*\"//' files.json > a; "
	              "sed 's/\"name\":\"[^\"]*\"//' ledger.json > b; cmp a b");
	shop_do(shop, "python3 -m json.tool files.json > tool");
}

static void a_page_has_the_picture_and_the_lines(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "diff first last --format html", 0);

	assert_has(shop->out, "flame-grew-3");
	assert_has(shop->out, "By line");
	assert_has(shop->out, "shop.put gained");
}

static void benchmarks_are_compared_by_a_test(void **state)
{
	struct shop *const shop = *state;

	shop_do(shop, "for i in 1 2 3 4 5 6; do echo \"BenchmarkPut-8 100 500$i ns/op 64 B/op 2 "
	              "allocs/op\"; done > old.txt");
	shop_do(shop, "for i in 1 2 3 4 5 6; do echo \"BenchmarkPut-8 100 700$i ns/op 640 B/op 2 "
	              "allocs/op\"; done > new.txt");

	assert_exit(shop, "diff old.txt new.txt", 0);
	assert_has(shop->out, "Put");
	assert_has(shop->out, "p=0.002");
	assert_exit(shop, "diff old.txt new.txt --format md", 0);
	assert_has(shop->out, "| ");
	assert_exit(shop, "diff old.txt new.txt --format html", 2);
	assert_has(shop->err, "benchmarks are compared as text or md");
}

static void what_is_not_there_is_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "diff first", 2);
	assert_exit(shop, "diff first nowhere", 2);
	assert_has(shop->err, "no file 'nowhere'");
	assert_exit(shop, "diff first last --sample-type delay", 2);
	assert_has(shop->err, "the profile has no 'delay'");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(two_captures_are_two_tables),
		TEST(captures_of_the_ledger_are_as_good_as_files),
		TEST(a_page_has_the_picture_and_the_lines),
		TEST(benchmarks_are_compared_by_a_test),
		TEST(what_is_not_there_is_told),
	};

	return cmocka_run_group_tests_name("cli.diff", tests, NULL, NULL);
}
