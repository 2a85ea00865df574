/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_plan.c - which files a run reads again: all that could have been written since.
 *
 * Tests tell the run what time it is: a file that was just made is old enough an hour later.
 */
#include "archives.h"
#include "captures.h"
#include "ledgers.h"
#include "plan.h"

#include <fcntl.h>
#include <sys/stat.h>

#define NOON_S  INT64_C(1772366400) /* 2026-03-01T12:00:00Z */
#define NOON_NS (NOON_S * LL_NS_PER_S)

static void write_heap(struct test_ledger *t, const char *name, int64_t live)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, NOON_NS + live * LL_NS_PER_MINUTE, "1111", live);
	test_ledger_write(t, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

/* An archive of so many dumps. */
static void write_archive(struct test_ledger *t, const char *name, int dumps)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct test_archive archive;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_archive_open(&archive, &bytes, "ustar", NULL);
	for (int i = 1; i <= dumps; i++) {
		LL_CLEANUP(ll_buf_done) struct ll_buf dump;
		char member[32];

		ll_buf_init(&dump, LL_BUF_PAGE);
		test_put_one_dump(&dump, i);
		(void)snprintf(member, sizeof member, "dump-%d.txt", i);
		test_archive_put(&archive, member, ll_buf_str(&dump), NOON_S);
	}
	test_archive_close(&archive);
	test_ledger_write(t, name, ll_buf_str(&bytes));
}

static struct stat look(const struct test_ledger *t, const char *name)
{
	char path[1024];
	struct stat info;

	(void)snprintf(path, sizeof path, "%s/%s", t->root, name);
	assert_int_equal(stat(path, &info), 0);
	return info;
}

/* Reads what is below the root, so many seconds after `name` was last changed. */
static struct ll_ingest_result ingest(struct test_ledger *t, const char *name, int64_t later_s,
                                      const struct ll_ingest_options *with)
{
	const struct timespec changed = look(t, name).st_ctim;
	const char *const root = t->root;
	struct ll_ingest_options options = {.version = "test"};
	struct ll_ingest_result result;
	struct ll_error err = LL_ERROR_INIT;

	if (with)
		options = *with;
	options.roots = &root;
	options.root_count = 1;
	options.limits = ll_limits_default;
	options.now_ns = ((int64_t)changed.tv_sec + later_s) * LL_NS_PER_S + changed.tv_nsec;
	assert_ok(ll_ingest(t->ledger, &options, &result, &err), &err);
	return result;
}

enum {
	LATER_S = 3600,
};

static const char one[] = "shop/pod-1/a.pb";

static void a_file_that_is_as_it_was_is_not_read_again(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ingest_result again;

	write_heap(t, one, 3);
	assert_true(ingest(t, one, LATER_S, NULL).bytes > 0);
	again = ingest(t, one, LATER_S, NULL);

	assert_int_equal(again.bytes, 0);
	assert_int_equal(again.files, 1);
	assert_int_equal(again.new_files, 0);
	assert_int_equal(again.usable, 1);
}

static void a_file_that_was_just_changed_is_read_until_it_has_settled(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, one, 3);
	assert_true(ingest(t, one, 1, NULL).bytes > 0);
	assert_true(ingest(t, one, LATER_S, NULL).bytes > 0);
	assert_int_equal(ingest(t, one, LATER_S, NULL).bytes, 0);
}

static void who_does_not_tell_the_time_reads_everything(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, one, 3);
	(void)test_ledger_ingest(t, 1);

	assert_true(test_ledger_ingest(t, 1).bytes > 0);
}

static void a_file_of_the_same_size_and_time_that_was_written_since_is_read(void **state)
{
	struct test_ledger *const t = *state;
	static const char noise[] = "shop/pod-1/noise.bin";
	struct stat before, after;
	char path[1024];

	(void)snprintf(path, sizeof path, "%s/%s", t->root, noise);
	test_ledger_write(t, noise, ll_str("\x01\x02\x03 nothing"));
	(void)ingest(t, noise, LATER_S, NULL);
	before = look(t, noise);
	do {
		const struct timespec times[2] = {before.st_atim, before.st_mtim};

		test_ledger_write(t, noise, ll_str("\x01\x02\x03 no more"));
		assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
		after = look(t, noise);
		/* Within one tick of the file system's clock nothing can be told apart. */
	} while (after.st_ctim.tv_sec == before.st_ctim.tv_sec &&
	         after.st_ctim.tv_nsec == before.st_ctim.tv_nsec);

	assert_int_equal(after.st_size, before.st_size);
	assert_int_equal(ingest(t, noise, LATER_S, NULL).new_files, 1);
}

static void who_asks_for_it_reads_what_is_settled(void **state)
{
	const struct ll_ingest_options thorough = {.version = "test", .is_thorough = true};
	struct test_ledger *const t = *state;
	struct ll_ingest_result again;

	write_heap(t, one, 3);
	(void)ingest(t, one, LATER_S, NULL);
	again = ingest(t, one, LATER_S, &thorough);

	assert_true(again.bytes > 0);
	assert_int_equal(again.new_files, 0);
	assert_int_equal(ingest(t, one, LATER_S, NULL).bytes, 0);
}

