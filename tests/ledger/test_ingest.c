/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_ingest.c - a directory of captures into the ledger: what is stored, that nothing is counted
 * twice, and that what cannot be read harms nothing else.
 */
#include "captures.h"
#include "ledgers.h"

#include <leakledger/file.h>
#include <leakledger/sqlite.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

static void write_heap(struct test_ledger *t, const char *name, int64_t time_ns, int64_t live)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, time_ns, NULL, live);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void write_gzip(struct test_ledger *t, const char *name, int64_t live, size_t cut)
{
	struct ll_buf bytes, packed;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_buf_init(&packed, LL_BUF_PAGE);
	test_put_one_heap(&bytes, NOON_NS, NULL, live);
	test_put_gzip(&packed, ll_buf_str(&bytes));
	test_ledger_write(t, name, ll_str_first(ll_buf_str(&packed), packed.size - cut));
	ll_buf_done(&bytes);
	ll_buf_done(&packed);
}

static void write_dump(struct test_ledger *t, const char *name, int64_t count)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, count);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

/* --------------------------------------------------------------- what is stored */

static void a_heap_profile_becomes_a_capture_with_its_totals_and_samples(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap.pb", NOON_NS, 3);

	const struct ll_ingest_result result = test_ledger_ingest(t, 1);

	assert_int_equal(result.files, 1);
	assert_int_equal(result.captures, 1);
	assert_int_equal(result.rejected, 0);
	assert_int_equal(result.usable, 1);
	assert_rows(t,
	            "SELECT path, kind, format, service, instance, time_ns, time_source, lifetime,"
	            " status, reason FROM v_capture",
	            "shop/pod-1/heap.pb|heap|pprof|shop|pod-1|1772366400000000000|content|1|ok|\n");
	/* 3 and 10 samples of 1 KiB, one every 512 KiB: 1 / (1 - exp(-1/512)) objects each. */
	assert_rows(t,
	            "SELECT value ->> '$.inuse_objects', value ->> '$.inuse_space',"
	            " value ->> '$.alloc_objects', value ->> '$.alloc_space'"
	            " FROM (SELECT totals AS value FROM v_capture)",
	            "1537|1574400|5125|5248001\n");
	assert_rows(t,
	            "SELECT kind, block_size, v0, v1, v2, v3, alloc_count, inuse_count FROM sample",
	            "heap|1024|5125|5248001|1537|1574400|10|3\n");
	assert_rows(t, "SELECT position, function, file, line FROM stack_frame ORDER BY position",
	            "0|shop/cart.(*Store).Put|/src/shop/cart/store.go|31\n"
	            "1|main.main|/src/shop/main.go|9\n");
}

static void a_profile_without_any_sample_is_a_capture_with_totals_of_zero(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_heap(&bytes, &(struct test_heap){.time_ns = NOON_NS});
	test_ledger_write(t, "shop/pod-1/heap.pb", ll_buf_str(&bytes));
	ll_buf_done(&bytes);

	assert_int_equal(test_ledger_ingest(t, 1).captures, 1);

	assert_rows(t, "SELECT status, totals ->> '$.inuse_space' FROM v_capture", "ok|0\n");
	assert_rows(t, "SELECT count(*) FROM sample", "0\n");
}

static void a_total_that_does_not_fit_is_not_shown(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/heap.txt",
	                  ll_str("heap profile: 2: 9 [2: 16] @ heap/1\n"
	                         "1: 9223372036854775807 [1: 8] @ 0x1001\n"
	                         "1: 9223372036854775807 [1: 8] @ 0x1002\n"));
	test_ledger_write(t, "shop/pod-1/goroutine.txt",
	                  ll_str("goroutine profile: total 9223372036854775807\n"
	                         "9223372036854775807 @ 0x1001\n9223372036854775807 @ 0x1002\n"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(
		t,
		"SELECT kind, status, totals, reason LIKE '%a total does not fit 63 bits'"
		" FROM v_capture ORDER BY kind",
		"goroutine|partial|{}|1\n"
		"heap|partial|{\"alloc_objects\":2,\"alloc_space\":16,\"inuse_objects\":2}|1\n");
}

static void the_lower_bound_of_a_time_is_called_so(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_write(t, "shop/pod-1/vars.json",
	                  ll_str("{\"HeapAlloc\":5,\"NextGC\":7,\"NumGC\":1,"
	                         "\"LastGC\":1772366400000000000}"));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT time_ns, time_source FROM v_capture",
	            "1772366400000000000|not-before\n");
	/* The word of older versions. */
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger),
	                         "UPDATE capture SET time_source = 'last-gc'", &err),
	          &err);
	assert_rows(t, "SELECT time_source FROM v_capture", "not-before\n");
}

