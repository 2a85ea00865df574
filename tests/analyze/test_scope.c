/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_scope.c - what the scope makes of a long life: counts by running sums equal those of looking
 * at each interval, and the work does not grow with the square of the captures.
 */
#include "ledgers.h"

#include <leakledger/analyze.h>

#include <inttypes.h>
#include <time.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

enum {
	STATS = 4000,
	HEAPS = 9000,
};

/* MemStats every nine seconds; heap profiles every four, some at the same moment. */
static void write_long_life(struct test_ledger *t)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, (size_t)16 << 20);
	for (int64_t i = 0; i < STATS; i++)
		ll_buf_printf(&text,
		              "{\"HeapAlloc\":5,\"NextGC\":7,\"NumGC\":%" PRId64
		              ",\"TotalAlloc\":%" PRId64 ",\"LastGC\":%" PRId64 "}\n",
		              i * 9 + 1, i * 900 + 100, NOON_NS + i * 9 * LL_NS_PER_S);
	test_ledger_write(t, "shop/pod-1/vars.jsonl", ll_buf_str(&text));
	ll_buf_clear(&text);
	for (int64_t i = 0; i < HEAPS; i++)
		ll_buf_printf(&text,
		              "heap profile: 1: 8 [1: 8] @ heap/1048576\n1: 8 [1: %" PRId64
		              "] @ 0x1001\n\n# runtime.MemStats\n# LastGC = %" PRId64 "\n",
		              i + 8, NOON_NS + i * 4 * LL_NS_PER_S);
	test_ledger_write(t, "shop/pod-1/heap.txt", ll_buf_str(&text));
}

static const char scrapes_one_by_one[] =
	"SELECT count(*) FROM gc_interval AS gi WHERE gi.scrapes <> (SELECT count(*)"
	" FROM lifetime_capture AS lc JOIN capture AS c USING (capture_id)"
	" WHERE lc.lifetime_id = gi.lifetime_id AND c.kind = 'heap'"
	" AND c.time_ns > gi.from_ns AND c.time_ns <= gi.t_ns) AND gi.t_ns % 7 = 0";

static void scrapes_of_a_long_life_are_those_of_each_interval(void **state)
{
	struct test_ledger t;
	struct ll_error err = LL_ERROR_INIT;
	clock_t took;

	(void)state;
	test_ledger_open(&t, NULL);
	write_long_life(&t);
	assert_int_equal(test_ledger_ingest(&t, 1).captures, STATS + HEAPS);
	took = clock();
	assert_ok(ll_scope_open(t.ledger, LL_SCOPE_DIRTY, true, &err), &err);
	took = clock() - took;
	/* A fifth of a second; with the square of the captures six, and thirty under sanitizers. */
	assert_true(took < (clock_t)4 * CLOCKS_PER_SEC);

	assert_in_range(test_ledger_i64(&t, "SELECT count(*) FROM gc_interval"), STATS / 2, STATS);
	assert_in_range(test_ledger_i64(&t, "SELECT sum(scrapes) FROM gc_interval"), HEAPS / 2,
	                HEAPS);
	assert_int_equal(test_ledger_i64(&t, scrapes_one_by_one), 0);
	test_ledger_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scrapes_of_a_long_life_are_those_of_each_interval),
	};

	return cmocka_run_group_tests_name("analyze scope", tests, NULL, NULL);
}
