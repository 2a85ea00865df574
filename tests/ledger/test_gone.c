/* SPDX-License-Identifier: Apache-2.0 */
/* test_gone.c - files that were read or rejected, and then deleted. */
#include "captures.h"
#include "ledgers.h"

#include <stdio.h>
#include <unistd.h>

static void delete_file(const struct test_ledger *t, const char *name)
{
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/%s", t->root, name);
	assert_int_equal(unlink(path), 0);
}

static void write_heap(struct test_ledger *t, const char *name)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, LL_NS_PER_S * 1772366400, NULL, 10);
	test_ledger_write(t, name, ll_buf_str(&bytes));
}

static void a_rejected_file_is_told_of_as_long_as_it_is_there(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap.pb");
	test_ledger_write(t, "shop/pod-1/notes.txt", ll_str("buy milk\n"));
	test_ledger_write(t, "shop/pod-1/empty.pb", ll_str(""));
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 2);
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 2);

	delete_file(t, "shop/pod-1/notes.txt");
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 1);
	delete_file(t, "shop/pod-1/empty.pb");
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 0);

	assert_rows(t, "SELECT path, status FROM v_capture", "shop/pod-1/heap.pb|ok\n");
}

static void a_rejected_file_that_comes_back_is_told_of_again(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/notes.txt", ll_str("buy milk\n"));
	(void)test_ledger_ingest(t, 1);
	delete_file(t, "shop/notes.txt");
	(void)test_ledger_ingest(t, 1);
	test_ledger_write(t, "shop/notes.txt", ll_str("buy milk\n"));

	assert_int_equal(test_ledger_ingest(t, 1).rejected, 1);
	assert_rows(t, "SELECT path, status, reason FROM v_capture",
	            "shop/notes.txt|rejected|no known capture format\n");
}

/* Collectors delete what was read; where it came from is still worth knowing. */
static void a_file_that_gave_captures_is_remembered(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap.pb");
	test_ledger_write(t, "shop/pod-1/empty.pb", ll_str(""));
	(void)test_ledger_ingest(t, 1);
	delete_file(t, "shop/pod-1/heap.pb");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT path, status FROM v_capture ORDER BY path",
	            "shop/pod-1/empty.pb|rejected\nshop/pod-1/heap.pb|ok\n");
}

static void rejected_files_of_other_roots_stay(void **state)
{
	struct test_ledger *const t = *state;
	char other[1024];

	test_ledger_write(t, "a/notes.txt", ll_str("buy milk\n"));
	test_ledger_write(t, "b/notes.txt", ll_str("buy bread\n"));
	(void)snprintf(other, sizeof other, "%s/a", t->root);
	(void)test_ledger_ingest_root(t, other, 1);
	delete_file(t, "a/notes.txt");
	(void)snprintf(other, sizeof other, "%s/b", t->root);

	assert_int_equal(test_ledger_ingest_root(t, other, 1).rejected, 1);
	assert_rows(t, "SELECT count(*) FROM file", "2\n");
}

/* A root that is a file has the file's own name as its path. */
static void a_root_that_is_a_rejected_file_stays(void **state)
{
	struct test_ledger *const t = *state;
	char file[1024];

	test_ledger_write(t, "notes.txt", ll_str("buy milk\n"));
	(void)snprintf(file, sizeof file, "%s/notes.txt", t->root);
	(void)test_ledger_ingest_root(t, file, 1);

	assert_int_equal(test_ledger_ingest_root(t, file, 1).rejected, 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_rejected_file_is_told_of_as_long_as_it_is_there),
		TEST(a_rejected_file_that_comes_back_is_told_of_again),
		TEST(a_file_that_gave_captures_is_remembered),
		TEST(rejected_files_of_other_roots_stay),
		TEST(a_root_that_is_a_rejected_file_stays),
	};

	return cmocka_run_group_tests_name("ledger.gone", tests, NULL, NULL);
}
