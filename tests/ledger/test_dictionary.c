/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dictionary.c - functions, frames and stacks are stored once, whoever mentions them, and told
 * apart by all that they consist of.
 */
#include "captures.h"
#include "dictionary.h"
#include "ledgers.h"
#include "rows.h"

#include <leakledger/sqlite.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

/* A heap profile of one stack, written as captures.h parses it. */
static void write_stack(struct test_ledger *t, const char *name, int64_t time_ns, const char *build,
                        const char *stack_text)
{
	char text[512];
	struct test_stack stack;
	const struct test_heap_sample sample = {.stack = &stack, .size = 64, .live = 1, .born = 1};
	struct ll_buf bytes;

	(void)snprintf(text, sizeof text, "%s", stack_text);
	assert_true(test_stack_parse(text, &stack));
	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_heap(&bytes,
	              &(struct test_heap){
			      .time_ns = time_ns, .build = build, .samples = &sample, .count = 1});
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static const char cart[] = "shop.put@/src/shop.go:31 < main.main@/src/main.go:9";

static void the_same_stack_of_two_builds_is_one_stack(void **state)
{
	struct test_ledger *const t = *state;

	write_stack(t, "shop/pod-1/a.pb", NOON_NS, "1111", cart);
	write_stack(t, "shop/pod-1/b.pb", NOON_NS + LL_NS_PER_HOUR, "2222", cart);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM stack", "1\n");
	assert_rows(t, "SELECT count(*) FROM function", "2\n");
	assert_rows(t, "SELECT build FROM v_capture ORDER BY time_ns", "1111\n2222\n");
	assert_rows(t, "SELECT count(*), count(DISTINCT stack_id) FROM sample", "2|1\n");
}

static void a_stack_of_a_later_run_finds_the_stored_one(void **state)
{
	struct test_ledger *const t = *state;

	write_stack(t, "shop/pod-1/a.pb", NOON_NS, "1111", cart);
	(void)test_ledger_ingest(t, 1);
	test_ledger_reopen(t, LL_LEDGER_WRITE);
	write_stack(t, "shop/pod-1/b.pb", NOON_NS + LL_NS_PER_HOUR, "2222", cart);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM stack", "1\n");
	assert_rows(t, "SELECT count(*) FROM frame", "2\n");
	assert_rows(t, "SELECT count(*), count(DISTINCT stack_id) FROM sample", "2|1\n");
}

/* A crafted ledger must not make this program ask for all memory, or write beside its tables. */
static void numbers_that_no_run_gave_are_refused(void **state)
{
	static const struct {
		const char *craft, *table;
	} ledgers[] = {
		{"UPDATE function SET function_id = 2000000000 WHERE function_id = 1",
	         "'function'"},
		{"UPDATE function SET function_id = -1 WHERE function_id = 2000000000",
	         "'function'"},
		{"UPDATE function SET function_id = 1 WHERE function_id = -1;"
	         "UPDATE frame SET frame_id = 4611686018427387904 WHERE frame_id = 1",
	         "'frame'"},
	};
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;

	write_stack(t, "shop/pod-1/a.pb", NOON_NS, "1111", cart);
	(void)test_ledger_ingest(t, 1);
	write_stack(t, "shop/pod-1/b.pb", NOON_NS + LL_NS_PER_HOUR, "2222", cart);
	for (size_t i = 0; i < LL_COUNT(ledgers); i++) {
		const char *const root = t->root;
		const struct ll_ingest_options options = {.roots = &root,
		                                          .root_count = 1,
		                                          .jobs = 1,
		                                          .limits = ll_limits_default,
		                                          .version = "test"};
		struct ll_ingest_result result;

		test_ledger_reopen(t, LL_LEDGER_WRITE);
		assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), "PRAGMA foreign_keys = OFF",
		                         &err),
		          &err);
		assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), ledgers[i].craft, &err),
		          &err);
		assert_int_equal(ll_ingest(t->ledger, &options, &result, &err), LL_E_DATABASE);
		assert_non_null(strstr(err.text, "the ledger is damaged"));
		assert_non_null(strstr(err.text, ledgers[i].table));
		err = (struct ll_error)LL_ERROR_INIT;
	}
}

static void another_line_another_file_and_another_order_are_other_stacks(void **state)
{
	static const char *const stacks[] = {
		"shop.put@/src/shop.go:31 < main.main@/src/main.go:9",
		"shop.put@/src/shop.go:32 < main.main@/src/main.go:9",
		"shop.put@/src/other.go:31 < main.main@/src/main.go:9",
		"main.main@/src/main.go:9 < shop.put@/src/shop.go:31",
		"shop.put@/src/shop.go:31",
		"shop.put@/src/shop.go:31 < shop.put@/src/shop.go:31 < main.main@/src/main.go:9",
	};
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(stacks); i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/heap-%zu.pb", i);
		write_stack(t, name, NOON_NS + (int64_t)i * LL_NS_PER_HOUR, NULL, stacks[i]);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(DISTINCT stack_id) FROM sample", "6\n");
	assert_rows(t, "SELECT count(*) FROM function", "3\n");
	assert_rows(t, "SELECT count(*) FROM frame", "4\n");
}

static void two_services_share_functions_but_keep_their_own_stacks(void **state)
{
	struct test_ledger *const t = *state;

	write_stack(t, "shop/pod-1/a.pb", NOON_NS, NULL, cart);
	write_stack(t, "mail/pod-1/b.pb", NOON_NS + 1, NULL, cart);
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, "SELECT count(*), count(DISTINCT stack_id) FROM stack", "2|2\n");
	assert_rows(t, "SELECT count(*) FROM function", "2\n");
}

