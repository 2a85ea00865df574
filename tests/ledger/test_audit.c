/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_audit.c - each reason of the audit, from a real capture where the corpus or our samples have
 * one: what is recorded, what is left out, and that it stays silent otherwise.
 */
#include "captures.h"
#include "corpus.h"
#include "ledgers.h"

#include <leakledger/file.h>

#include <fcntl.h>
#include <inttypes.h>
#include <sys/stat.h>

#define NOON_S  INT64_C(1772366400) /* 2026-03-01T12:00:00Z */
#define NOON_NS (NOON_S * LL_NS_PER_S)

static const char remarks[] = "SELECT reason, is_left_out, count(*) FROM audit"
			      " GROUP BY 1, 2 ORDER BY 1, 2";
static const char details[] = "SELECT DISTINCT reason, detail, is_left_out FROM audit"
			      " ORDER BY reason, capture_id";

static void write_text(struct test_ledger *t, const char *name, const char *text)
{
	test_ledger_write(t, name, ll_str(text));
}

static void write_heap(struct test_ledger *t, const char *name, int64_t time_ns, int64_t live)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, time_ns, NULL, live);
	test_ledger_write(t, name, ll_buf_str(&bytes));
}

static void write_dump(struct test_ledger *t, const char *name, int64_t count)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, count);
	test_ledger_write(t, name, ll_buf_str(&bytes));
}

static void set_file_time(const struct test_ledger *t, const char *name, int64_t time_s)
{
	const struct timespec times[2] = {{.tv_sec = time_s}, {.tv_sec = time_s}};
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/%s", t->root, name);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
}

/* Puts a file of the corpus below the root; false without a corpus. */
static bool write_real(struct test_ledger *t, const char *name, const char *real)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	const char *const corpus = ll_test_corpus();

	ll_buf_init(&bytes, LL_BUF_PAGE);
	if (!corpus)
		return false;
	ll_corpus_read(corpus, ll_str(real), &bytes);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	return true;
}

/* Puts one of our samples below the root. */
static void write_sample(struct test_ledger *t, const char *name, const char *sample)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_error err = LL_ERROR_INIT;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/%s", ll_test_source("samples/fleet"), sample);
	ll_buf_init(&bytes, LL_BUF_PAGE);
	assert_ok(ll_file_read(path, &bytes, &err), &err);
	test_ledger_write(t, name, ll_buf_str(&bytes));
}

/* ----------------------------------------------------------------- failed captures */

static void failed_captures_are_rejected_with_what_they_are(void **state)
{
	struct test_ledger *const t = *state;
	static const char zeros[4096];

	test_ledger_write(t, "shop/a.pb.gz", ll_str_n(zeros, sizeof zeros));
	write_text(t, "shop/b.pb.gz", "");
	write_text(t, "shop/c.pb.gz",
	           "<!DOCTYPE html>\n<html><body>502 Bad Gateway</body></html>\n");
	write_text(t, "shop/d.pb.gz", "404 page not found\n");
	write_text(t, "shop/e.pb.gz", "Unknown profile\n");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT path, status, format, kind IS NULL FROM v_capture ORDER BY path",
	            "shop/a.pb.gz|rejected|zeros|1\n"
	            "shop/b.pb.gz|rejected||1\n"
	            "shop/c.pb.gz|rejected|html|1\n"
	            "shop/d.pb.gz|rejected|error-body|1\n"
	            "shop/e.pb.gz|rejected|error-body|1\n");
	assert_rows(t, "SELECT count(*) FROM v_capture WHERE length(reason) > 0", "5\n");
	assert_rows(t, remarks, "");
}

static void a_profile_without_samples_among_others_is_left_out(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/1.pb", NOON_NS, 10);
	write_heap(t, "shop/pod-1/2.pb", NOON_NS + LL_NS_PER_HOUR, 0);
	write_heap(t, "idle/pod-1/1.pb", NOON_NS, 0);
	(void)test_ledger_ingest(t, 1);

	/* A process that never sampled anything may simply be small. */
	assert_rows(t,
	            "SELECT s.name, a.reason, a.is_left_out FROM audit AS a"
	            " JOIN capture AS c USING (capture_id) JOIN service AS s USING (service_id)"
	            " WHERE a.reason = 'empty'",
	            "");
	write_text(t, "shop/pod-1/3.txt", "heap profile: 0: 0 [0: 0] @ heap/1048576\n");
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT reason, is_left_out FROM audit WHERE reason = 'empty'", "empty|1\n");
}

