/* SPDX-License-Identifier: Apache-2.0 */
/* test_verify.c - leakledger verify: a whole ledger passes, and each kind of damage is found. */
#include "shop.h"

#include <leakledger/sqlite.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, shop_set_up, shop_tear_down)

static void fill(struct shop *shop)
{
	shop_stock(shop, shop_leak);
	shop_stock(shop, shop_healthy);
	assert_exit(shop, "run in -q", 0);
}

/* Without the ledger's own guards: damage comes from elsewhere. */
static void damage(struct shop *shop, const char *sql)
{
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];
	sqlite3 *db = NULL;

	(void)snprintf(path, sizeof path, "%s/leakledger.db", shop->directory);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_ok(ll_sqlite_exec(db, sql, &err), &err);
	assert_true(sqlite3_total_changes(db) > 0);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void a_whole_ledger_has_no_problem(void **state)
{
	struct shop *const shop = *state;

	fill(shop);

	assert_exit(shop, "verify", 0);
	assert_int_equal(shop->out.size, 0);
	assert_has(shop->err, "checks, no problem");
	assert_exit(shop, "verify --files -q", 0);
	assert_int_equal(shop->err.size, 0);
}

/* A heap of Java's, whose types are fewer than those of its segment, and one that is a delta. */
static void foreign_profiles_and_deltas_are_no_problem(void **state)
{
	struct shop *const shop = *state;
	const char *const corpus = ll_test_corpus();
	char command[2048];

	if (!corpus)
		skip();
	(void)snprintf(command, sizeof command,
	               "mkdir in; cp '%s/files/google__pprof/profile/testdata/java.heap' "
	               "'%s/files/evmos__testing/@7ba10ecb/heap1.prof' in",
	               corpus, corpus);
	shop_do(shop, command);
	assert_exit(shop, "run in -q", 0);

	assert_exit(shop, "verify", 0);
	assert_has(shop->err, "checks, no problem");
}

static void each_kind_of_damage_is_found_by_its_check(void **state)
{
	struct shop *const shop = *state;
	static const struct {
		const char *sql, *check;
	} damages[] = {
		{"DELETE FROM instance WHERE instance_id = 1", "foreign-keys: "},
		{"UPDATE total SET value = value + 1 WHERE capture_id = 1 AND ordinal = 0",
	         "totals: capture 1: "},
		{"UPDATE series SET data = substr(data, 1, length(data) - 1) WHERE length(data) > 3",
	         "totals: capture "},
		{"UPDATE stack SET frames = x'ff'", "stacks: stack "},
		{"DELETE FROM function", "stacks: stack "},
		{"DELETE FROM stack WHERE stack_id = (SELECT min(stack_id) FROM series)",
	         "series: segment "},
		{"UPDATE capture SET segment_index = 99 WHERE capture_id = 1",
	         "captures: capture 1 "},
		{"UPDATE capture SET segment_id = 99 WHERE capture_id = 1", "captures: capture 1 "},
		{"UPDATE content SET hash = x'00' WHERE content_id = 1", "contents: content 1 "},
		{"UPDATE lifetime SET last_ns = first_ns - 1 WHERE lifetime_id = 1",
	         "lives: life 1 "},
		{"UPDATE evidence SET place = 9", "findings: finding "},
		{"INSERT INTO reading (capture_id, name_id, ordinal, label_id) VALUES (1, 9999, 0, 0)",
	         "words: reading uses word 9999"},
	};

	fill(shop);
	shop_do(shop, "cp leakledger.db whole.db");
	for (size_t i = 0; i < LL_COUNT(damages); i++) {
		shop_do(shop, "cp whole.db leakledger.db");
		damage(shop, damages[i].sql);
		assert_exit(shop, "verify", 74);
		assert_has(shop->out, damages[i].check);
		assert_has(shop->err, " problem");
	}
}

static void a_page_that_is_torn_is_found(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop,
	        "dd if=/dev/zero of=leakledger.db bs=4096 seek=20 count=3 conv=notrunc status=none");

	assert_exit(shop, "verify", 74);
}

static void many_problems_are_counted_and_a_few_are_told(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	damage(shop, "UPDATE total SET value = value + 1");

	assert_exit(shop, "verify", 74);
	assert_has(shop->out, "totals: and ");
	assert_has(shop->out, " more\n");
}

static void a_capture_that_rots_on_its_disk_is_found(void **state)
{
	struct shop *const shop = *state;

	fill(shop);
	shop_do(shop,
	        "f=$(find in -name '*.pb*' | sort | head -1); cp -p $f keep; "
	        "printf 'x' | dd of=$f bs=1 seek=9 conv=notrunc status=none; touch -r keep $f");
	shop_do(shop, "rm $(find in -name '*.pb*' | sort | tail -1)");

	assert_exit(shop, "verify", 0);
	assert_exit(shop, "verify --files", 74);
	assert_has(shop->out, "has other bytes than were read");
	assert_has(shop->err, "1 gone or changed since");
}

static void no_ledger_is_no_pass(void **state)
{
	struct shop *const shop = *state;

	assert_exit(shop, "verify", 2);
	shop_do(shop, "echo nonsense-nonsense-nonsense >x.db");
	assert_exit(shop, "verify -d x.db", 2);
	assert_has(shop->err, "is no ledger");
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(a_whole_ledger_has_no_problem),
		TEST(foreign_profiles_and_deltas_are_no_problem),
		TEST(each_kind_of_damage_is_found_by_its_check),
		TEST(a_page_that_is_torn_is_found),
		TEST(many_problems_are_counted_and_a_few_are_told),
		TEST(a_capture_that_rots_on_its_disk_is_found),
		TEST(no_ledger_is_no_pass),
	};

	return cmocka_run_group_tests_name("cli.verify", tests, NULL, NULL);
}
