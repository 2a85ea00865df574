/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_lifetime.c - captures into lives of one process: restarts, replicas under one name, deploys,
 * and the part of a life that is warm-up. The rules are in src/ledger/lifetime.c.
 */
#include "captures.h"
#include "ledgers.h"

#include <inttypes.h>

#define NOON_S  INT64_C(1772366400) /* 2026-03-01T12:00:00Z */
#define NOON_NS (NOON_S * LL_NS_PER_S)

/* live + 7 sampled objects were ever allocated: a fall of `live` is a fall of the counter. */
static void write_heap(struct test_ledger *t, int64_t hour, const char *build, int64_t live)
{
	struct ll_buf bytes;
	char name[64];

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, NOON_NS + hour * LL_NS_PER_HOUR, build, live);
	(void)snprintf(name, sizeof name, "shop/pod-1/heap-%02" PRId64 ".pb", hour);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void write_memstats(struct test_ledger *t, int64_t hour, int64_t num_gc, int64_t last_gc_ns,
                           int64_t total_alloc)
{
	char name[64], text[256];

	(void)snprintf(name, sizeof name, "shop/pod-1/memstats-%" PRId64 ".json",
	               NOON_S + hour * 3600);
	(void)snprintf(text, sizeof text,
	               "{\"HeapAlloc\": 5000000, \"NextGC\": 9000000, \"TotalAlloc\": %" PRId64
	               ", \"NumGC\": %" PRId64 ", \"LastGC\": %" PRId64 "}\n",
	               total_alloc, num_gc, last_gc_ns);
	test_ledger_write(t, name, ll_str(text));
}

static void write_dump(struct test_ledger *t, int64_t minutes, int64_t count)
{
	struct ll_buf bytes;
	char name[64];

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, count);
	(void)snprintf(name, sizeof name, "shop/pod-1/goroutine-%" PRId64 ".txt",
	               NOON_S + minutes * 60);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static const char lives[] = "SELECT ordinal, (first_ns - 1772366400000000000) / 3600000000000,"
			    " (last_ns - 1772366400000000000) / 3600000000000, build, begun_by"
			    " FROM lifetime ORDER BY ordinal";

/* ------------------------------------------------------------------------ restarts */

static void rising_counters_are_one_life(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t hour = 0; hour < 5; hour++)
		write_heap(t, hour, NULL, 10 + hour);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|4||first capture\n");
}

static void a_fall_of_allocation_totals_is_a_restart(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, 0, NULL, 10);
	write_heap(t, 1, NULL, 20);
	write_heap(t, 2, NULL, 3);
	write_heap(t, 3, NULL, 4);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|1||first capture\n2|2|3||allocation totals fell\n");
}

static void a_fall_of_memstats_counters_is_a_restart(void **state)
{
	struct test_ledger *const t = *state;

	write_memstats(t, 0, 100, NOON_NS - 1, 1000000);
	write_memstats(t, 1, 200, NOON_NS + LL_NS_PER_HOUR - 1, 2000000);
	write_memstats(t, 2, 5, NOON_NS + 2 * LL_NS_PER_HOUR - 1, 50000);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|1||first capture\n2|2|2||MemStats counters fell\n");
}

static void another_build_is_another_process(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, 0, "1111", 10);
	write_heap(t, 1, "2222", 20);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|0|1111|first capture\n2|1|1|2222|another build\n");
}

static void instances_have_lives_of_their_own(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (int i = 0; i < 4; i++) {
		char name[64];

		ll_buf_clear(&bytes);
		test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_HOUR, NULL,
		                  i % 2 ? 100 + i : i + 1);
		(void)snprintf(name, sizeof name, "shop/pod-%d/heap-%d.pb", i % 2, i);
		test_ledger_write(t, name, ll_buf_str(&bytes));
	}
	ll_buf_done(&bytes);
	(void)test_ledger_ingest(t, 1);

	assert_rows(
		t,
		"SELECT i.name, l.ordinal FROM lifetime AS l JOIN instance AS i USING (instance_id)"
		" ORDER BY i.name",
		"pod-0|1\npod-1|1\n");
}

/* Two captures of one round, written within seconds, may have their numbers crossed. */
static void counters_of_one_round_may_be_crossed(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (int i = 0; i < 2; i++) {
		ll_buf_clear(&bytes);
		test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_S, NULL, 10 - i);
		test_ledger_write(t, i ? "shop/pod-1/b.pb" : "shop/pod-1/a.pb", ll_buf_str(&bytes));
	}
	ll_buf_done(&bytes);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "1\n");
}