static void truncated_dumps_are_left_out_beside_whole_ones(void **state)
{
	struct test_ledger *const t = *state;
	static const char whole[] =
		"goroutine 1 [running]:\nmain.main()\n\t/app/main.go:9 +0x1d\n\n"
		"goroutine 7 [select]:\nmain.run()\n\t/app/main.go:31 +0x2\n";
	static const char cut[] = "goroutine 1 [running]:\nmain.main()\n\t/app/main.go:9 +0x1d\n\n"
				  "goroutine 7 [select]:\nmain.run(0xc0000";

	write_text(t, "shop/pod-1/goroutine-1772366400.txt", cut);
	(void)test_ledger_ingest(t, 1);
	/* Alone it is all there is. */
	assert_rows(t, remarks, "truncated|0|1\n");
	write_text(t, "shop/pod-1/goroutine-1772370000.txt", whole);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "truncated|1|1\n");
}

static void a_real_dump_with_fewer_goroutines_than_its_title_says_is_truncated(void **state)
{
	struct test_ledger *const t = *state;

	if (!write_real(t, "shop/goroutine-1772366400.txt",
	                "gocn__translator/2022/w46_HTTP_Resource_Leak_Mysteries_in_Go.md."
	                "goroutine-debug1.txt"))
		skip();
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details, "truncated|the title says 2020, the records sum to 1642|0\n");
}

/* ------------------------------------------------- what is no snapshot, or not of Go */

static void real_delta_profiles_are_left_out(void **state)
{
	struct test_ledger *const t = *state;

	if (!write_real(t, "shop/heap1.prof", "evmos__testing/@7ba10ecb/heap1.prof"))
		skip();
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details, "delta|difference over 300 s, not a snapshot|1\n");
}

static void real_profiles_of_other_runtimes_are_left_out(void **state)
{
	struct test_ledger *const t = *state;

	if (!write_real(t, "shop/heap.pb.gz", "okx__zkdex-prover-config/@af8f6e7f/heap.pb.gz"))
		skip();
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "foreign|1|1\n");
}

static void a_changed_sampling_rate_is_told(void **state)
{
	struct test_ledger *const t = *state;

	write_text(t, "shop/p/heap-1772366400.txt",
	           "heap profile: 1: 64 [1: 64] @ heap/1048576\n"
	           "1: 64 [1: 64] @ 0x1\n#\t0x1\tmain.put+0x1\t/app/main.go:31\n");
	write_text(t, "shop/p/heap-1772370000.txt",
	           "heap profile: 2: 128 [2: 128] @ heap/2\n"
	           "2: 128 [2: 128] @ 0x1\n#\t0x1\tmain.put+0x1\t/app/main.go:31\n");
	(void)test_ledger_ingest(t, 1);

	assert_rows(
		t, "SELECT reason, detail, is_left_out FROM audit WHERE reason = 'rate-changed'",
		"rate-changed|sampled every 1 bytes, the first of this process every 524288|0\n");
}

/* ------------------------------------------------------------------ collections */

static void real_heaps_between_which_no_collection_ran_count_once(void **state)
{
	struct test_ledger *const t = *state;
	static const char *const names[] = {"1644509272337470000", "1644509275338070000",
	                                    "1644509278338696000", "1644509281339135000"};
	bool is_there = true;

	for (size_t i = 0; i < LL_COUNT(names); i++) {
		char name[64], real[128];

		(void)snprintf(name, sizeof name, "parca/i1/%s.pb.gz", names[i]);
		(void)snprintf(real, sizeof real,
		               "parca-dev__parca/pkg/query/testdata/many/%s.pb.gz", names[i]);
		is_there = is_there && write_real(t, name, real);
	}
	if (!is_there)
		skip();
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT detail, is_left_out FROM audit WHERE reason = 'same-gc-cycle'"
	            " ORDER BY detail",
	            "same totals as 3 s before: no collection in between|1\n"
	            "same totals as 6 s before: no collection in between|1\n"
	            "same totals as 9 s before: no collection in between|1\n");
}

