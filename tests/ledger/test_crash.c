/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_crash.c - ingest that is killed: whatever the moment, the next run completes the work.
 *
 * A child reads a directory and is killed after some part of the time that an undisturbed run
 * takes, twice; then a run is left alone. What the ledger says at last must be what the undisturbed
 * run made. When exactly the signal arrives is chance; that the outcome is always the same is not.
 */
#include "archives.h"
#include "captures.h"
#include "ledgers.h"

#include <leakledger/file.h>

#include <inttypes.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	DIRECTORIES = 20, /* enough units of work for a commit in mid-run */
	FILES = 130,      /* of one directory: enough for a unit of its own */
	MOMENTS = 4,
	MANY = 5000, /* files; LEAKLEDGER_MANY_FILES in the environment says how many instead */
};

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

/* Heap profiles, every tenth file something else: dumps, copies of other files, damaged ones. */
static void write_one(const char *root, int directory, int index, struct ll_buf *bytes)
{
	const int64_t second = directory * 1000 + index;
	char name[128], folder[64];

	(void)snprintf(folder, sizeof folder, "service-%d/pod-%d", directory % 5, directory / 5);
	(void)snprintf(name, sizeof name, "%s/heap-%03d.pb", folder, index);
	ll_buf_clear(bytes);
	test_put_one_heap(bytes, NOON_NS + second * LL_NS_PER_S, NULL, index + 1);
	if (index % 10 == 3) {
		ll_buf_clear(bytes);
		/* Equal bytes at two places would be one capture of whichever came first. */
		ll_buf_printf(bytes, "the service of %s says:\n", folder);
		test_put_one_dump(bytes, index + 1);
		(void)snprintf(name, sizeof name, "%s/goroutine-%" PRId64 ".txt", folder,
		               1772366400 + second);
	} else if (index % 10 == 6) {
		ll_buf_clear(bytes);
		ll_buf_printf(bytes, "\x1f\x8b%d %d", directory, index);
	} else if (index % 10 == 9) {
		char copy[160];

		/* Of the same service by its path, or of another one, whoever is read first. */
		(void)snprintf(copy, sizeof copy, "%s%s/old/heap-%03d.pb",
		               index % 20 == 9 ? "stolen-" : "", folder, index);
		free(ll_test_write(root, copy, ll_buf_str(bytes)));
	}
	free(ll_test_write(root, name, ll_buf_str(bytes)));
}

static void write_captures(const char *root)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (int directory = 0; directory < DIRECTORIES; directory++) {
		for (int index = 0; index < FILES; index++)
			write_one(root, directory, index, &bytes);
	}
	ll_buf_done(&bytes);
}

static int64_t monotonic_ns(void)
{
	struct timespec now;

	assert_int_equal(clock_gettime(CLOCK_MONOTONIC, &now), 0);
	return (int64_t)now.tv_sec * LL_NS_PER_S + now.tv_nsec;
}

/* In the child: opens the ledger, reads everything, ends without tidying up. */
static void ingest_and_exit(const struct test_ledger *t, const char *root)
{
	const struct ll_ingest_options options = {
		.roots = &root,
		.root_count = 1,
		.jobs = 2,
		.limits = ll_limits_default,
		.version = "test",
	};
	struct ll_ingest_result result;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	if (ll_ledger_open(t->path, LL_LEDGER_WRITE, t->resources, &ledger, &err) < 0 ||
	    ll_ingest(ledger, &options, &result, &err) < 0) {
		(void)fprintf(stderr, "child: %s\n", err.text);
		_exit(1);
	}
	_exit(0);
}

/* Returns true when the child was still at work. */
static bool kill_after(const struct test_ledger *t, const char *root, int64_t delay_ns)
{
	const struct timespec delay = {.tv_sec = delay_ns / LL_NS_PER_S,
	                               .tv_nsec = delay_ns % LL_NS_PER_S};
	const pid_t child = fork();
	int status;

	if (child == 0)
		ingest_and_exit(t, root);
	assert_true(child > 0);
	(void)nanosleep(&delay, NULL);
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &status, 0), child);
	if (WIFEXITED(status))
		assert_int_equal(WEXITSTATUS(status), 0);
	return WIFSIGNALED(status);
}

static void close_ledger(struct test_ledger *t)
{
	ll_ledger_close(t->ledger);
	t->ledger = NULL;
}