/* A text named by when its round began was taken at its end; a profile tells its own time. */
static void kinds_of_a_slow_round_may_be_crossed_a_little(void **state)
{
	struct test_ledger *const t = *state;

	write_memstats(t, 0, 100, NOON_NS - 1, 1000000);
	test_ledger_write(t, "shop/pod-1/vars-1772366410.json",
	                  ll_str("{\"memstats\": {\"HeapAlloc\": 5000000, \"NextGC\": 9000000,"
	                         " \"TotalAlloc\": 990000, \"NumGC\": 99}}\n"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "1\n");
}

static void a_large_fall_is_a_restart_in_a_slow_round_too(void **state)
{
	struct test_ledger *const t = *state;

	write_memstats(t, 0, 100, NOON_NS - 1, 1000000);
	test_ledger_write(t, "shop/pod-1/vars-1772366410.json",
	                  ll_str("{\"memstats\": {\"HeapAlloc\": 5000000, \"NextGC\": 9000000,"
	                         " \"TotalAlloc\": 50000, \"NumGC\": 3}}\n"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "2\n");
}

static void a_dump_belongs_to_the_life_that_was_being_watched(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, 0, NULL, 10);
	write_heap(t, 2, NULL, 20);
	write_heap(t, 4, NULL, 3);
	write_heap(t, 6, NULL, 4);
	write_dump(t, 60, 1);
	write_dump(t, 300, 2);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT totals ->> '$.goroutine', lifetime FROM v_capture"
	            " WHERE kind = 'goroutine' ORDER BY time_ns",
	            "1|1\n2|2\n");
}

/* A trace from the first collection on. */
static void write_trace(struct test_ledger *t, int64_t minutes, int64_t hours)
{
	char name[64], text[512];

	(void)snprintf(name, sizeof name, "shop/pod-1/gctrace-%" PRId64 ".log",
	               NOON_S + minutes * 60);
	(void)snprintf(text, sizeof text,
	               "gc 1 @0.025s 3%%: 0.087+7.7+0.25 ms clock, "
	               "0.17+0.062/1.8/0+0.51 ms cpu, 3->4->3 MB, 4 MB goal, 2 P\n"
	               "gc 2 @%" PRId64 ".000s 0%%: 0.12+4.9+0.004 ms clock, "
	               "0.25+0/0.78/3.9+0.008 ms cpu, 7->7->5 MB, 7 MB goal, 2 P\n",
	               hours * 3600);
	test_ledger_write(t, name, ll_str(text));
}

static void write_restart(struct test_ledger *t)
{
	write_heap(t, 0, NULL, 10);
	write_heap(t, 1, NULL, 20);
	write_heap(t, 2, NULL, 3);
	write_heap(t, 5, NULL, 4);
}

static void a_trace_goes_to_the_process_that_began_when_it_did(void **state)
{
	struct test_ledger *const t = *state;

	write_restart(t);
	/* Nearer to the last capture of the old process than to the first of the new one. */
	write_trace(t, 85, 3);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT lifetime FROM v_capture WHERE kind = 'gctrace'", "2\n");
}

static void a_trace_may_be_named_after_its_end(void **state)
{
	struct test_ledger *const t = *state;

	write_restart(t);
	write_trace(t, 65, 1);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT lifetime FROM v_capture WHERE kind = 'gctrace'", "1\n");
}

static const char first_collection[] = "gc 1 @0.025s 3%: 0.087+7.7+0.25 ms clock, "
				       "0.17+0.062/1.8/0+0.51 ms cpu, 3->4->3 MB, 4 MB goal, 2 P\n";
static const char other_first[] = "gc 1 @0.031s 2%: 0.044+6.1+0.009 ms clock, "
				  "0.08+0.055/1.2/0+0.02 ms cpu, 3->4->2 MB, 4 MB goal, 2 P\n";
static const char second_collection[] =
	"gc 2 @60.000s 0%: 0.12+4.9+0.004 ms clock, "
	"0.25+0/0.78/3.9+0.008 ms cpu, 7->7->5 MB, 7 MB goal, 2 P\n";

static void write_log(struct test_ledger *t, const char *name, const char *const lines[3])
{
	struct ll_buf text;

	ll_buf_init(&text, LL_BUF_PAGE);
	for (size_t i = 0; i < 3 && lines[i]; i++)
		ll_buf_puts(&text, lines[i]);
	test_ledger_write(t, name, ll_buf_str(&text));
	ll_buf_done(&text);
}

