/* SPDX-License-Identifier: Apache-2.0 */
/* test_export.c - leakledger export and doctor. */
#include "shop.h"

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

/* ------------------------------------------------------------------------ export */

static void a_view_goes_to_standard_output(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "export v_service --format csv", 0);
	assert_has(shop->out, "service,verdict,");
	assert_has(shop->out, "cart,leaks,");
	assert_exit(shop, "export v_service", 0);
	assert_has(shop->out, "{\"service\":\"cart\",\"verdict\":\"leaks\"");
}

static void all_views_go_into_a_directory_with_the_same_bytes_again(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "export all one --format csv", 0);
	assert_exit(shop, "export all two --format csv -q", 0);

	shop_do(shop, "diff -r one two && test -s one/v_finding.csv && test -s one/v_capture.csv");
	assert_exit(shop, "export all", 2);
	assert_exit(shop, "export v_nothing", 2);
	assert_has(shop->err, "no view 'v_nothing'");
	assert_exit(shop, "export word", 2);
}

/* A ledger that somebody sent: its views are called as he likes. */
static void views_with_the_names_of_strangers_are_not_exported(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop, "mkdir -p out/v_ && sqlite3 leakledger.db \"CREATE VIEW 'v_/../../evil' AS "
	              "SELECT 1 AS x; CREATE VIEW 'v_x\\\"y' AS SELECT 1 AS x\"");

	assert_exit(shop, "export all out -q", 0);
	shop_do(shop, "test ! -e evil.jsonl && test -s out/v_finding.jsonl");
	assert_exit(shop, "export 'v_x\"y'", 2);
}

static void what_is_built_in_can_be_changed_and_used(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	assert_exit(shop, "export resources mine", 0);

	assert_exit(shop, "list analyzers --resources mine", 0);
	assert_has(shop->out, "heap.site_growth");
	assert_exit(shop, "export resources mine", 0);
	shop_do(shop, "echo '-- mine' >>mine/sql/views/v_finding.sql");
	assert_exit(shop, "export resources mine", 73);
	assert_has(shop->err, "v_finding.sql' is there with other bytes: nothing was written");
	shop_do(shop, "tail -1 mine/sql/views/v_finding.sql | grep -qx -- '-- mine'");
	assert_exit(shop, "export resources", 2);
}

static void schemas_are_those_of_the_tree(void **state)
{
	struct shop *const shop = *state;
	struct ll_buf schema;

	ll_test_read("docs/schema/findings.schema.json", &schema);

	assert_exit(shop, "export schema findings", 0);
	assert_string_equal(shop->out.data, schema.data);
	assert_exit(shop, "export schema baseline", 0);
	assert_exit(shop, "export schema nothing", 2);
	ll_buf_done(&schema);
}

/* ------------------------------------------------------------------------ doctor */

static void doctor_says_what_is_there_and_what_is_not(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	free(ll_test_write(
		shop->directory, "in/lone/pod-1/dump.txt",
		ll_str("goroutine 1 [running]:\nmain.main()\n\t/src/main.go:10 +0x20\n")));
	free(ll_test_write(shop->directory, "in/lone/pod-1/page.html", ll_str("<html>404</html>")));
	assert_exit(shop, "run in -q", 3);

	shop_do(shop, "\"$LEAKLEDGER\" doctor || test $? -eq 1");

	assert_has(shop->out, "ok    leakledger ");
	assert_has(shop->out, "cart: leaks; heap 24, memstats 24");
	assert_has(shop->out, "lone: not enough evidence; goroutine 1");
	assert_has(shop->out, "        L2: no heap profiles; capture /debug/pprof/heap");
	assert_has(shop->out, "note  1 files rejected");
	assert_has(shop->out, "note  no configuration");
}

static void doctor_says_what_would_tell_of_the_collector(void **state)
{
	struct shop *const shop = *state;

	shop_stock(shop, shop_leak);
	shop_do(shop, "rm in/*/*/memstats*");
	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "\"$LEAKLEDGER\" doctor || test $? -eq 1");

	assert_has(shop->out, "        L5: nothing tells GOGC, a memory limit of Go or how often");
	assert_has(shop->out, "capture /debug/pprof/heap?debug=1");
}

static void doctor_ends_with_1_when_something_must_be_mended(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	shop_do(shop, "SOURCE_DATE_EPOCH=1000000000 \"$LEAKLEDGER\" doctor; test $? -eq 1");
	assert_has(shop->out, "bad   the newest capture is of ");
	shop_do(shop, "SOURCE_DATE_EPOCH=4000000000 \"$LEAKLEDGER\" doctor");
	assert_has(shop->out, "does the collector still run?");
	assert_exit(shop, "doctor -d none.db", 2);
}

static void names_of_strangers_do_not_steer_the_terminal(void **state)
{
	struct shop *const shop = *state;

	free(ll_test_write(
		shop->directory, "in/\x1b[2J/pod-1/dump.txt",
		ll_str("goroutine 1 [running]:\nmain.main()\n\t/src/main.go:10 +0x20\n")));
	assert_exit(shop, "run in -q", 0);

	shop_do(shop, "\"$LEAKLEDGER\" doctor || test $? -eq 1");

	assert_has_not(shop->out, "\x1b");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_view_goes_to_standard_output),
		TEST(all_views_go_into_a_directory_with_the_same_bytes_again),
		TEST(views_with_the_names_of_strangers_are_not_exported),
		TEST(what_is_built_in_can_be_changed_and_used),
		TEST(schemas_are_those_of_the_tree),
		TEST(doctor_says_what_is_there_and_what_is_not),
		TEST(doctor_says_what_would_tell_of_the_collector),
		TEST(doctor_ends_with_1_when_something_must_be_mended),
		TEST(names_of_strangers_do_not_steer_the_terminal),
	};

	return cmocka_run_group_tests_name("cli.export", tests, NULL, NULL);
}
