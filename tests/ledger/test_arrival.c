/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_arrival.c - however captures come, the ledger is the same: in directories or archives, once
 * or many times, under whatever names, in whatever order, read by however many workers.
 */
#include "archives.h"
#include "captures.h"
#include "ledgers.h"
#include "tree.h"

#include <leakledger/capture.h>
#include <leakledger/file.h>
#include <leakledger/vec.h>

#include <fcntl.h>
#include <sys/stat.h>

#define NOON_NS (INT64_C(1772366400) * LL_NS_PER_S) /* 2026-03-01T12:00:00Z */

enum {
	SERVICES = 4,
	PODS = 3,
	FILES = 12, /* of one pod */
	ORDERS = 4,
};

/* ------------------------------------------------------------------------- trees */

/* A captured file: where it lies below the root, its bytes, its time in whole seconds. */
struct item {
	char *path;
	struct ll_str bytes;
	int64_t modified_s;
};

struct tree {
	struct ll_arena arena;
	struct ll_vec items; /* struct item */
};

static void tree_done(struct tree *tree)
{
	ll_vec_done(&tree->items);
	ll_arena_done(&tree->arena);
}

static struct item *item_at(const struct tree *tree, size_t index)
{
	return (struct item *)tree->items.items + index;
}

static void add(struct tree *tree, const char *path, struct ll_str bytes, int64_t modified_s)
{
	struct item *const item = ll_vec_push(&tree->items, sizeof *item);

	*item = (struct item){.path = ll_arena_printf(&tree->arena, "%s", path),
	                      .bytes = ll_arena_str(&tree->arena, bytes),
	                      .modified_s = modified_s};
}

/* Captures whose time the content tells, others whose time only the file's does, and refuse. */
static void make_small(struct tree *tree)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;

	ll_buf_init(&bytes, LL_BUF_PAGE);
	memset(tree, 0, sizeof *tree);
	for (int i = 0; i < SERVICES * PODS * FILES; i++) {
		const int service = i / (PODS * FILES), pod = i / FILES % PODS;
		const int64_t second = NOON_NS / LL_NS_PER_S + i * INT64_C(60);
		char path[128];

		ll_buf_clear(&bytes);
		(void)snprintf(path, sizeof path, "service-%d/pod-%d/heap-%03d.pb", service, pod,
		               i);
		if (i % 4 == 1) {
			ll_buf_printf(&bytes, "service %d pod %d file %d\n", service, pod, i);
			test_put_one_dump(&bytes, i + 1);
		} else if (i % 12 == 3) {
			ll_buf_printf(&bytes, "nonsense %d", i);
		} else {
			test_put_one_heap(&bytes, second * LL_NS_PER_S, NULL, i + 1);
		}
		add(tree, path, ll_buf_str(&bytes), second);
	}
}

/* The corpus, with times that every archive can hold. */
static bool load_corpus(struct tree *tree)
{
	const char *const corpus = ll_test_corpus();
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct ll_file_list list;
	struct ll_error err = LL_ERROR_INIT;

	memset(tree, 0, sizeof *tree);
	if (!corpus)
		return false;
	ll_buf_init(&bytes, LL_BUF_PAGE);
	assert_ok(ll_file_walk(ll_arena_printf(&tree->arena, "%s/files", corpus), &tree->arena,
	                       &list, &err),
	          &err);
	for (size_t i = 0; i < list.count; i++) {
		assert_ok(ll_file_read(list.items[i].path, &bytes, &err), &err);
		add(tree, list.items[i].relative, ll_buf_str(&bytes),
		    NOON_NS / LL_NS_PER_S + (int64_t)i);
	}
	return true;
}

static void put_file(const struct test_ledger *t, const char *path, const struct item *item)
{
	const struct timespec times[2] = {{.tv_sec = item->modified_s},
	                                  {.tv_sec = item->modified_s}};
	char *const written = ll_test_write(t->root, path, item->bytes);

	assert_int_equal(utimensat(AT_FDCWD, written, times, 0), 0);
	free(written);
}

static void put_below(const struct test_ledger *t, const struct tree *tree, const char *above)
{
	for (size_t i = 0; i < tree->items.count; i++) {
		char path[1024];

		(void)snprintf(path, sizeof path, "%s%s", above, item_at(tree, i)->path);
		put_file(t, path, item_at(tree, i));
	}
}