static void traces_that_begin_otherwise_are_of_two_processes(void **state)
{
	struct test_ledger *const t = *state;

	write_log(t, "shop/pod-1/gctrace-1.log",
	          (const char *[]){first_collection, second_collection, NULL});
	write_log(t, "shop/pod-1/gctrace-2.log",
	          (const char *[]){other_first, second_collection, NULL});
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*), count(DISTINCT lifetime) FROM v_capture", "2|2\n");
}

static void a_trace_that_starts_anew_in_its_file_is_of_another_process(void **state)
{
	struct test_ledger *const t = *state;

	write_log(t, "shop/pod-1/gctrace.log",
	          (const char *[]){first_collection, second_collection, other_first});
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*), count(DISTINCT lifetime) FROM v_capture", "2|2\n");
}

static void a_trace_that_was_copied_again_is_of_the_same_process(void **state)
{
	struct test_ledger *const t = *state;

	write_log(t, "shop/pod-1/gctrace-1.log", (const char *[]){first_collection, NULL, NULL});
	write_log(t, "shop/pod-1/gctrace-2.log",
	          (const char *[]){first_collection, second_collection, NULL});
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*), count(DISTINCT lifetime) FROM v_capture", "2|1\n");
}

/* A process writes when it started into each of its metrics. */
static void write_metrics(struct test_ledger *t, int64_t minutes, int64_t start_s,
                          int64_t allocated)
{
	char name[64], text[512];

	(void)snprintf(name, sizeof name, "shop/pod-1/metrics-%" PRId64 ".txt",
	               NOON_S + minutes * 60);
	(void)snprintf(text, sizeof text,
	               "# TYPE process_start_time_seconds gauge\n"
	               "process_start_time_seconds %" PRId64 ".25\n"
	               "# TYPE go_goroutines gauge\n"
	               "go_goroutines 12\n"
	               "# TYPE go_memstats_alloc_bytes_total counter\n"
	               "go_memstats_alloc_bytes_total %" PRId64 "\n",
	               start_s, allocated);
	test_ledger_write(t, name, ll_str(text));
}

static void another_start_time_is_another_process(void **state)
{
	struct test_ledger *const t = *state;

	/* The second one has allocated more than the first when it is first seen. */
	write_metrics(t, 0, NOON_S - 3600, 1000000);
	write_metrics(t, 60, NOON_S - 3600, 2000000);
	write_metrics(t, 120, NOON_S + 3700, 9000000);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|1||first capture\n2|2|2||another start time\n");
	assert_rows(t,
	            "SELECT (start_ns - 1772366400000000000) / 1000000000 FROM lifetime"
	            " ORDER BY ordinal",
	            "-3599\n3700\n");
}

/* stat has the start in hundredths of a second since the machine's. */
static void write_stat(struct test_ledger *t, int64_t minutes, int64_t pid, int64_t start,
                       int64_t cpu)
{
	char name[64], text[256];

	(void)snprintf(name, sizeof name, "shop/pod-1/stat-%" PRId64, NOON_S + minutes * 60);
	(void)snprintf(text, sizeof text,
	               "%" PRId64 " (shop) S 1 1 1 0 -1 4194304 9 0 1 0 %" PRId64
	               " 0 0 0 20 0 12 0 %" PRId64 " 4141056 517 18446744073709551615\n",
	               pid, cpu, start);
	test_ledger_write(t, name, ll_str(text));
}

static void another_start_since_boot_is_another_process(void **state)
{
	struct test_ledger *const t = *state;

	write_stat(t, 0, 1, 5000, 100);
	write_stat(t, 60, 1, 5000, 200);
	write_stat(t, 120, 1, 900000, 300);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|1||first capture\n2|2|2||another process number\n");
}

static void cpu_time_that_falls_is_of_another_process(void **state)
{
	static const char *const pages[] = {
		"process_cpu_seconds_total 100\nprocess_resident_memory_bytes 5e+06\n",
		"process_cpu_seconds_total 200.5\nprocess_resident_memory_bytes 6e+06\n",
		"process_cpu_seconds_total 3\nprocess_resident_memory_bytes 1e+06\n",
	};
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(pages); i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/metrics-%" PRId64 ".txt",
		               NOON_S + (int64_t)i * 3600);
		test_ledger_write(t, name, ll_str(pages[i]));
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|1||first capture\n2|2|2||CPU time fell\n");
}