/* There a collection must have run: the heap just did not change. */
static void a_heap_that_stands_still_for_hours_is_seen_again_and_again(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 4; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/%d.pb", i);
		write_heap(t, name, NOON_NS + i * LL_NS_PER_HOUR, 10);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "");
}

static void write_memstats(struct test_ledger *t, const char *name, int64_t forced, int64_t num_gc,
                           int64_t last_gc_ns)
{
	char text[256];

	(void)snprintf(text, sizeof text,
	               "{\"HeapAlloc\": 5000000, \"NextGC\": 9000000, \"TotalAlloc\": %" PRId64
	               ", \"NumGC\": %" PRId64 ", \"NumForcedGC\": %" PRId64
	               ", \"LastGC\": %" PRId64 "}\n",
	               num_gc * 1000000, num_gc, forced, last_gc_ns);
	write_text(t, name, text);
}

/* Rounds of a heap profile and MemStats, one minute apart. */
static void write_rounds(struct test_ledger *t, int count, int forced_each)
{
	for (int i = 0; i < count; i++) {
		const int64_t at = NOON_S + (int64_t)i * 60;
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/heap-%" PRId64 ".pb", at);
		write_heap(t, name, at * LL_NS_PER_S, 10 + i);
		(void)snprintf(name, sizeof name, "shop/pod-1/memstats-%" PRId64 ".json", at);
		write_memstats(t, name, (int64_t)i * forced_each, 10 + (int64_t)i * 3,
		               (at - 1) * LL_NS_PER_S);
	}
}

static void collections_that_captures_force_are_told_once_for_a_life(void **state)
{
	struct test_ledger *const t = *state;

	write_rounds(t, 8, 1);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details,
	            "forced-gc|7 collections were forced while 7 heap profiles were taken|0\n");
}

static void collections_that_the_program_forces_are_its_own_business(void **state)
{
	struct test_ledger *const t = *state;

	write_rounds(t, 8, 5);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "");
}

/* ---------------------------------------------------------------- mixed replicas */

static const char lives[] = "SELECT ordinal, begun_by, count(*) FROM lifetime"
			    " JOIN lifetime_capture USING (lifetime_id) GROUP BY 1 ORDER BY 1";

/* Two pods of one service whose captures somebody put into one directory. */
static void real_replicas_in_one_directory_are_told_apart_by_their_collections(void **state)
{
	struct test_ledger *const t = *state;
	static const char *const pods[] = {"mw9zk", "x2x4q"};
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = {0};
	struct ll_error err = LL_ERROR_INIT;

	for (size_t pod = 0; pod < LL_COUNT(pods); pod++) {
		struct ll_file_list list;

		assert_ok(ll_file_walk(
				  ll_test_source(ll_arena_printf(
					  &arena,
					  "samples/fleet/checkout-api/checkout-api-7d9f8b6c5d-%s",
					  pods[pod])),
				  &arena, &list, &err),
		          &err);
		for (size_t i = 0; i < list.count; i++) {
			if (!ll_str_starts(ll_str(list.items[i].relative), "memstats-"))
				continue;
			write_sample(t,
			             ll_arena_printf(&arena, "checkout-api/%s-%s", pods[pod],
			                             list.items[i].relative),
			             ll_arena_printf(&arena,
			                             "checkout-api/checkout-api-7d9f8b6c5d-%s/%s",
			                             pods[pod], list.items[i].relative));
		}
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT substr(path, 14, 5), lifetime, count(*) FROM v_capture"
	            " GROUP BY 1, 2 ORDER BY 1",
	            "mw9zk|1|40\n"
	            "x2x4q|2|40\n");
	assert_rows(t, "SELECT count(*) FROM audit WHERE reason = 'mixed-replicas'", "80\n");
}

