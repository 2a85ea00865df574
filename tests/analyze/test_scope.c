/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_scope.c - what the scope makes of a long life: counts by running sums equal those of looking
 * at each interval, and the work does not grow with the square of the captures; what a GC trace
 * tells of all the time before its last line; and that no live heap is larger than the heap.
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

/* A collection a second of a process with two processors: half of one of them marks. */
static void write_trace(struct test_ledger *t, bool is_stamped)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf text;

	ll_buf_init(&text, (size_t)1 << 20);
	for (int i = 1; i <= 48; i++) {
		if (is_stamped)
			ll_buf_printf(&text, "2026-03-01T12:00:%02d.000Z ", i);
		ll_buf_printf(&text,
		              "gc %d @%d.000s 9%%: 1.0+400+1.0 ms clock, "
		              "2.0+96/400/700+2.0 ms cpu, 39->41->20 MB, 40 MB goal, "
		              "0 MB stacks, 0 MB globals, 2 P\n",
		              i, i);
	}
	test_ledger_write(t, "shop/pod-1/stderr.log", ll_buf_str(&text));
}

static void assert_trace_is_judged(bool is_stamped)
{
	struct test_ledger t;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_open(&t, NULL);
	write_trace(&t, is_stamped);
	assert_int_equal(test_ledger_ingest(&t, 1).captures, 1);
	assert_ok(ll_scope_open(t.ledger, LL_SCOPE_DIRTY, true, &err), &err);

	assert_rows(&t,
	            "SELECT count(*), sum(is_judged), sum(cycles), min(share_source),"
	            " round(100 * avg(cpu_share)), round(100 * avg(assist_share), 1),"
	            " sum(pause_ns), max(t_ns) - min(from_ns) FROM gc_interval",
	            "11|9|44|trace|25.0|4.8|88000000|44000000000\n");
	assert_rows(
		&t,
		"SELECT last_ns - start_ns, last_ns - first_ns, judged_from_ns - start_ns FROM life",
		"48000000000|47000000000|11750000000\n");
	test_ledger_done(&t);
}

static void a_trace_with_times_is_judged_from_a_quarter_of_its_time_on(void **state)
{
	(void)state;
	assert_trace_is_judged(true);
}

static void a_trace_without_times_is_judged_back_from_the_time_of_its_file(void **state)
{
	(void)state;
	assert_trace_is_judged(false);
}

/* GOGC is off under a memory limit that nothing tells: NextGC is far above what is alive. */
static void a_live_heap_is_never_more_than_the_heap(void **state)
{
	struct test_ledger t;
	struct ll_error err = LL_ERROR_INIT;

	(void)state;
	test_ledger_open(&t, NULL);
	test_ledger_write(&t, "shop/pod-1/vars.jsonl",
	                  ll_str("{\"HeapAlloc\":60000000,\"NextGC\":100000000,\"NumGC\":7,"
	                         "\"StackInuse\":1000000,\"LastGC\":1772366400000000000}\n"
	                         "{\"HeapAlloc\":20000000,\"NextGC\":100000000,\"NumGC\":8,"
	                         "\"StackInuse\":1000000,\"LastGC\":1772366460000000000}\n"));
	assert_int_equal(test_ledger_ingest(&t, 1).captures, 2);
	assert_ok(ll_scope_open(t.ledger, LL_SCOPE_DIRTY, true, &err), &err);

	assert_rows(&t, "SELECT source, live_low, live, live_high FROM live_point ORDER BY t_ns",
	            "NextGC|49500000|50000000|50000000\nNextGC|20000000|20000000|20000000\n");
	test_ledger_done(&t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scrapes_of_a_long_life_are_those_of_each_interval),
		cmocka_unit_test(a_trace_with_times_is_judged_from_a_quarter_of_its_time_on),
		cmocka_unit_test(a_trace_without_times_is_judged_back_from_the_time_of_its_file),
		cmocka_unit_test(a_live_heap_is_never_more_than_the_heap),
	};

	return cmocka_run_group_tests_name("analyze scope", tests, NULL, NULL);
}