static void a_goroutine_dump_becomes_groups_with_state_creator_and_ages(void **state)
{
	struct test_ledger *const t = *state;

	write_dump(t, "shop/pod-1/goroutine-1772366400.txt", 40);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT kind, variant, time_ns, time_source, totals FROM v_capture",
	            "goroutine|debug=2|1772366400000000000|file-name|{\"goroutine\":40}\n");
	assert_rows(t,
	            "SELECT s.value, g.count, g.min_minutes, g.max_minutes, f.name, fr.line"
	            " FROM goroutine_group AS g JOIN word AS s ON s.word_id = g.state_id"
	            " JOIN frame AS fr ON fr.frame_id = g.creator_id"
	            " JOIN function AS f USING (function_id)",
	            "chan receive|40|3|3|shop/hub.New|20\n");
}

static void a_log_without_years_has_that_of_its_file(void **state)
{
	struct test_ledger *const t = *state;
	const struct timespec times[2] = {{.tv_sec = 1772366400}, {.tv_sec = 1772366400}};
	char path[512];

	test_ledger_write(t, "shop/pod-1/messages",
	                  ll_str("Feb 28 23:59:59 n1 hub[7]: goroutine 1 [select]:\n"
	                         "Feb 28 23:59:59 n1 hub[7]: main.f()\n"
	                         "Feb 28 23:59:59 n1 hub[7]: \t/f.go:1 +0x1\n"));
	(void)snprintf(path, sizeof path, "%s/shop/pod-1/messages", t->root);
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	(void)test_ledger_ingest(t, 1);

	/* 2026-02-28T23:59:59Z */
	assert_rows(t, "SELECT service, instance, time_ns, time_source FROM v_capture",
	            "hub|n1|1772323199000000000|content\n");
}

static void memstats_become_columns_and_absent_fields_stay_null(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_memstats(&bytes, &(struct test_memstats){.live = 1000000,
	                                                  .total_alloc = 64000000,
	                                                  .num_gc = 12,
	                                                  .last_gc_ns = NOON_NS - 1});
	test_ledger_write(t, "shop/pod-1/memstats-1772366400.json", ll_buf_str(&bytes));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t,
	            "SELECT next_gc, heap_alloc, num_gc, total_alloc, max_rss, ring FROM memstats",
	            "2000000|1250000|12|64000000||\n");
	ll_buf_done(&bytes);
}

static void every_member_of_a_gzip_file_is_a_capture(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes, packed;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_buf_init(&packed, LL_BUF_PAGE);
	for (int64_t i = 1; i <= 3; i++) {
		ll_buf_clear(&bytes);
		test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_S, NULL, i);
		test_put_gzip(&packed, ll_buf_str(&bytes));
	}
	test_ledger_write(t, "shop/pod-1/heaps.pb.gz", ll_buf_str(&packed));

	const struct ll_ingest_result result = test_ledger_ingest(t, 1);

	assert_int_equal(result.files, 1);
	assert_int_equal(result.captures, 3);
	assert_rows(t,
	            "SELECT member, status, totals ->> '$.inuse_objects' FROM v_capture"
	            " ORDER BY member",
	            "0|ok|512\n1|ok|1025\n2|ok|1537\n");
	ll_buf_done(&bytes);
	ll_buf_done(&packed);
}

/* ------------------------------------------------------------------- idempotence */

static void reading_the_same_directory_again_adds_nothing(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf first, second;

	for (int i = 0; i < 5; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-%d/heap-%d.pb", i % 2, i);
		write_heap(t, name, NOON_NS + i * LL_NS_PER_S, i + 1);
	}
	test_ledger_write(t, "shop/pod-1/broken.pb.gz", ll_str("\x1f\x8b nothing"));
	ll_buf_init(&first, LL_BUF_PAGE);
	ll_buf_init(&second, LL_BUF_PAGE);

	assert_int_equal(test_ledger_ingest(t, 2).captures, 5);
	test_ledger_export(t, &first);
	const struct ll_ingest_result again = test_ledger_ingest(t, 2);
	test_ledger_export(t, &second);

	assert_int_equal(again.captures, 0);
	assert_int_equal(again.new_files, 0);
	assert_int_equal(again.files, 6);
	assert_int_equal(again.usable, 5);
	assert_int_equal(again.rejected, 1);
	test_assert_same_text(ll_buf_str(&first), ll_buf_str(&second));
	ll_buf_done(&first);
	ll_buf_done(&second);
}

