/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_cost.c - what comes twice as often costs twice as much, and not four times: counted in steps
 * of SQLite's machine, which are the same on every computer.
 */
#include "archives.h"
#include "captures.h"
#include "ledgers.h"

#include <leakledger/sqlite.h>

enum {
	FEW = 200,
	MANY = 800,
	OPS_AT_ONCE = 50,
};

static int count_ops(void *self)
{
	*(int64_t *)self += OPS_AT_ONCE;
	return 0;
}

/* Steps that it takes to read what lies below the root. */
static int64_t cost_of_ingest(struct test_ledger *t)
{
	int64_t ops = 0;

	sqlite3_progress_handler(ll_ledger_handle(t->ledger), OPS_AT_ONCE, count_ops, &ops);
	(void)test_ledger_ingest(t, 1);
	sqlite3_progress_handler(ll_ledger_handle(t->ledger), 0, NULL, NULL);
	return ops;
}

/* An archive of that many members with one content. */
static void put_members(struct test_ledger *t, size_t count, struct ll_str bytes)
{
	struct test_archive archive;
	struct ll_buf packed;

	ll_buf_init(&packed, LL_BUF_PAGE);
	test_archive_open(&archive, &packed, "ustar", NULL);
	for (size_t i = 0; i < count; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/capture-%zu", i);
		test_archive_put(&archive, name, bytes, 0);
	}
	test_archive_close(&archive);
	test_ledger_write(t, "all.tar", ll_buf_str(&packed));
	ll_buf_done(&packed);
}

static void put_files(struct test_ledger *t, size_t count, struct ll_str bytes)
{
	for (size_t i = 0; i < count; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/capture-%zu", i);
		test_ledger_write(t, name, bytes);
	}
}

/* How many times the steps of few are those of many. */
static double growth(void (*put)(struct test_ledger *t, size_t count, struct ll_str bytes),
                     struct ll_str bytes)
{
	static const size_t counts[] = {FEW, MANY};
	int64_t costs[LL_COUNT(counts)];

	for (size_t i = 0; i < LL_COUNT(counts); i++) {
		struct test_ledger t;

		test_ledger_open(&t, NULL);
		put(&t, counts[i], bytes);
		costs[i] = cost_of_ingest(&t);
		test_ledger_done(&t);
	}
	assert_true(costs[0] > 0);
	return (double)costs[1] / (double)costs[0];
}

static void assert_in_proportion(void (*put)(struct test_ledger *t, size_t count,
                                             struct ll_str bytes),
                                 struct ll_str bytes)
{
	const double most = 1.3 * MANY / FEW, seen = growth(put, bytes);

	if (seen > most)
		fail_msg("%d cost %.1f times what %d cost", MANY, seen, FEW);
}

/* A collector that saved the page of an error, again and again. */
static void equal_failures_cost_in_proportion(void **state)
{
	(void)state;
	assert_in_proportion(put_files, ll_str("404 page not found\n"));
	assert_in_proportion(put_members, ll_str("404 page not found\n"));
	assert_in_proportion(put_members, ll_str(""));
}

static void equal_captures_cost_in_proportion(void **state)
{
	struct ll_buf bytes;

	(void)state;
	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, 3);

	assert_in_proportion(put_files, ll_buf_str(&bytes));
	assert_in_proportion(put_members, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_failures_cost_in_proportion),
		cmocka_unit_test(equal_captures_cost_in_proportion),
	};

	return cmocka_run_group_tests_name("ledger.cost", tests, NULL, NULL);
}