/* Two processes of one program, captured in turn. */
static void numbers_of_processes_keep_replicas_apart(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t round = 0; round < 4; round++) {
		write_stat(t, round * 60, 70, 5000, 100 + round * 10);
		write_stat(t, round * 60 + 1, 80, 6000, 900 + round * 10);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT ordinal, count(*) FROM lifetime JOIN lifetime_capture USING "
	            "(lifetime_id) GROUP BY 1",
	            "1|4\n2|4\n");
	assert_rows(t, "SELECT DISTINCT reason FROM audit ORDER BY 1", "mixed-replicas\npartial\n");
}

/* In the container a process is number 1, for the machine it is another. */
static void a_process_seen_from_inside_and_from_outside_is_one(void **state)
{
	struct test_ledger *const t = *state;

	write_stat(t, 0, 1, 5000, 100);
	write_stat(t, 60, 4711, 5000, 200);
	write_stat(t, 120, 1, 5000, 300);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|2||first capture\n");
}

static void metrics_heaps_and_memstats_of_one_process_join_one_life(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t hour = 0; hour < 4; hour++) {
		write_heap(t, hour, "1111", 10 + hour);
		write_memstats(t, hour, 100 + hour, NOON_NS + hour * LL_NS_PER_HOUR - 1,
		               (1 + hour) * 1000000);
		write_metrics(t, hour * 60 + 1, NOON_S - 3600, (1 + hour) * 1000000 + 5000);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|3|1111|first capture\n");
	assert_rows(t, "SELECT count(*) FROM lifetime_capture", "12\n");
}

static void a_dump_is_not_of_a_process_that_had_not_begun(void **state)
{
	struct test_ledger *const t = *state;

	/* At ten past two the first process was last seen long ago, the second started at 14:15. */
	write_metrics(t, 0, NOON_S - 3600, 1000000);
	write_dump(t, 130, 7);
	write_metrics(t, 136, NOON_S + INT64_C(135) * 60, 500);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT lifetime FROM v_capture WHERE kind = 'goroutine'", "1\n");
}

/* A build id in the content and a version in the path are of one build. */
static void builds_of_names_are_compared_with_builds_of_names(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (int i = 0; i < 6; i++) {
		char name[96];

		ll_buf_clear(&bytes);
		if (i % 2)
			test_put_one_dump(&bytes, 3 + i);
		else
			test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_HOUR, "1111", 10 + i);
		(void)snprintf(name, sizeof name, "shop/%s/pod-1/x-%" PRId64 ".bin",
		               i < 5 ? "v1.4.2" : "v1.5.0", NOON_S + (int64_t)i * 3600);
		test_ledger_write(t, name, ll_buf_str(&bytes));
	}
	ll_buf_done(&bytes);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|4|1111|first capture\n2|5|5|v1.5.0|another build\n");
}

static void a_capture_that_comes_late_can_split_a_life(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, 0, NULL, 10);
	write_heap(t, 4, NULL, 30);
	(void)test_ledger_ingest(t, 1);
	assert_rows(t, "SELECT count(*) FROM lifetime", "1\n");
	write_heap(t, 2, NULL, 2);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|0|0||first capture\n2|2|4||allocation totals fell\n");
}

/* ----------------------------------------------------------------------- the ring */

/* A ring as MemStats prints it: PauseEnd[(n + 255) % 256] is the end of collection n. */
static void write_ring(struct test_ledger *t, int64_t hour, const char *name, int64_t num_gc,
                       int64_t process_start_ns)
{
	struct ll_buf text;
	char path[80];

	ll_buf_init(&text, LL_BUF_PAGE);
	ll_buf_printf(&text,
	              "{\"HeapAlloc\": 5000000, \"NextGC\": 9000000, \"TotalAlloc\": %" PRId64
	              ", \"NumGC\": %" PRId64 ", \"LastGC\": %" PRId64 ", \"PauseNs\": [",
	              num_gc * 1000000, num_gc, process_start_ns + num_gc * LL_NS_PER_MINUTE);
	for (int i = 0; i < 256; i++)
		ll_buf_printf(&text, "%s%d", i ? ", " : "", i < num_gc ? 1000 : 0);
	ll_buf_puts(&text, "], \"PauseEnd\": [");
	for (int i = 0; i < 256; i++)
		ll_buf_printf(&text, "%s%" PRId64, i ? ", " : "",
		              i < num_gc ? process_start_ns + (i + 1) * LL_NS_PER_MINUTE
		                         : INT64_C(0));
	ll_buf_puts(&text, "]}\n");
	(void)snprintf(path, sizeof path, "shop/pod-1/memstats-%s-%" PRId64 ".json", name,
	               NOON_S + hour * 3600);
	test_ledger_write(t, path, ll_buf_str(&text));
	ll_buf_done(&text);
}