static void a_second_reading_makes_no_service_dirty(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap.pb", NOON_NS, 3);
	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_analyze(t);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT name, is_dirty FROM service", "shop|0\n");
}

static void a_renamed_file_is_not_counted_twice(void **state)
{
	struct test_ledger *const t = *state;
	char from[1024], to[1024];

	write_heap(t, "shop/pod-1/heap.pb", NOON_NS, 3);
	(void)test_ledger_ingest(t, 1);
	(void)snprintf(from, sizeof from, "%s/shop/pod-1/heap.pb", t->root);
	(void)snprintf(to, sizeof to, "%s/shop/pod-1/renamed.pb", t->root);
	assert_int_equal(rename(from, to), 0);

	const struct ll_ingest_result again = test_ledger_ingest(t, 1);

	assert_int_equal(again.captures, 0);
	assert_rows(t, "SELECT count(*) FROM capture", "1\n");
	assert_rows(t, "SELECT path, status, reason FROM v_capture ORDER BY path",
	            "shop/pod-1/heap.pb|ok|\n"
	            "shop/pod-1/renamed.pb|known|same bytes as shop/pod-1/heap.pb\n");
}

static void a_copy_in_the_same_run_is_read_once(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/a.pb", NOON_NS, 3);
	write_heap(t, "shop/pod-1/b.pb", NOON_NS, 3);

	assert_int_equal(test_ledger_ingest(t, 1).captures, 1);

	assert_rows(t, "SELECT path, status FROM v_capture ORDER BY path",
	            "shop/pod-1/a.pb|ok\nshop/pod-1/b.pb|known\n");
}

static void a_limit_of_another_container_is_its_own_though_the_bytes_are_the_same(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/cgroup/memory.max", ll_str("268435456\n"));
	test_ledger_write(t, "shop/pod-1/cgroup/memory.current", ll_str("268435456\n"));
	test_ledger_write(t, "mail/pod-7/cgroup/memory.max", ll_str("268435456\n"));

	(void)test_ledger_ingest(t, 1);
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT service, name, value FROM v_reading ORDER BY 1, 2",
	            "mail|cgroup.memory.max|268435456.0\n"
	            "shop|cgroup.memory.current|268435456.0\n"
	            "shop|cgroup.memory.max|268435456.0\n");
}

static void the_same_content_compressed_otherwise_is_one_capture(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/a.pb", NOON_NS, 3);
	write_gzip(t, "shop/pod-1/b.pb.gz", 3, 0);

	assert_int_equal(test_ledger_ingest(t, 1).captures, 1);

	assert_rows(t, "SELECT count(DISTINCT hash) FROM v_capture", "1\n");
}

static void a_file_with_other_bytes_under_a_known_name_is_read(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-1/heap.pb", NOON_NS, 3);
	(void)test_ledger_ingest(t, 1);
	write_heap(t, "shop/pod-1/heap.pb", NOON_NS + LL_NS_PER_S, 4);

	assert_int_equal(test_ledger_ingest(t, 1).captures, 1);

	assert_rows(t, "SELECT count(*) FROM capture", "2\n");
	assert_rows(t, "SELECT totals ->> '$.inuse_objects' FROM v_capture ORDER BY 1",
	            "1537\n2050\n");
}