/* live + 7 objects were ever allocated: see test_put_one_heap. */
static void write_alternating(struct test_ledger *t, int rounds, const int *steps, size_t count)
{
	for (int i = 0; i < rounds; i++) {
		for (size_t replica = 0; replica < count; replica++) {
			const int64_t at =
				NOON_NS + i * LL_NS_PER_HOUR + (int64_t)replica * LL_NS_PER_MINUTE;
			char name[64];

			(void)snprintf(name, sizeof name, "shop/pod-1/%02d-%zu.pb", i, replica);
			write_heap(t, name, at, steps[replica] + i * 10);
		}
	}
}

static void counters_that_go_up_and_down_alternately_are_of_replicas(void **state)
{
	struct test_ledger *const t = *state;
	static const int steps[] = {100, 10};

	write_alternating(t, 6, steps, 2);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, lives, "1|first capture|6\n2|another one at the same time|6\n");
	assert_rows(t, remarks, "mixed-replicas|0|12\n");
}

static void a_few_ups_and_downs_prove_nothing(void **state)
{
	struct test_ledger *const t = *state;
	static const int steps[] = {100, 10};

	write_alternating(t, 3, steps, 2);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "");
}

static void a_process_that_is_restarted_every_day_is_no_replica(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 30; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/%02d.pb", i);
		write_heap(t, name, NOON_NS + i * LL_NS_PER_HOUR, 5 + (i % 5) * 20 + i % 3);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "6\n");
	assert_rows(t, remarks, "");
}

/* A crash loop: each life is seen twice, young and old by chance. */
static void a_crash_loop_is_no_replica(void **state)
{
	struct test_ledger *const t = *state;
	static const int live[] = {12, 90, 31, 77, 8, 95, 22, 60, 15, 88, 27, 71};

	for (size_t i = 0; i < LL_COUNT(live); i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/%02zu.pb", i);
		write_heap(t, name, NOON_NS + (int64_t)i * LL_NS_PER_HOUR, live[i]);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "6\n");
	assert_rows(t, remarks, "");
}

/* ------------------------------------------------------------------------ clocks */

static void a_real_capture_that_is_older_than_its_own_collection_is_marked(void **state)
{
	struct test_ledger *const t = *state;

	if (!write_real(t, "shop/2023-08-25.allocs-debug2.txt",
	                "LandonTClipp__LandonTClipp.github.io/docs/blog/posts/"
	                "2023-08-25-golang-profile-guided-optimizations.md.allocs-debug2.txt"))
		skip();
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details,
	            "clock|taken 332442 s before its own last collection; its name gives no zone, "
	            "UTC was assumed|0\n");
}

static void a_name_in_local_time_ahead_of_utc_is_marked(void **state)
{
	struct test_ledger *const t = *state;

	/* Written at noon UTC, which is nine in the evening in Tokyo. */
	write_dump(t, "shop/pod-1/goroutine-20260301-210000.txt", 3);
	set_file_time(t, "shop/pod-1/goroutine-20260301-210000.txt", NOON_S);
	write_dump(t, "shop/pod-2/goroutine-20260301T210000Z.txt", 4);
	set_file_time(t, "shop/pod-2/goroutine-20260301T210000Z.txt", NOON_S);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details,
	            "clock|taken 9.0 h after its file was written: its name gives no zone, UTC was "
	            "assumed|0\n");
	assert_rows(t,
	            "SELECT instance, time_source, time_zone_assumed FROM v_capture"
	            " ORDER BY instance",
	            "pod-1|file-name|1\npod-2|file-name|0\n");
}

static void one_capture_of_many_that_comes_from_the_future_is_marked(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 20; i++) {
		const int64_t at = NOON_S + (int64_t)i * 3600 + (i == 7 ? INT64_C(30) * 86400 : 0);
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/goroutine-%" PRId64 ".txt", at);
		write_dump(t, name, 3 + i);
		set_file_time(t, name, NOON_S + (int64_t)i * 3600 + 5);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details, "clock|taken 30.0 days after its file was written|0\n");
}

/* The machine that keeps the captures has a wrong clock, or a copy lost their times. */
static void when_all_captures_come_from_the_future_it_is_not_they(void **state)
{
	struct test_ledger *const t = *state;

	for (int i = 0; i < 20; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/goroutine-%" PRId64 ".txt",
		               NOON_S + (int64_t)i * 3600);
		write_dump(t, name, 3 + i);
		set_file_time(t, name, NOON_S - INT64_C(300) * 86400);
	}
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, remarks, "");
}

