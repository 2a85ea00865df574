/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_merge.c - ledgers put together: the same as one run over all captures, in whatever order.
 */
#include "captures.h"
#include "ledgers.h"

#include <leakledger/file.h>
#include <leakledger/sqlite.h>

#include <sys/stat.h>
#include <unistd.h>

enum {
	LEDGERS = 3, /* a, b, and one that has read what both have */
};

struct merge_test {
	struct test_ledger ledgers[LEDGERS];
	char *scratch;
	char *ab, *ba;
};

static char *below(const char *directory, const char *name)
{
	const size_t size = strlen(directory) + strlen(name) + 2;
	char *const path = ll_malloc(size);

	(void)snprintf(path, size, "%s/%s", directory, name);
	return path;
}

static int set_up(void **state)
{
	struct merge_test *const t = ll_calloc(1, sizeof *t);

	for (size_t i = 0; i < LEDGERS; i++)
		test_ledger_open(&t->ledgers[i], NULL);
	t->scratch = ll_test_scratch();
	t->ab = below(t->scratch, "ab.db");
	t->ba = below(t->scratch, "ba.db");
	*state = t;
	return 0;
}

static int tear_down(void **state)
{
	struct merge_test *const t = *state;

	for (size_t i = 0; i < LEDGERS; i++)
		test_ledger_done(&t->ledgers[i]);
	ll_test_scratch_done(t->scratch);
	free(t->ab);
	free(t->ba);
	free(t);
	return 0;
}

/* A capture that the ledgers of `which` (bits 0 and 1) have; the last one has all. */
static void put(struct merge_test *t, unsigned which, const char *name, struct ll_str bytes)
{
	for (unsigned i = 0; i < LEDGERS; i++) {
		if (i == LEDGERS - 1 || (which >> i & 1) != 0)
			test_ledger_write(&t->ledgers[i], name, bytes);
	}
}

static void put_heap(struct merge_test *t, unsigned which, const char *name, int64_t minute,
                     int64_t live)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_heap(&bytes, INT64_C(1795223187000000000) + minute * LL_NS_PER_MINUTE, "b1",
	                  live);
	put(t, which, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void put_dump(struct merge_test *t, unsigned which, const char *name, int64_t count)
{
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, count);
	put(t, which, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

static void put_memstats(struct merge_test *t, unsigned which, const char *name, int64_t live)
{
	const struct test_memstats stats = {.live = live,
	                                    .total_alloc = live * 10,
	                                    .num_gc = live / 1000,
	                                    .last_gc_ns = INT64_C(1795223187000000000),
	                                    .rate = 1};
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_memstats(&bytes, &stats);
	put(t, which, name, ll_buf_str(&bytes));
	ll_buf_done(&bytes);
}

/* As if all had been read where one run reads them. */
static void name_root(struct test_ledger *t)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledger), "UPDATE file SET root = 'in'", &err),
	          &err);
}

/* Two ledgers that overlap: instances apart, one shared, one in both; and texts of all kinds. */
static void put_fleet(struct merge_test *t)
{
	for (int minute = 0; minute < 12; minute++) {
		char name[96];

		(void)snprintf(name, sizeof name, "cart/pod-1/heap-%02d.pb", minute);
		put_heap(t, minute < 8 ? 1 : 2, name, minute, 10 + minute);
		(void)snprintf(name, sizeof name, "cart/pod-2/heap-%02d.pb", minute);
		put_heap(t, 3, name, minute, 100 + 7 * minute);
		(void)snprintf(name, sizeof name, "hub/pod-1/goroutine-%d.txt",
		               1795223187 + 60 * minute);
		put_dump(t, minute % 2 ? 1 : 2, name, 20 + minute);
	}
	put_memstats(t, 1, "cart/pod-1/memstats-1795223187.json", 5000000);
	put_memstats(t, 2, "cart/pod-1/memstats-1795223287.json", 6000000);
	put(t, 1, "menu/pod-1/gc-1795223187.log",
	    ll_str("gc 1 @0.1s 0%: 0.1+0.1+0.1 ms clock, 0.1+0.1/0.1/0.1+0.1 ms cpu, 4->4->2 MB, 5 MB "
	           "goal, 8 P\n"));
	put(t, 2, "build/bench-1.txt", ll_str("pkg: a\nBenchmarkPut-8 100 50 ns/op 64 B/op\n"));
	put(t, 2, "build/escape.log",
	    ll_str("# example.com/shop\n./store.go:31:12: make(map[string]int) escapes to heap\n"));
	put(t, 1, "releases.csv",
	    ll_str("service,version,time,build\ncart,v1,2026-11-21T00:00:00Z,b1\n"));
	put(t, 1, "rss-1795223187/status",
	    ll_str("Name:\tcart\nPid:\t7\nVmRSS:\t  1024 kB\nThreads:\t5\n"));
	put(t, 2, "broken/a.pb", ll_str("\x1f\x8b no gzip"));
	put(t, 3, "broken/b.pb", ll_str("\x1f\x8b no gzip either"));
	for (size_t i = 0; i < LEDGERS; i++) {
		char command[1200];

		/* Copies of one file have its time. */
		(void)snprintf(command, sizeof command,
		               "find '%s' -exec touch -d 2026-11-21T01:00:00Z {} +",
		               t->ledgers[i].root);
		assert_int_equal(ll_test_run(command, NULL), 0);
		(void)test_ledger_ingest(&t->ledgers[i], 1);
		name_root(&t->ledgers[i]);
	}
}