static void late_captures_take_their_place_in_time(void **state)
{
	struct test_ledger *const t = *state;
	struct test_ledger other;
	struct ll_buf late, whole;

	/* Written out of order in three runs, and all at once into another ledger. */
	test_ledger_open(&other, NULL);
	for (int run = 0; run < 3; run++) {
		for (int i = (run * 2) % 3; i < 12; i += 3) {
			char name[64];

			(void)snprintf(name, sizeof name, "shop/pod-1/heap-%02d.pb", i);
			write_heap(t, name, NOON_NS + i * LL_NS_PER_HOUR, 10 + i);
			write_heap(&other, name, NOON_NS + i * LL_NS_PER_HOUR, 10 + i);
		}
		(void)test_ledger_ingest(t, 1);
	}
	(void)test_ledger_ingest(&other, 1);
	ll_buf_init(&late, LL_BUF_PAGE);
	ll_buf_init(&whole, LL_BUF_PAGE);
	test_ledger_export(t, &late);
	test_ledger_export(&other, &whole);

	test_assert_same_text(ll_buf_str(&whole), ll_buf_str(&late));

	ll_buf_done(&late);
	ll_buf_done(&whole);
	test_ledger_done(&other);
}

/* --------------------------------------------------------------------- bad input */

/* One good capture beside whatever else the test wrote: it must be there, and only it. */
static void assert_good_one_survives(struct test_ledger *t, size_t rejected)
{
	write_heap(t, "shop/pod-1/good.pb", NOON_NS, 3);

	const struct ll_ingest_result result = test_ledger_ingest(t, 2);

	assert_int_equal(result.captures, 1);
	assert_int_equal(result.usable, 1);
	assert_int_equal(result.rejected, rejected);
	assert_rows(t, "SELECT path, status FROM v_capture WHERE status <> 'rejected'",
	            "shop/pod-1/good.pb|ok\n");
	assert_rows(t,
	            "SELECT count(*) FROM v_capture WHERE status = 'rejected' AND"
	            " coalesce(reason, '') = ''",
	            "0\n");
}

static void assert_reason(struct test_ledger *t, const char *path, const char *words)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(t->ledger,
	                          ll_str("SELECT reason FROM v_capture WHERE path = :path"), &stmt,
	                          &err),
	          &err);
	ll_stmt_bind_text(stmt, ":path", ll_str(path));
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	if (ll_str_find(ll_stmt_text(stmt, 0), words) == SIZE_MAX)
		fail_msg("'%.*s' does not say '%s'", LL_STR_ARG(ll_stmt_text(stmt, 0)), words);
}

static void an_empty_file_is_rejected_as_empty(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/empty.pb.gz", ll_str(""));
	assert_good_one_survives(t, 1);
	assert_reason(t, "shop/pod-1/empty.pb.gz", "empty");
}

static void a_truncated_gzip_is_rejected_as_truncated(void **state)
{
	struct test_ledger *const t = *state;

	write_gzip(t, "shop/pod-1/cut.pb.gz", 9, 20);
	assert_good_one_survives(t, 1);
	assert_reason(t, "shop/pod-1/cut.pb.gz", "truncated");
}

static void garbage_is_rejected_as_no_format_that_is_known(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/noise.bin",
	                  ll_str_n("\x00\x01\x02\xff\xfe\xfd some bytes", 18));
	assert_good_one_survives(t, 1);
	assert_reason(t, "shop/pod-1/noise.bin", "no");
}

static void a_profile_cut_in_the_middle_is_rejected_and_leaves_no_samples(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, NOON_NS, NULL, 77);
	test_ledger_write(t, "shop/pod-1/cut.pb", ll_str_first(ll_buf_str(&bytes), bytes.size / 2));
	ll_buf_done(&bytes);

	assert_good_one_survives(t, 1);
	assert_rows(t, "SELECT inuse_count FROM sample", "3\n");
}

static void a_fifo_is_rejected_without_waiting_for_a_writer(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024];

	write_heap(t, "shop/pod-1/first.pb", NOON_NS + 1, 1);
	(void)test_ledger_ingest(t, 1);
	(void)snprintf(path, sizeof path, "%s/shop/pod-1/pipe.pb", t->root);
	assert_int_equal(mkfifo(path, 0600), 0);
	(void)snprintf(path, sizeof path, "%s/shop/pod-1/first.pb", t->root);
	assert_int_equal(unlink(path), 0);
	write_heap(t, "shop/pod-1/good.pb", NOON_NS, 3);

	const struct ll_ingest_result result = test_ledger_ingest(t, 2);

	assert_int_equal(result.captures, 1);
	assert_reason(t, "shop/pod-1/pipe.pb", "FIFO");
}

