/* SPDX-License-Identifier: Apache-2.0 */
/* test_former.c - names that hold other bytes than before: what was read stays known and found. */
#include "archives.h"
#include "captures.h"
#include "ledgers.h"

#include <unistd.h>

#define TEST(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)

enum {
	LOGS = 4,
	NOON_S = 1772366400, /* 2026-03-01T12:00:00Z */
};

/* How many captures no file leads to, and how many files tell of other bytes than they hold. */
#define ASTRAY                                                                                     \
	"SELECT (SELECT count(*) FROM capture WHERE content_id NOT IN"                             \
	" (SELECT content_id FROM file_content)), (SELECT count(*) FROM file AS f"                 \
	" LEFT JOIN file_content USING (file_id) LEFT JOIN content AS c USING (content_id)"        \
	" WHERE f.stored IS NOT c.hash AND f.root NOT GLOB '*@*')"

/* A dump of `count` goroutines, so that each count is a content of its own. */
static void write_dump(struct test_ledger *t, const char *name, int64_t count)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf dump;

	ll_buf_init(&dump, LL_BUF_PAGE);
	test_put_one_dump(&dump, count);
	test_ledger_write(t, name, ll_buf_str(&dump));
}

static void move(const struct test_ledger *t, const char *from, const char *to)
{
	char old_path[1024], new_path[1024];

	(void)snprintf(old_path, sizeof old_path, "%s/%s", t->root, from);
	(void)snprintf(new_path, sizeof new_path, "%s/%s", t->root, to);
	assert_int_equal(rename(old_path, new_path), 0);
}

static void rotate(struct test_ledger *t, int64_t newest)
{
	for (int i = LOGS; i > 0; i--) {
		char from[64], to[64];

		(void)snprintf(from, sizeof from, "shop/pod-1/app.log.%d", i);
		(void)snprintf(to, sizeof to, "shop/pod-1/app.log.%d", i + 1);
		if (newest - i > 0)
			move(t, from, to);
	}
	write_dump(t, "shop/pod-1/app.log.1", newest);
}

static void rotated_logs_show_what_is_in_them(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t night = 1; night <= LOGS; night++) {
		rotate(t, night);
		assert_int_equal(test_ledger_ingest(t, 2).captures, 1);
		assert_rows(t, ASTRAY, "0|0\n");
	}

	assert_rows(t,
	            "SELECT root GLOB '*/in', path, status, totals ->> '$.goroutine' FROM v_capture"
	            " ORDER BY 1, 2",
	            "1|shop/pod-1/app.log.1|ok|4\n"
	            "1|shop/pod-1/app.log.2|ok|3\n"
	            "1|shop/pod-1/app.log.3|ok|2\n"
	            "1|shop/pod-1/app.log.4|ok|1\n");
}

static void files_that_change_places_show_what_is_in_them(void **state)
{
	struct test_ledger *const t = *state;

	write_dump(t, "shop/pod-1/a.txt", 1);
	write_dump(t, "shop/pod-1/b.txt", 2);
	(void)test_ledger_ingest(t, 1);
	move(t, "shop/pod-1/a.txt", "shop/pod-1/c.txt");
	move(t, "shop/pod-1/b.txt", "shop/pod-1/a.txt");
	move(t, "shop/pod-1/c.txt", "shop/pod-1/b.txt");

	assert_int_equal(test_ledger_ingest(t, 1).captures, 0);

	assert_rows(t, ASTRAY, "0|0\n");
	assert_rows(t, "SELECT path, totals ->> '$.goroutine' FROM v_capture ORDER BY path",
	            "shop/pod-1/a.txt|2\nshop/pod-1/b.txt|1\n");
}

static void captures_under_one_name_are_all_shown(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t night = 1; night <= 3; night++) {
		write_dump(t, "shop/pod-1/goroutines.txt", night);
		(void)test_ledger_ingest(t, 1);
	}

	assert_rows(t, "SELECT path, status, totals ->> '$.goroutine' FROM v_capture ORDER BY 3",
	            "shop/pod-1/goroutines.txt|ok|1\n"
	            "shop/pod-1/goroutines.txt|ok|2\n"
	            "shop/pod-1/goroutines.txt|ok|3\n");
	assert_rows(t, "SELECT count(DISTINCT root) FROM v_capture", "3\n");
}

static void bytes_that_come_back_are_known(void **state)
{
	struct test_ledger *const t = *state;

	for (int64_t night = 1; night <= 5; night++) {
		write_dump(t, "shop/pod-1/goroutines.txt", 1 + night % 2);
		(void)test_ledger_ingest(t, 1);
		assert_rows(t, ASTRAY, "0|0\n");
	}

	assert_rows(t, "SELECT totals ->> '$.goroutine', count(*) FROM v_capture GROUP BY 1",
	            "1|1\n2|1\n");
}