static void close_ledgers(struct merge_test *t)
{
	for (size_t i = 0; i < LEDGERS; i++) {
		ll_ledger_close(t->ledgers[i].ledger);
		t->ledgers[i].ledger = NULL;
	}
}

static struct ll_merge_result merge(struct merge_test *t, const char *into, const char *first,
                                    const char *second)
{
	const char *const inputs[] = {first, second};
	struct ll_merge_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_ledger_merge(into, inputs, second ? 2 : 1, t->ledgers[0].resources, &result,
	                          &err),
	          &err);
	return result;
}

/* The exports of a ledger at a path. */
static void export_of(struct merge_test *t, const char *path, struct ll_buf *to)
{
	struct test_ledger it = {.path = ll_strdup(path), .resources = t->ledgers[0].resources};

	test_ledger_reopen(&it, LL_LEDGER_READ);
	ll_buf_init(to, LL_BUF_PAGE);
	test_ledger_export_content(&it, to);
	ll_ledger_close(it.ledger);
	free(it.path);
}

static void assert_same(struct merge_test *t, const char *one, const char *other)
{
	struct ll_buf left, right;

	export_of(t, one, &left);
	export_of(t, other, &right);
	assert_true(left.size > 100);
	test_assert_same_text(ll_buf_str(&left), ll_buf_str(&right));
	ll_buf_done(&left);
	ll_buf_done(&right);
}

static void the_order_of_ledgers_does_not_matter(void **state)
{
	struct merge_test *const t = *state;
	struct ll_merge_result result;

	put_fleet(t);
	close_ledgers(t);

	result = merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path);
	(void)merge(t, t->ba, t->ledgers[1].path, t->ledgers[0].path);

	assert_int_equal(result.ledgers, 2);
	assert_true(result.shared >= 12);
	assert_same(t, t->ab, t->ba);
}

static void a_merge_is_what_one_run_over_all_would_have_made(void **state)
{
	struct merge_test *const t = *state;

	put_fleet(t);
	close_ledgers(t);

	(void)merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path);

	assert_same(t, t->ledgers[2].path, t->ab);
}

static void merging_again_changes_nothing(void **state)
{
	struct merge_test *const t = *state;

	put_fleet(t);
	close_ledgers(t);

	(void)merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path);
	(void)merge(t, t->ba, t->ledgers[0].path, t->ledgers[1].path);
	(void)merge(t, t->ba, t->ledgers[1].path, NULL);
	(void)merge(t, t->ba, t->ba, t->ledgers[0].path);

	assert_same(t, t->ab, t->ba);
}

static void a_merged_ledger_is_whole_and_goes_on(void **state)
{
	struct merge_test *const t = *state;
	struct test_ledger it = {.resources = t->ledgers[0].resources};

	put_fleet(t);
	close_ledgers(t);
	(void)merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path);
	it.path = ll_strdup(t->ab);
	test_ledger_reopen(&it, LL_LEDGER_WRITE);

	assert_int_equal(test_ledger_i64(&it, "SELECT count(*) FROM pragma_integrity_check WHERE "
	                                      "integrity_check <> 'ok'"),
	                 0);
	assert_int_equal(test_ledger_i64(&it, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
	/* Everything is known: reading it again adds nothing. */
	assert_int_equal(test_ledger_ingest_root(&it, t->ledgers[2].root, 1).captures, 0);
	(void)test_ledger_analyze(&it);

	ll_ledger_close(it.ledger);
	free(it.path);
}

static void judgments_of_services_that_one_ledger_knows_stay(void **state)
{
	struct merge_test *const t = *state;
	struct test_ledger it = {.resources = t->ledgers[0].resources};

	put_heap(t, 1, "cart/pod-1/heap-1.pb", 0, 10);
	put_heap(t, 2, "menu/pod-1/heap-1.pb", 0, 20);
	for (size_t i = 0; i < LEDGERS; i++) {
		(void)test_ledger_ingest(&t->ledgers[i], 1);
		(void)test_ledger_analyze(&t->ledgers[i]);
	}
	close_ledgers(t);

	assert_int_equal(merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path).to_judge, 0);

	it.path = ll_strdup(t->ab);
	test_ledger_reopen(&it, LL_LEDGER_READ);
	assert_int_equal(test_ledger_i64(&it, "SELECT count(DISTINCT service) FROM v_stage"), 2);
	ll_ledger_close(it.ledger);
	free(it.path);
}