static void a_link_that_leads_out_of_the_root_is_rejected(void **state)
{
	struct test_ledger *const t = *state;
	char *const outside = ll_test_write(t->directory, "secret.txt", ll_str("secret"));
	char path[1024];

	write_heap(t, "shop/pod-1/good.pb", NOON_NS, 3);
	(void)snprintf(path, sizeof path, "%s/shop/pod-1/link.pb", t->root);
	assert_int_equal(symlink(outside, path), 0);

	assert_good_one_survives(t, 1);
	assert_reason(t, "shop/pod-1/link.pb", "link");
	free(outside);
}

/* Root may read everything: such a run becomes another user for as long as it reads. */
static void an_unreadable_directory_is_rejected_and_the_rest_is_read(void **state)
{
	enum { NOBODY = 65534 };
	struct test_ledger *const t = *state;
	const bool is_root = geteuid() == 0;
	char path[1024], command[1200];

	write_heap(t, "shop/pod-1/good.pb", NOON_NS, 3);
	write_heap(t, "shop/pod-2/heap.pb", NOON_NS, 9);
	(void)snprintf(path, sizeof path, "%s/shop/pod-2", t->root);
	assert_int_equal(chmod(path, 0), 0);
	(void)snprintf(command, sizeof command, "chown -R %d '%s'", NOBODY, t->directory);
	if (is_root && (ll_test_run(command, NULL) != 0 || seteuid(NOBODY) != 0)) {
		print_message("root here may not become another user: skipped\n");
		skip();
	}

	assert_good_one_survives(t, 1);
	assert_reason(t, "shop/pod-2", "ermission denied");
	assert_int_equal(chmod(path, 0700), 0);
	if (is_root)
		assert_int_equal(seteuid(0), 0);
}

static void a_directory_that_is_nested_too_deeply_is_rejected_and_the_rest_is_read(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024] = "";

	for (int i = 0; i < LL_WALK_DEPTH + 2; i++)
		(void)snprintf(path + strlen(path), sizeof path - strlen(path), "d/");
	(void)snprintf(path + strlen(path), sizeof path - strlen(path), "heap.pb");
	write_heap(t, path, NOON_NS, 9);

	assert_good_one_survives(t, 1);
}

/* Control characters become U+FFFD, so that a name stays on one line wherever it is printed. */
static void hostile_names_are_kept_as_they_are(void **state)
{
	static const char *const names[] = {
		"it's \"quoted\"/pod'; DROP TABLE capture;--/heap.pb",
		"<script>alert(1)/<b>&amp;/heap.pb",
		"back\\slash/line\nfeed/heap.pb",
		"shop../%s%n%d/heap.pb",
		"\xc3\xbcml\xc3\xa4ut/\xe2\x82\xac/heap.pb",
	};
	struct test_ledger *const t = *state;

	for (size_t i = 0; i < LL_COUNT(names); i++)
		write_heap(t, names[i], NOON_NS + (int64_t)i, (int64_t)i + 1);

	const struct ll_ingest_result result = test_ledger_ingest(t, 2);

	assert_int_equal(result.captures, LL_COUNT(names));
	assert_int_equal(result.rejected, 0);
	assert_rows(t,
	            "SELECT service || ' # ' || instance FROM v_capture"
	            " ORDER BY time_ns",
	            "it's \"quoted\" # pod'; DROP TABLE capture;--\n"
	            "<script>alert(1) # <b>&amp;\n"
	            "back\\slash # line\xef\xbf\xbd"
	            "feed\n"
	            "shop.. # %s%n%d\n"
	            "\xc3\xbcml\xc3\xa4ut # \xe2\x82\xac\n");
}

static void a_name_that_is_no_utf8_is_read_and_shown_as_valid_text(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, "shop/pod-\xff\xfe/heap.pb", NOON_NS, 1);

	assert_int_equal(test_ledger_ingest(t, 1).captures, 1);

	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(t->ledger, ll_str("SELECT instance FROM v_capture"), &stmt, &err),
	          &err);
	assert_int_equal(ll_stmt_step(stmt, &err), 1);
	assert_true(ll_utf8_is_valid(ll_stmt_text(stmt, 0)));
}