static void a_file_that_became_unreadable_keeps_its_captures(void **state)
{
	struct test_ledger *const t = *state;
	char path[1024];

	write_dump(t, "shop/pod-1/goroutines.txt", 1);
	(void)test_ledger_ingest(t, 1);
	(void)snprintf(path, sizeof path, "%s/shop/pod-1/goroutines.txt", t->root);
	assert_int_equal(remove(path), 0);
	assert_int_equal(symlink("/etc/hostname", path), 0);

	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT status, totals ->> '$.goroutine' FROM v_capture ORDER BY 1",
	            "ok|1\nrejected|\n");
}

static void what_was_rejected_and_written_over_is_forgotten(void **state)
{
	struct test_ledger *const t = *state;

	test_ledger_write(t, "shop/pod-1/heap.pb", ll_str("404 page not found\n"));
	assert_int_equal(test_ledger_ingest(t, 1).rejected, 1);
	write_dump(t, "shop/pod-1/heap.pb", 1);

	assert_int_equal(test_ledger_ingest(t, 1).rejected, 0);

	assert_rows(t, "SELECT status FROM v_capture", "ok\n");
	assert_rows(t, "SELECT count(*) FROM file", "1\n");
}

/* An archive that breaks off behind its first member. */
static void write_broken_archive(struct test_ledger *t, const char *name)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes, dump;
	struct test_archive archive;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_buf_init(&dump, LL_BUF_PAGE);
	test_put_one_dump(&dump, 1);
	test_archive_open(&archive, &bytes, "ustar", NULL);
	test_archive_put(&archive, "a.txt", ll_buf_str(&dump), NOON_S);
	test_archive_put(&archive, "b.txt", ll_buf_str(&dump), NOON_S);
	test_archive_close(&archive);
	/* One header, one block of bytes, and half of the next header. */
	test_ledger_write(t, name, ll_str_first(ll_buf_str(&bytes), 512 + 512 + 256));
}

static void damage_of_known_bytes_stays_known(void **state)
{
	struct test_ledger *const t = *state;

	write_broken_archive(t, "shop/pod-1/a.tar");
	(void)test_ledger_ingest(t, 1);
	write_broken_archive(t, "shop/pod-1/b.tar");

	assert_int_equal(test_ledger_ingest(t, 1).rejected, 2);

	assert_rows(t, "SELECT path, reason GLOB 'truncated tar*' FROM file ORDER BY path",
	            "shop/pod-1/a.tar|1\nshop/pod-1/b.tar|1\n");
}

/* What a log tells in one night: a dump and a collection. */
static void put_night(struct ll_buf *log, int night)
{
	ll_buf_printf(log,
	              "2026-11-0%dT01:06:27Z goroutine 1 [running]:\n"
	              "2026-11-0%dT01:06:27Z main.f()\n"
	              "2026-11-0%dT01:06:27Z \t/src/m.go:5 +0x1d\n"
	              "2026-11-0%dT01:06:27Z \n"
	              "2026-11-0%dT01:07:27Z gc %d @%d.1s 1%%: 0.1+1+0.1 ms clock, "
	              "1+1/1/1+1 ms cpu, 10->10->5 MB, 11 MB goal, 2 P\n",
	              night, night, night, night, night, night, night);
}

static void a_log_that_grows_counts_once(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf log;

	ll_buf_init(&log, LL_BUF_PAGE);
	for (int night = 1; night <= 3; night++) {
		put_night(&log, night);
		test_ledger_write(t, "shop/pod-1/app.log", ll_buf_str(&log));
		(void)test_ledger_ingest(t, 1);
	}

	assert_rows(t,
	            "SELECT kind, count(*), count(DISTINCT time_ns), max(samples) FROM capture"
	            " WHERE capture_id NOT IN (SELECT capture_id FROM audit WHERE is_left_out = 1)"
	            " GROUP BY kind ORDER BY kind",
	            "gctrace|1|1|3\ngoroutine|3|3|1\n");
	assert_rows(t, "SELECT DISTINCT reason FROM audit WHERE is_left_out = 1", "read-again\n");
}

static void stacks_that_are_printed_again_in_one_log_all_count(void **state)
{
	struct test_ledger *const t = *state;
	LL_CLEANUP(ll_buf_done) struct ll_buf log;

	ll_buf_init(&log, LL_BUF_PAGE);
	for (int i = 0; i < 3; i++)
		put_night(&log, 1);
	test_ledger_write(t, "shop/pod-1/app.log", ll_buf_str(&log));
	(void)test_ledger_ingest(t, 1);

	assert_rows(t, "SELECT count(*) FROM audit WHERE is_left_out = 1", "0\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(rotated_logs_show_what_is_in_them),
		TEST(files_that_change_places_show_what_is_in_them),
		TEST(captures_under_one_name_are_all_shown),
		TEST(bytes_that_come_back_are_known),
		TEST(a_file_that_became_unreadable_keeps_its_captures),
		TEST(what_was_rejected_and_written_over_is_forgotten),
		TEST(damage_of_known_bytes_stays_known),
		TEST(a_log_that_grows_counts_once),
		TEST(stacks_that_are_printed_again_in_one_log_all_count),
	};

	return cmocka_run_group_tests_name("ledger.former", tests, NULL, NULL);
}