static void another_file_under_one_name_keeps_its_captures(void **state)
{
	struct merge_test *const t = *state;
	struct test_ledger it = {.resources = t->ledgers[0].resources};
	struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	test_put_one_dump(&bytes, 7);
	test_ledger_write(&t->ledgers[0], "cart/pod-1/dump.txt", ll_buf_str(&bytes));
	ll_buf_clear(&bytes);
	test_put_one_dump(&bytes, 9);
	test_ledger_write(&t->ledgers[1], "cart/pod-1/dump.txt", ll_buf_str(&bytes));
	ll_buf_done(&bytes);
	(void)test_ledger_ingest(&t->ledgers[0], 1);
	(void)test_ledger_ingest(&t->ledgers[1], 1);
	/* As two machines would name it. */
	name_root(&t->ledgers[0]);
	name_root(&t->ledgers[1]);
	close_ledgers(t);

	(void)merge(t, t->ab, t->ledgers[0].path, t->ledgers[1].path);
	(void)merge(t, t->ba, t->ledgers[1].path, t->ledgers[0].path);
	(void)merge(t, t->ba, t->ledgers[1].path, t->ledgers[0].path);

	assert_same(t, t->ab, t->ba);
	it.path = ll_strdup(t->ba);
	test_ledger_reopen(&it, LL_LEDGER_READ);
	assert_int_equal(test_ledger_i64(&it, "SELECT count(*) FROM v_capture WHERE status = 'ok'"),
	                 2);
	assert_int_equal(test_ledger_i64(&it, "SELECT count(*) FROM file WHERE root = 'in'"), 1);
	assert_int_equal(test_ledger_i64(&it, "SELECT count(*) FROM file WHERE root GLOB 'in@*'"),
	                 1);
	ll_ledger_close(it.ledger);
	free(it.path);
}

static void what_cannot_be_read_leaves_the_ledger_as_it_was(void **state)
{
	struct merge_test *const t = *state;
	struct ll_merge_result result;
	struct ll_error err = LL_ERROR_INIT;
	char *const other = ll_test_write(t->scratch, "other.db", ll_str("no ledger, just text"));
	const char *const missing[] = {"nowhere.db"}, *const foreign[] = {other};
	const char *const damaged[] = {t->ledgers[1].path};
	struct ll_buf before, after;

	put_fleet(t);
	assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledgers[1].ledger),
	                         "UPDATE stack SET frames = x'ffff03'", &err),
	          &err);
	close_ledgers(t);
	(void)merge(t, t->ab, t->ledgers[0].path, NULL);
	export_of(t, t->ab, &before);

	assert_int_equal(ll_ledger_merge(t->ab, missing, 1, t->ledgers[0].resources, &result, &err),
	                 LL_E_NOTFOUND);
	assert_int_equal(ll_ledger_merge(t->ab, foreign, 1, t->ledgers[0].resources, &result, &err),
	                 LL_E_USAGE);
	assert_true(ll_ledger_merge(t->ab, damaged, 1, t->ledgers[0].resources, &result, &err) < 0);
	assert_non_null(strstr(err.text, "a stack of it is damaged"));
	assert_non_null(strstr(err.text, t->ledgers[1].path));

	export_of(t, t->ab, &after);
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	assert_int_equal(ll_test_run("ls -d *.merge-* 2>/dev/null", NULL) == 0, 0);
	ll_buf_done(&before);
	ll_buf_done(&after);
	free(other);
}