/* Kills twice, finishes, compares. Returns how many of the kills hit a child at work. */
static size_t try_moment(const char *root, int64_t duration_ns, int moment, struct ll_str expected)
{
	struct test_ledger t;
	struct ll_buf content;
	size_t hits = 0;

	test_ledger_open(&t, NULL);
	close_ledger(&t);
	hits += kill_after(&t, root, duration_ns * moment / MOMENTS);
	hits += kill_after(&t, root, duration_ns * (moment * 3 % MOMENTS) / MOMENTS);
	test_ledger_reopen(&t, LL_LEDGER_WRITE);
	(void)test_ledger_ingest_root(&t, root, 2);
	assert_rows(&t, "PRAGMA integrity_check", "ok\n");
	assert_rows(&t, "PRAGMA foreign_key_check", "");
	ll_buf_init(&content, LL_BUF_PAGE);
	test_ledger_export(&t, &content);

	test_assert_same_text(expected, ll_buf_str(&content));

	ll_buf_done(&content);
	test_ledger_done(&t);
	return hits;
}

static void a_run_that_was_killed_is_completed_by_the_next_one(void **state)
{
	struct test_ledger undisturbed;
	struct ll_buf expected;
	size_t hits = 0;
	int64_t duration_ns;

	(void)state;
	test_ledger_open(&undisturbed, NULL);
	write_captures(undisturbed.root);
	duration_ns = -monotonic_ns();
	(void)test_ledger_ingest(&undisturbed, 2);
	duration_ns += monotonic_ns();
	ll_buf_init(&expected, LL_BUF_PAGE);
	test_ledger_export(&undisturbed, &expected);
	close_ledger(&undisturbed);

	for (int moment = 0; moment < MOMENTS; moment++)
		hits += try_moment(undisturbed.root, duration_ns, moment, ll_buf_str(&expected));

	/* Otherwise the test has shown nothing. */
	assert_true(hits >= MOMENTS / 2);
	ll_buf_done(&expected);
	test_ledger_done(&undisturbed);
}

/* Called between two batches: some before, some after a commit. */
static void die_after(void *self, size_t done, size_t total, int64_t bytes_done,
                      int64_t bytes_total)
{
	const size_t *const files = self;

	(void)total, (void)bytes_done, (void)bytes_total;
	if (done >= *files)
		(void)raise(SIGKILL);
}

static void ingest_until_killed(const struct test_ledger *t, const char *root, size_t files)
{
	const struct ll_progress progress = {.self = &files, .files = die_after};
	const struct ll_ingest_options options = {
		.roots = &root,
		.root_count = 1,
		.jobs = 1,
		.limits = ll_limits_default,
		.version = "test",
		.progress = &progress,
	};
	struct ll_ingest_result result;
	struct ll_ledger *ledger = NULL;
	struct ll_error err = LL_ERROR_INIT;

	(void)ll_ledger_open(t->path, LL_LEDGER_WRITE, t->resources, &ledger, &err);
	(void)ll_ingest(ledger, &options, &result, &err);
	_exit(2);
}

static void what_was_committed_before_a_kill_is_not_read_again(void **state)
{
	enum { READ = 2300 }; /* files: behind the first commit, before the end */
	struct test_ledger t;
	int status;
	pid_t child;
	int64_t before;

	(void)state;
	test_ledger_open(&t, NULL);
	write_captures(t.root);
	close_ledger(&t);
	child = fork();
	if (child == 0)
		ingest_until_killed(&t, t.root, READ);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	test_ledger_reopen(&t, LL_LEDGER_WRITE);
	before = test_ledger_i64(&t, "SELECT count(*) FROM capture");

	const struct ll_ingest_result result = test_ledger_ingest(&t, 1);

	assert_true(before > 0);
	assert_true(result.captures > 0);
	assert_int_equal(test_ledger_i64(&t, "SELECT count(*) FROM capture"),
	                 before + (int64_t)result.captures);
	assert_true(result.new_files < result.files);
	test_ledger_done(&t);
}