static void put_archive(const struct test_ledger *t, const struct tree *tree, const char *name,
                        const char *format, const char *filter)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf bytes;
	struct test_archive archive;

	ll_buf_init(&bytes, 4 * (size_t)LL_BUF_PAGE);
	test_archive_open(&archive, &bytes, format, filter);
	for (size_t i = 0; i < tree->items.count; i++)
		test_archive_put(&archive, item_at(tree, i)->path, item_at(tree, i)->bytes,
		                 item_at(tree, i)->modified_s);
	test_archive_close(&archive);
	free(ll_test_write(t->root, name, ll_buf_str(&bytes)));
}

/* The same pseudo-random order for the same seed. */
static void shuffle(struct tree *tree, uint32_t seed)
{
	for (size_t i = tree->items.count; i > 1; i--) {
		struct item *const last = item_at(tree, i - 1);
		struct item saved = *last, *other;

		seed = seed * 1664525 + 1013904223;
		other = item_at(tree, (seed >> 8) % i);
		*last = *other;
		*other = saved;
	}
}

/* ---------------------------------------------------------------------- comparing */

/* Of the corpus all samples would be too much text: their sums. */
static const char *const sums[] = {
	"SELECT DISTINCT hash, part, kind, format, variant, service, instance, build, time_ns,"
	" time_source, time_zone_assumed, lifetime, identity_rule, build_source, totals,"
	" CASE WHEN capture_id IS NULL THEN reason END FROM v_capture WHERE hash IS NOT NULL"
	" ORDER BY hash, part",

	"SELECT s.name, i.name FROM service AS s LEFT JOIN instance AS i USING (service_id)"
	" ORDER BY 1, 2",

	"SELECT lower(hex(ct.hash)), c.part, count(*), sum(x.v0), sum(x.v1), sum(x.v2), sum(x.v3)"
	" FROM sample AS x JOIN capture AS c USING (capture_id)"
	" JOIN content AS ct USING (content_id) GROUP BY 1, 2 ORDER BY 1, 2",

	"SELECT lower(hex(ct.hash)), c.part, count(*), sum(x.count), sum(x.max_minutes)"
	" FROM goroutine_group AS x JOIN capture AS c USING (capture_id)"
	" JOIN content AS ct USING (content_id) GROUP BY 1, 2 ORDER BY 1, 2",
};

static void export_sums(struct test_ledger *t, struct ll_buf *to)
{
	for (size_t i = 0; i < LL_COUNT(sums); i++)
		test_ledger_rows(t, sums[i], to);
}

typedef void put_tree(const struct test_ledger *t, const struct tree *tree);
typedef void export_ledger(struct test_ledger *t, struct ll_buf *to);

/* What a ledger of its own holds of the tree, put there in some way. */
static void content_of(const struct tree *tree, put_tree *put, size_t jobs, export_ledger *export,
                       struct ll_buf *to)
{
	struct test_ledger t;

	test_ledger_open(&t, NULL);
	put(&t, tree);
	(void)test_ledger_ingest(&t, jobs);
	ll_buf_clear(to);
	export(&t, to);
	assert_rows(&t, "PRAGMA foreign_key_check", "");
	test_ledger_done(&t);
}

static void assert_same(const struct tree *tree, put_tree *put, size_t jobs, export_ledger *export,
                        struct ll_str expected)
{
	LL_CLEANUP(ll_buf_done) struct ll_buf content;

	ll_buf_init(&content, LL_BUF_PAGE);
	content_of(tree, put, jobs, export, &content);
	test_assert_same_text(expected, ll_buf_str(&content));
}

/* ---------------------------------------------------------------------- the ways */

static void as_it_is(const struct test_ledger *t, const struct tree *tree)
{
	put_below(t, tree, "");
}

static void in_nested_folders(const struct test_ledger *t, const struct tree *tree)
{
	put_below(t, tree, "data/2026-03-01/old/");
}

static void in_a_tar_zst(const struct test_ledger *t, const struct tree *tree)
{
	put_archive(t, tree, "bundle.tar.zst", "pax", "zstd");
}

static void in_a_tar_gz_called_otherwise(const struct test_ledger *t, const struct tree *tree)
{
	put_archive(t, tree, "data/bundle.log", "gnutar", "gzip");
}

static void in_a_zip(const struct test_ledger *t, const struct tree *tree)
{
	put_archive(t, tree, "bundle", "zip", NULL);
}