static void one_root_may_be_written_in_several_ways(void **state)
{
	static const char *const ways[] = {"in", "in/", "./in", ".//./in//", "././in"};
	struct test_ledger *const t = *state;
	char before[1024];

	write_heap(t, "shop/pod-1/heap.pb", NOON_NS, 3);
	assert_non_null(getcwd(before, sizeof before));
	assert_int_equal(chdir(t->directory), 0);
	for (size_t i = 0; i < LL_COUNT(ways); i++) {
		const struct ll_ingest_result result = test_ledger_ingest_root(t, ways[i], 1);

		assert_int_equal(result.files, 1);
		assert_int_equal(result.usable, 1);
	}
	(void)test_ledger_ingest_root(t, "./in/shop/", 1);
	assert_int_equal(chdir(t->root), 0);
	(void)test_ledger_ingest_root(t, "./", 1);
	(void)test_ledger_ingest_root(t, ".//.", 1);
	assert_int_equal(chdir(before), 0);

	assert_rows(t, "SELECT root FROM file ORDER BY root", ".\nin\nin/shop\n");
}

static void a_root_that_is_not_there_is_a_failure_that_names_it(void **state)
{
	struct test_ledger *const t = *state;
	const char *const root = "/nowhere/captures";
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_true(ll_ingest(t->ledger,
	                      &(struct ll_ingest_options){.roots = &root,
	                                                  .root_count = 1,
	                                                  .limits = ll_limits_default,
	                                                  .version = "test"},
	                      &result, &err) < 0);

	assert_non_null(strstr(err.text, root));
}

static void a_rejected_content_is_tried_again_by_another_version_only(void **state)
{
	struct test_ledger *const t = *state;
	const char *const root = t->root;
	struct ll_ingest_options options = {
		.roots = &root, .root_count = 1, .limits = ll_limits_default, .version = "newer"};
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_write(t, "shop/pod-1/noise.bin", ll_str("\x01\x02\x03 nothing that is known"));
	assert_int_equal(test_ledger_ingest(t, 1).new_files, 1);
	assert_int_equal(test_ledger_ingest(t, 1).new_files, 0);

	assert_ok(ll_ingest(t->ledger, &options, &result, &err), &err);

	assert_int_equal(result.new_files, 1);
	assert_rows(t, "SELECT DISTINCT reader FROM content", "newer\n");
}

static void a_container_that_was_rejected_is_tried_again_by_another_version_only(void **state)
{
	struct test_ledger *const t = *state;
	const char *const root = t->root;
	struct ll_ingest_options options = {
		.roots = &root, .root_count = 1, .limits = ll_limits_default, .version = "newer"};
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	test_ledger_write(t, "shop/pod-1/bad.zip", ll_str("PK\x03\x04 not at all"));
	test_ledger_write(t, "shop/pod-1/same.zip", ll_str("PK\x03\x04 not at all"));
	assert_int_equal(test_ledger_ingest(t, 1).new_files, 2);
	assert_int_equal(test_ledger_ingest(t, 1).new_files, 0);
	assert_rows(t, "SELECT DISTINCT reason IS NULL, reader FROM file", "0|test\n");

	assert_ok(ll_ingest(t->ledger, &options, &result, &err), &err);

	assert_true(result.new_files > 0);
	assert_rows(t, "SELECT DISTINCT reason IS NULL, reader FROM file", "0|newer\n");
}

/* ----------------------------------------------------------------------- threads */

static void one_thread_and_four_give_the_same_content(void **state)
{
	struct test_ledger *const t = *state;
	struct test_ledger other;
	struct ll_buf one, four;

	for (int i = 0; i < 700; i++) {
		char name[80];

		(void)snprintf(name, sizeof name, "service-%d/pod-%d/heap-%03d.pb", i % 3, i % 7,
		               i);
		write_heap(t, name, NOON_NS + i * LL_NS_PER_MINUTE, i + 1);
		if (i % 50 == 0) {
			(void)snprintf(name, sizeof name, "service-%d/pod-%d/bad-%03d.gz", i % 3,
			               i % 7, i);
			test_ledger_write(t, name, ll_str("\x1f\x8b\x08 not at all"));
		}
		if (i % 10 == 0) {
			(void)snprintf(name, sizeof name, "service-%d/pod-%d/goroutine-%d.txt",
			               i % 3, i % 7, 1772366400 + i * 60);
			write_dump(t, name, i + 1);
		}
	}
	test_ledger_open(&other, NULL);
	ll_buf_init(&one, LL_BUF_PAGE);
	ll_buf_init(&four, LL_BUF_PAGE);

	const struct ll_ingest_result first = test_ledger_ingest(t, 1);
	const struct ll_ingest_result second = test_ledger_ingest_root(&other, t->root, 4);
	test_ledger_export(t, &one);
	test_ledger_export(&other, &four);

	assert_int_equal(first.captures, 770);
	assert_int_equal(first.rejected, 14);
	assert_memory_equal(&first, &second, sizeof first);
	test_assert_same_text(ll_buf_str(&one), ll_buf_str(&four));
	ll_buf_done(&one);
	ll_buf_done(&four);
	test_ledger_done(&other);
}