static void a_stack_of_hundreds_of_frames_comes_back_whole(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf dump;

	ll_buf_init(&dump, LL_BUF_PAGE);
	ll_buf_puts(&dump, "goroutine 1 [select]:\n");
	for (int i = 0; i < 700; i++)
		ll_buf_printf(&dump, "shop.f%d(0x1)\n\t/src/shop.go:%d +0x1f\n", i, i + 1);
	ll_buf_putc(&dump, '\n');
	test_ledger_write(t, "shop/pod-1/goroutine-1772366400.txt", ll_buf_str(&dump));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT count(*), sum(function = 'shop.f' || position AND line = position + 1)"
	            " FROM stack_frame",
	            "700|700\n");
	ll_buf_done(&dump);
}

/* A file can hold a stack of millions of frames in a few KiB, once it is compressed. */
static void a_stack_of_millions_of_frames_is_hashed_at_once(void **state)
{
	enum { GROUPS = 1000 * 1000, GROUP = 3 };
	struct ll_stack_powers powers;
	struct ll_stack_hasher one_by_one = {0}, grouped = {0};

	(void)state;
	ll_stack_powers_init(&powers);

	for (uint64_t i = 0; i < GROUPS; i++) {
		struct ll_hash group = {0};

		for (uint32_t k = 0; k < GROUP; k++) {
			const struct ll_hash frame = {.low = i * GROUP + k, .high = i ^ k};

			ll_stack_part_add(&group, &powers, k, frame);
			ll_stack_hash_add(&one_by_one, &powers, frame, 1);
		}
		ll_stack_hash_add(&grouped, &powers, group, GROUP);
	}

	assert_int_equal(grouped.depth, GROUPS * GROUP);
	assert_true(
		ll_hash_equal(ll_stack_hash_finish(&grouped), ll_stack_hash_finish(&one_by_one)));
}

/* Adds a word of its own for each row that is stored: what a worker does meanwhile. */
static void add_word(void *self, int operation, const char *schema, const char *table,
                     sqlite3_int64 row)
{
	struct ll_error err = LL_ERROR_INIT;
	uint32_t id;

	(void)operation, (void)schema, (void)table, (void)row;
	assert_ok(ll_dictionary_word(self, ll_str("second"), &id, &err), &err);
}

static void what_is_new_while_rows_are_stored_is_stored_with_the_next(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_dictionary *const dictionary = ll_dictionary_new(t->ledger, false);
	sqlite3 *const db = ll_ledger_handle(t->ledger);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_inserts inserts;
	uint32_t id;

	ll_inserts_init(&inserts, db);
	assert_ok(ll_dictionary_word(dictionary, ll_str("first"), &id, &err), &err);
	(void)sqlite3_update_hook(db, add_word, dictionary);
	assert_ok(ll_dictionary_write(dictionary, &inserts, &err), &err);
	(void)sqlite3_update_hook(db, NULL, NULL);

	assert_rows(t, "SELECT value FROM word WHERE value <> '' ORDER BY 1", "first\n");
	assert_ok(ll_dictionary_write(dictionary, &inserts, &err), &err);
	assert_rows(t, "SELECT value FROM word WHERE value <> '' ORDER BY 1", "first\nsecond\n");
	ll_inserts_done(&inserts);
	ll_dictionary_free(dictionary);
}

static void hostile_function_names_are_kept_as_they_are(void **state)
{
	struct test_ledger *const t = *state;

	write_stack(t, "shop/pod-1/a.pb", NOON_NS, NULL,
	            "<script>alert('x')</script>&amp;\";DROP TABLE stack;--@/a b/<i>.go:1");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT function, file FROM stack_frame",
	            "<script>alert('x')</script>&amp;\";DROP TABLE stack;--|/a b/<i>.go\n");
}

static void states_and_labels_are_words_stored_once(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf dump;

	for (int64_t i = 1; i <= 3; i++) {
		char name[64];

		ll_buf_init(&dump, LL_BUF_PAGE);
		test_put_one_dump(&dump, i);
		(void)snprintf(name, sizeof name, "shop/pod-%d/goroutine-177236640%d.txt", (int)i,
		               (int)i);
		test_ledger_write(t, name, ll_buf_str(&dump));
		ll_buf_done(&dump);
	}
	(void)test_ledger_ingest(t, 2);

	assert_rows(t, "SELECT count(*) FROM word WHERE value = 'chan receive'", "1\n");
	assert_rows(t, "SELECT count(*) FROM word WHERE value = ''", "0\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_same_stack_of_two_builds_is_one_stack),
		TEST(a_stack_of_a_later_run_finds_the_stored_one),
		TEST(numbers_that_no_run_gave_are_refused),
		TEST(another_line_another_file_and_another_order_are_other_stacks),
		TEST(two_services_share_functions_but_keep_their_own_stacks),
		TEST(a_stack_of_hundreds_of_frames_comes_back_whole),
		cmocka_unit_test(a_stack_of_millions_of_frames_is_hashed_at_once),
		TEST(what_is_new_while_rows_are_stored_is_stored_with_the_next),
		TEST(hostile_function_names_are_kept_as_they_are),
		TEST(states_and_labels_are_words_stored_once),
	};

	return cmocka_run_group_tests_name("ledger dictionary", tests, NULL, NULL);
}