static void twice(const struct test_ledger *t, const struct tree *tree)
{
	put_below(t, tree, "");
	put_below(t, tree, "tmp/");
	put_archive(t, tree, "tmp/all.tar", "pax", NULL);
}

/*
 * The copies say that they are somebody else's; what comes first in the order of paths counts. Of a
 * lone number nothing but its path tells whose it is, so there is no such copy of it.
 */
static void with_copies_that_lie(const struct test_ledger *t, const struct tree *tree)
{
	put_below(t, tree, "");
	for (size_t i = 0; i < tree->items.count; i++) {
		struct item item = *item_at(tree, i);
		char path[64];

		if (ll_capture_is_bare(ll_str(ll_test_base_name(item.path)),
		                       (int64_t)item.bytes.size))
			continue;
		(void)snprintf(path, sizeof path, "~zz-%zu/other/heap-%zu.pb", (i * 7919 + 3) % 11,
		               i);
		item.modified_s += 86400;
		put_file(t, path, &item);
	}
	put_archive(t, tree, "~zzz/liar/all.tar.gz", "pax", "gzip");
}

static void assert_every_way(const struct tree *tree, size_t first, export_ledger *export)
{
	static put_tree *const ways[] = {
		in_a_zip,     in_a_tar_gz_called_otherwise, twice, in_nested_folders,
		in_a_tar_zst, with_copies_that_lie,
	};
	LL_CLEANUP(ll_buf_done) struct ll_buf expected;

	ll_buf_init(&expected, LL_BUF_PAGE);
	content_of(tree, as_it_is, 1, export, &expected);
	assert_true(expected.size > 1000);
	assert_false(expected.is_full);
	for (size_t i = first; i < LL_COUNT(ways); i++)
		assert_same(tree, ways[i], 1 + i % 3, export, ll_buf_str(&expected));
}

static void captures_are_the_same_in_folders_archives_and_copies(void **state)
{
	struct tree tree;

	(void)state;
	make_small(&tree);
	assert_every_way(&tree, 0, test_ledger_export_content);
	tree_done(&tree);
}

static void the_corpus_is_the_same_in_folders_archives_and_copies(void **state)
{
	struct tree tree;

	(void)state;
	if (!load_corpus(&tree))
		skip();
	assert_every_way(&tree, 3, export_sums);
	tree_done(&tree);
}

static void the_number_of_workers_decides_nothing(void **state)
{
	static const size_t jobs[] = {2, 3, 8, 8, 8};
	struct tree tree;
	LL_CLEANUP(ll_buf_done) struct ll_buf expected;

	(void)state;
	ll_buf_init(&expected, LL_BUF_PAGE);
	make_small(&tree);
	content_of(&tree, with_copies_that_lie, 1, test_ledger_export, &expected);
	for (size_t i = 0; i < LL_COUNT(jobs); i++)
		assert_same(&tree, with_copies_that_lie, jobs[i], test_ledger_export,
		            ll_buf_str(&expected));
	tree_done(&tree);
}

/* In several runs, each with the next part of the files. */
static void the_order_of_arrival_decides_nothing(void **state)
{
	struct tree tree;
	LL_CLEANUP(ll_buf_done) struct ll_buf expected, content;

	(void)state;
	ll_buf_init(&expected, LL_BUF_PAGE);
	ll_buf_init(&content, LL_BUF_PAGE);
	make_small(&tree);
	content_of(&tree, as_it_is, 1, test_ledger_export_content, &expected);
	for (uint32_t order = 1; order <= ORDERS; order++) {
		struct test_ledger t;

		shuffle(&tree, order);
		test_ledger_open(&t, NULL);
		for (size_t i = 0; i < tree.items.count; i++) {
			put_file(&t, item_at(&tree, i)->path, item_at(&tree, i));
			if (i % 50 == 49)
				(void)test_ledger_ingest(&t, 2);
		}
		(void)test_ledger_ingest(&t, 2);
		ll_buf_clear(&content);
		test_ledger_export_content(&t, &content);
		test_assert_same_text(ll_buf_str(&expected), ll_buf_str(&content));
		test_ledger_done(&t);
	}
	tree_done(&tree);
}