static void what_was_rejected_is_read_by_another_version_however_settled(void **state)
{
	const struct ll_ingest_options newer = {.version = "newer"};
	struct test_ledger *const t = *state;
	static const char noise[] = "shop/pod-1/noise.bin";

	test_ledger_write(t, noise, ll_str("\x01\x02\x03 nothing that is known"));
	(void)ingest(t, noise, LATER_S, NULL);
	assert_int_equal(ingest(t, noise, LATER_S, NULL).bytes, 0);
	assert_int_equal(ingest(t, noise, LATER_S, NULL).rejected, 1);

	assert_true(ingest(t, noise, LATER_S, &newer).bytes > 0);
}

static void so_is_what_was_rejected_as_a_whole(void **state)
{
	const struct ll_ingest_options newer = {.version = "newer"};
	struct test_ledger *const t = *state;
	static const char bad[] = "shop/pod-1/bad.zip";

	test_ledger_write(t, bad, ll_str("PK\x03\x04 not at all"));
	(void)ingest(t, bad, LATER_S, NULL);
	assert_int_equal(ingest(t, bad, LATER_S, NULL).bytes, 0);

	assert_true(ingest(t, bad, LATER_S, &newer).bytes > 0);
	assert_int_equal(ingest(t, bad, LATER_S, &newer).bytes, 0);
}

static void so_is_an_archive_of_which_one_member_was_rejected(void **state)
{
	const struct ll_ingest_options newer = {.version = "newer"};
	struct test_ledger *const t = *state;
	static const char packed[] = "shop/pod-1/b.tar";
	struct ll_ingest_result again;

	write_heap(t, one, 3);
	write_archive(t, packed, 3);
	write_heap(t, "shop/pod-1/c.pb", 4);
	(void)ingest(t, packed, LATER_S, NULL);
	assert_int_equal(
		sqlite3_exec(ll_ledger_handle(t->ledger),
	                     "UPDATE file_member SET reason = 'encrypted' WHERE member = 1", NULL,
	                     NULL, NULL),
		SQLITE_OK);
	again = ingest(t, packed, LATER_S, NULL);

	assert_int_equal(again.bytes, 0);
	assert_int_equal(again.usable, 3);
	assert_int_equal(again.rejected, 1);
	assert_int_equal(ingest(t, packed, LATER_S, &newer).new_files, 1);
	assert_rows(t, "SELECT DISTINCT reader FROM file_member", "newer\n");
}

/* "a.b" comes before "a/b", and a directory "a" is walked before a file "a.b". */
static void settled_files_are_found_whatever_the_order_of_a_walk(void **state)
{
	static const char *const names[] = {"shop/a.b/x.pb", "shop/a/x.pb", "shop/a.pb",
	                                    "shop/a0.pb", "shop/A/z.pb"};
	struct test_ledger *const t = *state;
	struct ll_ingest_result again;

	for (size_t i = 0; i < LL_COUNT(names); i++)
		write_heap(t, names[i], (int64_t)i + 1);
	(void)ingest(t, names[4], LATER_S, NULL);
	again = ingest(t, names[4], LATER_S, NULL);

	assert_int_equal(again.bytes, 0);
	assert_int_equal(again.files, LL_COUNT(names));
	assert_int_equal(again.usable, LL_COUNT(names));
}

static void new_files_are_read_beside_settled_ones(void **state)
{
	struct test_ledger *const t = *state;
	struct ll_ingest_result again;

	write_heap(t, one, 3);
	write_heap(t, "shop/pod-1/c.pb", 5);
	(void)ingest(t, one, LATER_S, NULL);
	write_heap(t, "shop/pod-1/b.pb", 4);
	again = ingest(t, one, LATER_S, NULL);

	assert_int_equal(again.files, 3);
	assert_int_equal(again.captures, 1);
	assert_int_equal(again.usable, 3);
	assert_rows(t, "SELECT count(*) FROM lifetime_capture", "3\n");
}

static void lifetimes_that_an_interrupted_run_did_not_come_to_are_grouped(void **state)
{
	struct test_ledger *const t = *state;

	write_heap(t, one, 3);
	(void)ingest(t, one, LATER_S, NULL);
	assert_rows(t, "SELECT count(*) FROM unfinished", "0\n");
	assert_int_equal(sqlite3_exec(ll_ledger_handle(t->ledger),
	                              "DELETE FROM lifetime_capture; INSERT INTO unfinished VALUES "
	                              "('lifetimes')",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);

	(void)ingest(t, one, LATER_S, NULL);

	assert_rows(t, "SELECT count(*) FROM lifetime_capture", "1\n");
	assert_rows(t, "SELECT count(*) FROM unfinished", "0\n");
}

int main(void)
{
#define test(name) cmocka_unit_test_setup_teardown(name, test_ledger_set_up, test_ledger_tear_down)
	const struct CMUnitTest tests[] = {
		test(a_file_that_is_as_it_was_is_not_read_again),
		test(a_file_that_was_just_changed_is_read_until_it_has_settled),
		test(who_does_not_tell_the_time_reads_everything),
		test(a_file_of_the_same_size_and_time_that_was_written_since_is_read),
		test(who_asks_for_it_reads_what_is_settled),
		test(what_was_rejected_is_read_by_another_version_however_settled),
		test(so_is_what_was_rejected_as_a_whole),
		test(so_is_an_archive_of_which_one_member_was_rejected),
		test(settled_files_are_found_whatever_the_order_of_a_walk),
		test(new_files_are_read_beside_settled_ones),
		test(lifetimes_that_an_interrupted_run_did_not_come_to_are_grouped),
	};

	return cmocka_run_group_tests_name("ledger.plan", tests, NULL, NULL);
}