/* Killed between the commit of the last files and the end: the next run has nothing to read. */
static void lives_are_grouped_though_every_file_was_known(void **state)
{
	enum { ALL = 2048 }; /* files: a commit comes right behind the last */
	struct test_ledger t;
	struct ll_buf bytes;
	int status;
	pid_t child;

	(void)state;
	test_ledger_open(&t, NULL);
	ll_buf_init(&bytes, LL_BUF_PAGE);
	for (int i = 0; i < ALL; i++) {
		char name[64];

		(void)snprintf(name, sizeof name, "shop/pod-1/heap-%04d.pb", i);
		ll_buf_clear(&bytes);
		test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_S, NULL, i + 1);
		free(ll_test_write(t.root, name, ll_buf_str(&bytes)));
	}
	ll_buf_done(&bytes);
	close_ledger(&t);
	child = fork();
	if (child == 0)
		ingest_until_killed(&t, t.root, ALL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	test_ledger_reopen(&t, LL_LEDGER_WRITE);
	assert_rows(
		&t,
		"SELECT (SELECT count(*) FROM capture), (SELECT count(*) FROM lifetime_capture)",
		"2048|0\n");

	const struct ll_ingest_result result = test_ledger_ingest(&t, 1);

	assert_int_equal(result.captures, 0);
	assert_rows(&t, "SELECT count(*) FROM lifetime_capture", "2048\n");
	test_ledger_done(&t);
}

/* ------------------------------------------------------------------------ many files */

static int many_files(void)
{
	const char *const text = getenv("LEAKLEDGER_MANY_FILES");
	uint64_t number;

	return text && ll_str_to_u64(ll_str(text), &number) && number < 10000000 ? (int)number
	                                                                         : MANY;
}

/* Small files, a few hundred in a directory; every hundredth directory is a tar.zst. */
static void write_many(const char *root, int count)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes, packed;
	struct test_archive archive;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	ll_buf_init(&packed, LL_BUF_PAGE);
	test_archive_open(&archive, &packed, "pax", "zstd");
	for (int i = 0; i < count; i++) {
		char name[128];

		(void)snprintf(name, sizeof name, "service-%d/pod-%d/heap-%06d.pb", i / 300 % 9,
		               i / 300 % 31, i);
		ll_buf_clear(&bytes);
		test_put_one_heap(&bytes, NOON_NS + i * LL_NS_PER_S, NULL, i % 1000 + 1);
		if (i % 10 == 0)
			test_archive_put(&archive, name, ll_buf_str(&bytes), 0);
		else
			free(ll_test_write(root, name, ll_buf_str(&bytes)));
	}
	test_archive_close(&archive);
	free(ll_test_write(root, "a-bundle.tar.zst", ll_buf_str(&packed)));
}

static void a_run_over_many_files_that_was_killed_is_completed_by_the_next_one(void **state)
{
	static const int parts[] = {2, 5, 3}; /* of the time, when the run is killed */
	const int count = many_files();
	struct test_ledger undisturbed, killed;
	LL_CLEANUP(ll_buf_done) struct ll_buf expected, content;
	struct ll_ingest_result result;
	int64_t duration_ns;
	size_t hits = 0;

	(void)state;
	ll_buf_init(&expected, LL_BUF_PAGE * (size_t)16);
	ll_buf_init(&content, LL_BUF_PAGE * (size_t)16);
	test_ledger_open(&undisturbed, NULL);
	write_many(undisturbed.root, count);
	duration_ns = -monotonic_ns();
	result = test_ledger_ingest(&undisturbed, 2);
	duration_ns += monotonic_ns();
	assert_int_equal(result.captures, count);
	test_ledger_export(&undisturbed, &expected);
	assert_false(expected.is_full);
	test_ledger_open(&killed, NULL);
	close_ledger(&killed);

	for (size_t i = 0; i < LL_COUNT(parts); i++)
		hits += kill_after(&killed, undisturbed.root, duration_ns / parts[i]);

	assert_true(hits > 0);
	test_ledger_reopen(&killed, LL_LEDGER_WRITE);
	(void)test_ledger_ingest_root(&killed, undisturbed.root, 2);
	test_ledger_export(&killed, &content);
	test_assert_same_text(ll_buf_str(&expected), ll_buf_str(&content));
	print_message("%d files, one run %.1f s, %zu of %zu kills hit it\n", count,
	              (double)duration_ns / (double)LL_NS_PER_S, hits, LL_COUNT(parts));
	test_ledger_done(&undisturbed);
	test_ledger_done(&killed);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_run_that_was_killed_is_completed_by_the_next_one),
		cmocka_unit_test(what_was_committed_before_a_kill_is_not_read_again),
		cmocka_unit_test(lives_are_grouped_though_every_file_was_known),
		cmocka_unit_test(
			a_run_over_many_files_that_was_killed_is_completed_by_the_next_one),
	};

	return cmocka_run_group_tests_name("ledger crash", tests, NULL, NULL);
}