static void a_shared_collection_proves_one_process_and_its_first_one_its_start(void **state)
{
	struct test_ledger *const t = *state;

	write_ring(t, 1, "a", 60, NOON_NS);
	write_ring(t, 2, "a", 120, NOON_NS);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT ordinal, (start_ns - 1772366400000000000) / 60000000000 FROM lifetime",
	            "1|1\n");
	assert_rows(t, "SELECT count(*) FROM gc_pause", "180\n");
}

static void another_history_of_collections_is_another_process(void **state)
{
	struct test_ledger *const t = *state;

	write_ring(t, 1, "a", 60, NOON_NS);
	write_ring(t, 2, "a", 90, NOON_NS + 1800 * LL_NS_PER_S);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT ordinal, begun_by FROM lifetime ORDER BY ordinal",
	            "1|first capture\n2|another history of collections\n");
}

/* What client_golang prints of a process whose collection n ended n minutes after its start. */
static void write_collections(struct test_ledger *t, int64_t hour, int64_t count, double last_gc_s)
{
	char path[64], text[256];

	(void)snprintf(path, sizeof path, "shop/pod-1/metrics-%" PRId64 ".txt",
	               NOON_S + hour * 3600);
	(void)snprintf(text, sizeof text,
	               "# TYPE go_gc_duration_seconds summary\n"
	               "go_gc_duration_seconds_count %" PRId64 "\n"
	               "# TYPE go_memstats_last_gc_time_seconds gauge\n"
	               "go_memstats_last_gc_time_seconds %.17g\n",
	               count, last_gc_s);
	test_ledger_write(t, path, ll_str(text));
}

/* A float64 holds the time of a collection to some 0.2 us. */
static void metrics_and_memstats_share_collections_although_their_times_are_rounded(void **state)
{
	struct test_ledger *const t = *state;
	const int64_t start_ns = NOON_NS + 123456789;

	write_ring(t, 1, "a", 60, start_ns);
	write_collections(t, 1, 60, (double)(start_ns + 60 * LL_NS_PER_MINUTE) / 1e9);
	write_ring(t, 2, "a", 120, start_ns);
	/* Read just before a collection, its time just after. */
	write_collections(t, 2, 119, (double)(start_ns + 120 * LL_NS_PER_MINUTE) / 1e9);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT ordinal, begun_by FROM lifetime", "1|first capture\n");
	assert_rows(t, "SELECT count(*) FROM audit WHERE reason = 'mixed-replicas'", "0\n");
}

static void metrics_of_another_history_are_of_another_process(void **state)
{
	struct test_ledger *const t = *state;

	write_ring(t, 1, "a", 60, NOON_NS);
	write_collections(t, 2, 60, (double)(NOON_NS + 61 * LL_NS_PER_MINUTE) / 1e9 - 30);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT ordinal, begun_by FROM lifetime ORDER BY ordinal",
	            "1|first capture\n2|another history of collections\n");
}

static void two_replicas_under_one_name_are_told_apart_and_marked(void **state)
{
	struct test_ledger *const t = *state;

	write_ring(t, 1, "a", 60, NOON_NS);
	write_ring(t, 2, "b", 80, NOON_NS + 600 * LL_NS_PER_S);
	write_ring(t, 3, "a", 180, NOON_NS);
	write_ring(t, 4, "b", 200, NOON_NS + 600 * LL_NS_PER_S);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT lifetime FROM v_capture ORDER BY time_ns", "1\n2\n1\n2\n");
	assert_rows(t, "SELECT count(*) FROM audit WHERE reason = 'mixed-replicas'", "4\n");
}

/* -------------------------------------------------------------------------- audit */

static void a_second_capture_of_one_collection_is_left_out(void **state)
{
	struct test_ledger *const t = *state;

	write_memstats(t, 0, 100, NOON_NS - 1, 1000000);
	write_memstats(t, 1, 100, NOON_NS - 1, 1000001);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT reason, is_left_out FROM audit ORDER BY reason",
	            "same-gc-cycle|1\n");
}

static void a_capture_older_than_its_own_last_collection_is_marked(void **state)
{
	struct test_ledger *const t = *state;

	write_memstats(t, 0, 100, NOON_NS + 600 * LL_NS_PER_S, 1000000);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT reason, detail, is_left_out FROM audit",
	            "clock|taken 600 s before its own last collection|0\n");
}