/* Room is made by the greatest number, so a crafted one must not ask for all memory. */
static void a_ledger_whose_frames_have_absurd_numbers_is_refused(void **state)
{
	static const char *const crafted[] = {
		"UPDATE frame SET frame_id = 4611686018427387904 WHERE frame_id = 1",
		"UPDATE frame SET frame_id = -7 WHERE frame_id = 4611686018427387904",
		"UPDATE frame SET frame_id = 2000000000 WHERE frame_id = -7",
	};
	struct merge_test *const t = *state;
	struct ll_merge_result result;
	struct ll_error err = LL_ERROR_INIT;
	const char *const inputs[] = {t->ledgers[1].path};

	put_fleet(t);
	for (size_t i = 0; i < LL_COUNT(crafted); i++) {
		if (i > 0)
			test_ledger_reopen(&t->ledgers[1], LL_LEDGER_WRITE);
		assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledgers[1].ledger),
		                         "PRAGMA foreign_keys = OFF", &err),
		          &err);
		assert_ok(ll_sqlite_exec(ll_ledger_handle(t->ledgers[1].ledger), crafted[i], &err),
		          &err);
		close_ledgers(t);
		assert_int_equal(
			ll_ledger_merge(t->ab, inputs, 1, t->ledgers[0].resources, &result, &err),
			LL_E_DATABASE);
		assert_non_null(strstr(err.text, "the ledger is damaged: rows of 'src.frame'"));
		err = (struct ll_error)LL_ERROR_INIT;
	}
}

static void a_ledger_that_is_written_to_is_not_merged_into(void **state)
{
	struct merge_test *const t = *state;
	const char *const inputs[] = {t->ledgers[1].path};
	struct ll_merge_result result;
	struct ll_error err = LL_ERROR_INIT;

	assert_int_equal(ll_ledger_merge(t->ledgers[0].path, inputs, 1, t->ledgers[0].resources,
	                                 &result, &err),
	                 LL_E_BUSY);
}

/* The file that a link leads to is replaced, not the link, and nobody else may read it then. */
static void a_merged_ledger_keeps_its_place_and_its_rights(void **state)
{
	struct merge_test *const t = *state;
	LL_CLEANUP(ll_freep) char *link = below(t->scratch, "link.db");
	const char *inputs[1];
	struct ll_merge_result result;
	struct ll_error err = LL_ERROR_INIT;
	struct stat info;

	put_fleet(t);
	close_ledgers(t);
	inputs[0] = t->ledgers[0].path;
	assert_ok(ll_ledger_merge(t->ab, inputs, 1, t->ledgers[0].resources, &result, &err), &err);
	assert_int_equal(chmod(t->ab, 0600), 0);
	assert_int_equal(symlink(t->ab, link), 0);

	inputs[0] = t->ledgers[1].path;
	assert_ok(ll_ledger_merge(link, inputs, 1, t->ledgers[0].resources, &result, &err), &err);

	assert_int_equal(result.ledgers, 2);
	assert_int_equal(lstat(link, &info), 0);
	assert_true(S_ISLNK(info.st_mode));
	assert_int_equal(stat(t->ab, &info), 0);
	assert_int_equal(info.st_mode & 0777, 0600);
}

/* A table that a later step adds and nobody thinks of here would be lost in every merge. */
static void every_table_of_the_schema_is_known(void **state)
{
	struct merge_test *const t = *state;
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;
	size_t tables = 0;

	assert_ok(ll_stmt_prepare(t->ledgers[0].ledger,
	                          ll_str("SELECT name FROM main.sqlite_schema WHERE type = 'table' "
	                                 "AND name NOT GLOB 'sqlite_*'"),
	                          &stmt, &err),
	          &err);
	while (ll_stmt_step(stmt, &err) > 0) {
		const struct ll_str name = ll_stmt_text(stmt, 0);
		char text[64];

		(void)snprintf(text, sizeof text, "%.*s", LL_STR_ARG(name));
		if (!ll_merge_knows(text))
			fail_msg("src/ledger/merge.c does not know the table '%s'", text);
		tables++;
	}
	assert_true(tables > 30);
	assert_false(ll_merge_knows("no_table"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	static const struct CMUnitTest tests[] = {
		TEST(the_order_of_ledgers_does_not_matter),
		TEST(a_merge_is_what_one_run_over_all_would_have_made),
		TEST(merging_again_changes_nothing),
		TEST(a_merged_ledger_is_whole_and_goes_on),
		TEST(judgments_of_services_that_one_ledger_knows_stay),
		TEST(another_file_under_one_name_keeps_its_captures),
		TEST(what_cannot_be_read_leaves_the_ledger_as_it_was),
		TEST(a_ledger_whose_frames_have_absurd_numbers_is_refused),
		TEST(a_ledger_that_is_written_to_is_not_merged_into),
		TEST(a_merged_ledger_keeps_its_place_and_its_rights),
		TEST(every_table_of_the_schema_is_known),
	};

	return cmocka_run_group_tests_name("ledger.merge", tests, NULL, NULL);
}