/* ---------------------------------------------------------------------- progress */

struct seen {
	size_t calls, done, total;
	int64_t bytes_done, bytes_total;
	bool fell;
};

static void see(void *self, size_t done, size_t total, int64_t bytes_done, int64_t bytes_total)
{
	struct seen *const seen = self;

	seen->fell |= done < seen->done || bytes_done < seen->bytes_done;
	seen->calls++;
	seen->done = done;
	seen->total = total;
	seen->bytes_done = bytes_done;
	seen->bytes_total = bytes_total;
}

static void progress_rises_to_all_files_and_bytes(void **state)
{
	struct test_ledger *const t = *state;
	const char *const root = t->root;
	struct seen seen = {0};
	const struct ll_progress progress = {.self = &seen, .files = see};
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	for (int i = 0; i < 9; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/heap-%d.pb", i);
		write_heap(t, name, NOON_NS + i, i + 1);
	}

	assert_ok(ll_ingest(t->ledger,
	                    &(struct ll_ingest_options){.roots = &root,
	                                                .root_count = 1,
	                                                .limits = ll_limits_default,
	                                                .version = "test",
	                                                .progress = &progress},
	                    &result, &err),
	          &err);

	assert_true(seen.calls > 0);
	assert_false(seen.fell);
	assert_int_equal(seen.done, 9);
	assert_int_equal(seen.total, 9);
	assert_int_equal(seen.bytes_done, seen.bytes_total);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_heap_profile_becomes_a_capture_with_its_totals_and_samples),
		TEST(a_profile_without_any_sample_is_a_capture_with_totals_of_zero),
		TEST(a_total_that_does_not_fit_is_not_shown),
		TEST(the_lower_bound_of_a_time_is_called_so),
		TEST(a_goroutine_dump_becomes_groups_with_state_creator_and_ages),
		TEST(a_log_without_years_has_that_of_its_file),
		TEST(memstats_become_columns_and_absent_fields_stay_null),
		TEST(every_member_of_a_gzip_file_is_a_capture),
		TEST(reading_the_same_directory_again_adds_nothing),
		TEST(a_second_reading_makes_no_service_dirty),
		TEST(a_renamed_file_is_not_counted_twice),
		TEST(a_copy_in_the_same_run_is_read_once),
		TEST(a_limit_of_another_container_is_its_own_though_the_bytes_are_the_same),
		TEST(the_same_content_compressed_otherwise_is_one_capture),
		TEST(a_file_with_other_bytes_under_a_known_name_is_read),
		TEST(late_captures_take_their_place_in_time),
		TEST(an_empty_file_is_rejected_as_empty),
		TEST(a_truncated_gzip_is_rejected_as_truncated),
		TEST(garbage_is_rejected_as_no_format_that_is_known),
		TEST(a_profile_cut_in_the_middle_is_rejected_and_leaves_no_samples),
		TEST(a_fifo_is_rejected_without_waiting_for_a_writer),
		TEST(a_link_that_leads_out_of_the_root_is_rejected),
		TEST(an_unreadable_directory_is_rejected_and_the_rest_is_read),
		TEST(a_directory_that_is_nested_too_deeply_is_rejected_and_the_rest_is_read),
		TEST(hostile_names_are_kept_as_they_are),
		TEST(a_name_that_is_no_utf8_is_read_and_shown_as_valid_text),
		TEST(one_root_may_be_written_in_several_ways),
		TEST(a_root_that_is_not_there_is_a_failure_that_names_it),
		TEST(a_rejected_content_is_tried_again_by_another_version_only),
		TEST(a_container_that_was_rejected_is_tried_again_by_another_version_only),
		TEST(one_thread_and_four_give_the_same_content),
		TEST(progress_rises_to_all_files_and_bytes),
	};

	return cmocka_run_group_tests_name("ledger ingest", tests, NULL, NULL);
}
