/* SPDX-License-Identifier: Apache-2.0 */
/* sites.h - publishing small sites in tests, and looking at what is on the disk afterwards. */
#ifndef LL_TEST_REPORT_SITES_H
#define LL_TEST_REPORT_SITES_H

#include "publish.h"
#include "publish_tree.h"
#include "support.h"

#include <leakledger/file.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

struct sites_page {
	const char *path, *text;
};

/* A path below a directory, in a static ring that outlasts any test. */
static inline const char *sites_path(const char *directory, const char *below)
{
	static char paths[256][256];
	static size_t next;
	char *const path = paths[next++ % LL_COUNT(paths)];
	char joined[sizeof paths[0]];

	/* The directory may stand in the ring itself. */
	(void)snprintf(joined, sizeof joined, "%s/%s", directory, below);
	memcpy(path, joined, sizeof joined);
	return path;
}

/* The key of a page that is made from this text. */
static inline struct ll_hash sites_key(const char *text)
{
	return ll_hash_bytes(text, strlen(text));
}

static inline struct ll_site *sites_open(const char *directory)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site *site = NULL;

	assert_ok(ll_site_open(directory, &site, &err), &err);
	return site;
}

static inline void sites_put(struct ll_site *site, const char *path, const char *text)
{
	struct ll_error err = LL_ERROR_INIT;

	assert_ok(ll_site_put(site, path, sites_key(text), ll_str(text), &err), &err);
}

static inline struct ll_site_stats sites_commit(struct ll_site *site)
{
	struct ll_error err = LL_ERROR_INIT;
	struct ll_site_stats stats = {0};

	assert_ok(ll_site_commit(site, &stats, &err), &err);
	ll_site_close(site);
	return stats;
}

/* A whole publication; the list of pages ends with a NULL path. */
static inline struct ll_site_stats sites_publish(const char *directory, bool in_place,
                                                 const struct sites_page *pages)
{
	struct ll_site *const site = sites_open(directory);

	if (in_place)
		ll_site_in_place(site);
	for (; pages->path; pages++)
		sites_put(site, pages->path, pages->text);
	return sites_commit(site);
}

/* A failing open: the code, and the text in `err`. */
static inline int sites_refused(const char *directory, struct ll_error *err)
{
	struct ll_site *site = NULL;
	const int rc = ll_site_open(directory, &site, err);

	assert_true(rc != LL_OK);
	assert_null(site);
	return rc;
}

static inline void sites_assert_file(const char *directory, const char *below, const char *text)
{
	const char *const path = sites_path(directory, below);
	struct ll_error err = LL_ERROR_INIT;
	struct ll_buf buf;

	ll_buf_init(&buf, LL_BUF_PAGE);
	if (ll_file_read(path, &buf, &err) != LL_OK)
		fail_msg("%s: %s", path, err.text);
	assert_string_equal(buf.data, text);
	ll_buf_done(&buf);
}

static inline bool sites_has(const char *directory, const char *below)
{
	struct stat info;

	return lstat(sites_path(directory, below), &info) == 0;
}

static inline ino_t sites_inode(const char *path)
{
	struct stat info;

	assert_int_equal(lstat(path, &info), 0);
	return info.st_ino;
}

static inline void sites_write(const char *directory, const char *below, const char *text)
{
	free(ll_test_write(directory, below, ll_str(text)));
}

static inline int sites_by_path(const void *a, const void *b)
{
	const struct ll_tree_entry *const left = a;
	const struct ll_tree_entry *const right = b;

	return strcmp(left->path, right->path);
}

/* Names below a directory, sorted, one a line. */
static inline void sites_names(const char *directory, struct ll_buf *out)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	LL_CLEANUP(ll_tree_done) struct ll_tree tree = {.items = NULL};
	LL_CLEANUP(ll_file_closep) int root = open(directory, O_RDONLY | O_DIRECTORY);
	struct ll_error err = LL_ERROR_INIT;

	ll_buf_init(out, LL_BUF_PAGE);
	assert_ok(ll_tree_list(root, &arena, &tree, &err), &err);
	if (tree.count > 0)
		qsort(tree.items, tree.count, sizeof *tree.items, sites_by_path);
	for (size_t i = 0; i < tree.count; i++)
		ll_buf_printf(out, "./%s\n", tree.items[i].path);
}

static inline void sites_assert_names(const char *directory, const char *names)
{
	struct ll_buf found;

	sites_names(directory, &found);
	assert_string_equal(found.data, names);
	ll_buf_done(&found);
}

/* Everything that a change would show in: names, inodes, times, sizes, modes, bytes. */
static inline void sites_state(const char *directory, struct ll_buf *out)
{
	char command[2400];

	ll_buf_init(out, LL_BUF_PAGE);
	(void)snprintf(
		command, sizeof command,
		"cd '%s' && find . -printf '%%P %%i %%T@ %%C@ %%s %%m %%n\\n' | LC_ALL=C sort"
		" && find . -type f -exec cksum {} + | LC_ALL=C sort",
		directory);
	assert_int_equal(ll_test_run(command, out), 0);
}

#endif