/* Our real captures with the time of one name changed. */
static void rename_sample(struct test_ledger *t, int64_t sample_s, int64_t name_s)
{
	char sample[128], name[64];

	(void)snprintf(sample, sizeof sample,
	               "doc-preview/doc-preview-7b8c6f5d9c-2lq9m/%s-%" PRId64 ".json", "memstats",
	               sample_s);
	(void)snprintf(name, sizeof name, "doc/pod-1/memstats-%" PRId64 ".json", name_s);
	write_sample(t, name, sample);
}

static void a_capture_that_its_collections_put_earlier_is_left_out(void **state)
{
	struct test_ledger *const t = *state;

	rename_sample(t, 1795277496, 1795277496);
	rename_sample(t, 1795277556, 1795277556 + 200);
	rename_sample(t, 1795277616, 1795277616);
	rename_sample(t, 1795277676, 1795277676);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM lifetime", "1\n");
	assert_rows(t, details, "clock|80 s after a capture that has seen more collections|1\n");
}

/* -------------------------------------------------------------------- file times */

static void a_time_that_only_the_file_tells_is_marked(void **state)
{
	struct test_ledger *const t = *state;

	write_dump(t, "shop/pod-1/goroutines.txt", 3);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details, "file-time|only the time of the file tells when it was taken|0\n");
}

static void files_that_were_unpacked_together_have_no_order(void **state)
{
	struct test_ledger *const t = *state;

	write_dump(t, "shop/pod-1/goroutines1.txt", 3);
	write_dump(t, "shop/pod-1/goroutines2.txt", 4);
	write_dump(t, "shop/pod-1/goroutines3.txt", 5);
	set_file_time(t, "shop/pod-1/goroutines1.txt", NOON_S);
	set_file_time(t, "shop/pod-1/goroutines2.txt", NOON_S);
	set_file_time(t, "shop/pod-1/goroutines3.txt", NOON_S);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT path, audit, is_left_out FROM v_capture ORDER BY path",
	            "shop/pod-1/goroutines1.txt|file-time: only file times, and 3 captures have "
	            "this one: it tells no order|1\n"
	            "shop/pod-1/goroutines2.txt|file-time: only file times, and 3 captures have "
	            "this one: it tells no order|1\n"
	            "shop/pod-1/goroutines3.txt|file-time: only file times, and 3 captures have "
	            "this one: it tells no order|0\n");
}

/* They were copied together because they belong together. */
static void files_of_one_cgroup_are_no_series(void **state)
{
	struct test_ledger *const t = *state;

	write_text(t, "shop/pod-1/memory.current", "1048576\n");
	write_text(t, "shop/pod-1/memory.max", "4194304\n");
	set_file_time(t, "shop/pod-1/memory.current", NOON_S);
	set_file_time(t, "shop/pod-1/memory.max", NOON_S);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, details, "file-time|only the time of the file tells when it was taken|0\n");
}

static void a_directory_of_one_day_takes_file_times_of_that_day(void **state)
{
	struct test_ledger *const t = *state;

	write_dump(t, "shop/pod-1/2026-03-01/goroutines1.txt", 3);
	write_dump(t, "shop/pod-1/2026-03-01/goroutines2.txt", 4);
	set_file_time(t, "shop/pod-1/2026-03-01/goroutines1.txt", NOON_S);
	set_file_time(t, "shop/pod-1/2026-03-01/goroutines2.txt", NOON_S + INT64_C(365) * 86400);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT time_source, (time_ns - 1772366400000000000) / 1000000000,"
	            " time_zone_assumed FROM v_capture ORDER BY path",
	            "mtime|0|0\ndirectory|-43200|1\n");
}

/* ----------------------------------------------------------------------- repeated */