static void a_copy_that_comes_later_changes_nothing(void **state)
{
	struct test_ledger t;
	struct tree tree;
	LL_CLEANUP(ll_buf_done) struct ll_buf before, after;

	(void)state;
	ll_buf_init(&before, LL_BUF_PAGE);
	ll_buf_init(&after, LL_BUF_PAGE);
	make_small(&tree);
	test_ledger_open(&t, NULL);
	put_below(&t, &tree, "");
	(void)test_ledger_ingest(&t, 2);
	test_ledger_export_content(&t, &before);

	/* Before all others in the order of paths, and another service by its path. */
	put_archive(&t, &tree, "0/first/all.tar", "pax", NULL);
	put_below(&t, &tree, "00-other/");
	(void)test_ledger_ingest(&t, 2);

	test_ledger_export_content(&t, &after);
	test_assert_same_text(ll_buf_str(&before), ll_buf_str(&after));
	assert_rows(&t,
	            "SELECT DISTINCT status FROM v_capture WHERE capture_id IS NOT NULL"
	            " AND (path GLOB '0/*' OR path GLOB '00-other/*')",
	            "known\n");
	test_ledger_done(&t);
	tree_done(&tree);
}

/*
 * A file of the kernel holds numbers, and profiles of blocking and of mutexes are alike when they
 * are empty or of old versions: what they are, the name alone says.
 */
static bool is_told_by_name(struct test_ledger *t, const char *path)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_stmt_prepare(t->ledger,
	                          ll_str("SELECT 1 FROM v_capture WHERE path = :path"
	                                 " AND (format IN ('cgroup', 'proc')"
	                                 " OR kind IN ('block', 'mutex'))"),
	                          &stmt, &err),
	          &err);
	ll_stmt_bind_text(stmt, ":path", ll_str(path));
	return ll_stmt_step(stmt, &err) > 0;
}

/* "x3/y/z17.txt", or where the name must stay "x3/y/17/memory.max". */
static void put_renamed(struct test_ledger *t, struct test_ledger *other, const struct item *item,
                        size_t number)
{
	char path[256];

	if (is_told_by_name(t, item->path))
		(void)snprintf(path, sizeof path, "x%zu/y/%zu/%s", number % 9, number,
		               ll_test_base_name(item->path));
	else
		(void)snprintf(path, sizeof path, "x%zu/y/z%zu.%s", number % 9, number,
		               number % 2 ? "txt" : "pb.gz");
	put_file(other, path, item);
}

/*
 * Names say when and whose, but seldom what: kinds and totals stay. Of a cgroup's lone number they
 * say all, so whose it is belongs to what tells it from others.
 */
static void names_that_say_nothing_change_no_kind_and_no_total(void **state)
{
	static const char query[] = "SELECT DISTINCT iif(format = 'cgroup', '', hash), part,"
				    " kind, format, totals,"
				    " CASE WHEN capture_id IS NULL THEN reason END FROM v_capture"
				    " WHERE hash IS NOT NULL ORDER BY 1, 2, 3, 6";
	struct test_ledger t, other;
	struct tree tree;
	LL_CLEANUP(ll_buf_done) struct ll_buf expected, content;

	(void)state;
	if (!load_corpus(&tree))
		skip();
	ll_buf_init(&expected, LL_BUF_PAGE);
	ll_buf_init(&content, LL_BUF_PAGE);
	test_ledger_open(&t, NULL);
	test_ledger_open(&other, NULL);
	put_below(&t, &tree, "");
	(void)test_ledger_ingest(&t, 2);
	shuffle(&tree, 1);
	for (size_t i = 0; i < tree.items.count; i++)
		put_renamed(&t, &other, item_at(&tree, i), i);
	(void)test_ledger_ingest(&other, 2);
	test_ledger_rows(&t, query, &expected);
	test_ledger_rows(&other, query, &content);

	test_assert_same_text(ll_buf_str(&expected), ll_buf_str(&content));

	test_ledger_done(&t);
	test_ledger_done(&other);
	tree_done(&tree);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(captures_are_the_same_in_folders_archives_and_copies),
		cmocka_unit_test(the_corpus_is_the_same_in_folders_archives_and_copies),
		cmocka_unit_test(the_number_of_workers_decides_nothing),
		cmocka_unit_test(the_order_of_arrival_decides_nothing),
		cmocka_unit_test(a_copy_that_comes_later_changes_nothing),
		cmocka_unit_test(names_that_say_nothing_change_no_kind_and_no_total),
	};

	return cmocka_run_group_tests_name("ledger arrival", tests, NULL, NULL);
}