/* ------------------------------------------------------------------------- warm-up */

static const char judged[] = "SELECT (judged_from_ns - 1772366400000000000) / 60000000000"
			     " FROM temp.life ORDER BY lifetime_id";

static void open_scope(struct test_ledger *t)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_scope_open(t->ledger, 0, true, &err), &err);
}

static void the_first_hour_of_a_long_life_is_warm_up(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t hour = 0; hour <= 24; hour++)
		write_heap(t, hour, NULL, 10 + hour);
	(void)test_ledger_ingest(t, 1);
	open_scope(t);

	assert_rows(t, judged, "60\n");
	assert_rows(t, "SELECT count(*), sum(is_judged) FROM temp.heap_capture", "25|24\n");
}

static void the_first_quarter_of_a_short_life_is_warm_up(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t hour = 0; hour <= 2; hour++)
		write_heap(t, hour, NULL, 10 + hour);
	(void)test_ledger_ingest(t, 1);
	open_scope(t);

	assert_rows(t, judged, "30\n");
}

static void a_process_that_was_old_when_first_seen_has_its_warm_up_behind_it(void **state)
{
	struct test_ledger *const t = *state;

	/* It started four hours before noon and is first seen at one. */
	write_ring(t, 1, "a", 250, NOON_NS - 4 * LL_NS_PER_HOUR);
	write_ring(t, 9, "a", 256, NOON_NS - 4 * LL_NS_PER_HOUR);
	(void)test_ledger_ingest(t, 1);
	open_scope(t);

	assert_rows(t, judged, "60\n");
}

static void each_life_has_its_own_warm_up(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t hour = 0; hour <= 8; hour++)
		write_heap(t, hour, NULL, 10 + hour);
	for (int64_t hour = 10; hour <= 18; hour++)
		write_heap(t, hour, NULL, hour - 9);
	(void)test_ledger_ingest(t, 1);
	open_scope(t);

	assert_rows(t, judged, "60\n660\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(rising_counters_are_one_life),
		TEST(a_fall_of_allocation_totals_is_a_restart),
		TEST(a_fall_of_memstats_counters_is_a_restart),
		TEST(another_build_is_another_process),
		TEST(instances_have_lives_of_their_own),
		TEST(counters_of_one_round_may_be_crossed),
		TEST(kinds_of_a_slow_round_may_be_crossed_a_little),
		TEST(a_large_fall_is_a_restart_in_a_slow_round_too),
		TEST(a_dump_belongs_to_the_life_that_was_being_watched),
		TEST(a_trace_goes_to_the_process_that_began_when_it_did),
		TEST(a_trace_may_be_named_after_its_end),
		TEST(traces_that_begin_otherwise_are_of_two_processes),
		TEST(a_trace_that_starts_anew_in_its_file_is_of_another_process),
		TEST(a_trace_that_was_copied_again_is_of_the_same_process),
		TEST(another_start_time_is_another_process),
		TEST(another_start_since_boot_is_another_process),
		TEST(cpu_time_that_falls_is_of_another_process),
		TEST(numbers_of_processes_keep_replicas_apart),
		TEST(a_process_seen_from_inside_and_from_outside_is_one),
		TEST(metrics_heaps_and_memstats_of_one_process_join_one_life),
		TEST(a_dump_is_not_of_a_process_that_had_not_begun),
		TEST(builds_of_names_are_compared_with_builds_of_names),
		TEST(a_capture_that_comes_late_can_split_a_life),
		TEST(a_shared_collection_proves_one_process_and_its_first_one_its_start),
		TEST(another_history_of_collections_is_another_process),
		TEST(metrics_and_memstats_share_collections_although_their_times_are_rounded),
		TEST(metrics_of_another_history_are_of_another_process),
		TEST(two_replicas_under_one_name_are_told_apart_and_marked),
		TEST(a_second_capture_of_one_collection_is_left_out),
		TEST(a_capture_older_than_its_own_last_collection_is_marked),
		TEST(the_first_hour_of_a_long_life_is_warm_up),
		TEST(the_first_quarter_of_a_short_life_is_warm_up),
		TEST(a_process_that_was_old_when_first_seen_has_its_warm_up_behind_it),
		TEST(each_life_has_its_own_warm_up),
	};

	return cmocka_run_group_tests_name("ledger lifetime", tests, NULL, NULL);
}