static void the_same_bytes_under_several_names_of_a_directory_are_marked(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap-1.pb", NOON_NS, 10);
	write_heap(t, "shop/pod-1/heap-2.pb", NOON_NS, 10);
	write_heap(t, "shop/pod-1/heap-3.pb", NOON_NS, 10);
	write_heap(t, "copy/pod-1/heap-1.pb", NOON_NS, 10);
	(void)test_ledger_ingest(t, 1);

	assert_rows(
		t, details,
		"repeated|3 files of one directory hold the same bytes: 'shop/pod-1/heap-1.pb', "
		"'shop/pod-1/heap-3.pb' ...|0\n");
}

/* -------------------------------------------------------------------- no false alarms */

/* Twenty processes that were watched for forty minutes, on a busy machine. */
static void our_samples_have_few_oddities_and_those_are_true(void **state)
{
	struct test_ledger *const t = *state;

	(void)test_ledger_ingest_root(t, ll_test_source("samples/fleet"), 2);

	assert_rows(t,
	            "SELECT a.reason, s.name FROM audit AS a JOIN capture AS c USING (capture_id)"
	            " JOIN service AS s USING (service_id) WHERE a.reason <> 'same-gc-cycle'",
	            "forced-gc|feature-flags\n");
	/* Captures of two services came faster than their collections. */
	assert_true(test_ledger_i64(t, "SELECT count(*) FROM audit"
	                               " WHERE reason = 'same-gc-cycle'") < 20);
}

static void every_reason_is_documented(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf page;
	struct ll_error err = LL_ERROR_INIT;
	size_t count;
	const struct ll_resource *const all = ll_resource_all(t->resources, &count);

	ll_buf_init(&page, LL_BUF_PAGE);
	assert_ok(ll_file_read(ll_test_source("docs/ledger.md"), &page, &err), &err);
	for (size_t i = 0; i < count; i++) {
		struct ll_str reason = ll_str(all[i].name);
		char cell[128];

		if (!ll_str_skip(&reason, "sql/audit/") || !ll_str_ends(reason, ".sql"))
			continue;
		(void)snprintf(cell, sizeof cell, "\n| `%.*s` |", (int)(reason.size - 4),
		               reason.data);
		if (ll_str_find(ll_buf_str(&page), cell) == SIZE_MAX)
			fail_msg("docs/ledger.md has no row of '%s'", all[i].name);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(failed_captures_are_rejected_with_what_they_are),
		TEST(a_profile_without_samples_among_others_is_left_out),
		TEST(truncated_dumps_are_left_out_beside_whole_ones),
		TEST(a_real_dump_with_fewer_goroutines_than_its_title_says_is_truncated),
		TEST(real_delta_profiles_are_left_out),
		TEST(real_profiles_of_other_runtimes_are_left_out),
		TEST(a_changed_sampling_rate_is_told),
		TEST(real_heaps_between_which_no_collection_ran_count_once),
		TEST(a_heap_that_stands_still_for_hours_is_seen_again_and_again),
		TEST(collections_that_captures_force_are_told_once_for_a_life),
		TEST(collections_that_the_program_forces_are_its_own_business),
		TEST(real_replicas_in_one_directory_are_told_apart_by_their_collections),
		TEST(counters_that_go_up_and_down_alternately_are_of_replicas),
		TEST(a_few_ups_and_downs_prove_nothing),
		TEST(a_process_that_is_restarted_every_day_is_no_replica),
		TEST(a_crash_loop_is_no_replica),
		TEST(a_real_capture_that_is_older_than_its_own_collection_is_marked),
		TEST(a_name_in_local_time_ahead_of_utc_is_marked),
		TEST(one_capture_of_many_that_comes_from_the_future_is_marked),
		TEST(when_all_captures_come_from_the_future_it_is_not_they),
		TEST(a_capture_that_its_collections_put_earlier_is_left_out),
		TEST(a_time_that_only_the_file_tells_is_marked),
		TEST(files_that_were_unpacked_together_have_no_order),
		TEST(files_of_one_cgroup_are_no_series),
		TEST(a_directory_of_one_day_takes_file_times_of_that_day),
		TEST(the_same_bytes_under_several_names_of_a_directory_are_marked),
		TEST(our_samples_have_few_oddities_and_those_are_true),
		TEST(every_reason_is_documented),
	};

	return cmocka_run_group_tests_name("ledger.audit", tests, NULL, NULL);
}
