/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_commit.c - the new pages become the site.
 *
 * By exchange, in this order (publish_stage.c relies on it):
 *   1. pages that stay are linked into staging;
 *   2. the manifest is written there;
 *   3. files of other people are linked;
 *   4. everything is flushed; staging gets the permissions of the directory;
 *   5. staging and the directory change names: this is the moment;
 *   6. the old tree is deleted.
 *
 * File by file, where that is not possible:
 *   1. a manifest that names the pages of both generations, those that change with unknown bytes:
 *      so every file of ours is known as ours whenever this stops;
 *   2. new pages are renamed into place, index.html last;
 *   3. pages that are gone are deleted (before 2, where one is in the way of a new one);
 *   4. the new manifest.
 */
#define _GNU_SOURCE /* renameat2 */
#include "publish_site.h"
#include "publish_tree.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* ------------------------------------------------------------------------ what differs */

static struct ll_site_stats count(const struct ll_site *site)
{
	struct ll_site_stats stats = {0};

	for (size_t i = 0; i < site->now.count; i++) {
		stats.written += site->now.pages[i].is_written;
		stats.unchanged += !site->now.pages[i].is_written;
	}
	for (size_t i = 0; i < site->before.count; i++)
		stats.removed += !ll_manifest_find(&site->now, site->before.pages[i].path);
	return stats;
}

/* A page of `below` that lies in what is a file in `pages` ("a" and "a/b"), or NULL. */
static const char *find_below_file(const struct ll_manifest *below, const struct ll_manifest *pages)
{
	for (size_t i = 0; i < below->count; i++) {
		LL_CLEANUP(ll_freep) char *part = ll_strdup(below->pages[i].path);

		for (char *slash = strrchr(part, '/'); slash; slash = strrchr(part, '/')) {
			*slash = '\0';
			if (ll_manifest_find(pages, part))
				return below->pages[i].path;
		}
	}
	return NULL;
}

/* ------------------------------------------------------------------------ pieces of both ways */

/*
 * Writes the manifest into staging, over an earlier one. It appears there whole or not at all: half
 * of one would make the pages that it does not name look like other people's.
 */
static int stage_manifest(const struct ll_site *site, const struct ll_manifest *pages,
                          struct ll_error *err)
{
	const int staging = site->staging;
	struct ll_buf text;
	int rc;

	ll_buf_init(&text, LL_SITE_MANIFEST_MAX);
	ll_manifest_print(pages, &text);
	rc = ll_buf_check(&text, "the list of pages", err);
	if (rc == LL_OK)
		rc = ll_tree_write(staging, LL_TREE_PART, ll_buf_str(&text), -1, err);
	if (rc == LL_OK)
		rc = ll_tree_sync(staging, LL_TREE_PART, err);
	if (rc == LL_OK && renameat(staging, LL_TREE_PART, staging, LL_SITE_MANIFEST) != 0)
		rc = ll_fail_errno(err, LL_E_CREATE, errno, "cannot write '%s'", LL_SITE_MANIFEST);
	ll_buf_done(&text);
	return rc;
}

static int sync_pages(const struct ll_site *site, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < site->now.count; i++) {
		if (site->now.pages[i].is_written)
			rc = ll_tree_sync(site->staging, site->now.pages[i].path, err);
	}
	return rc;
}

/* ------------------------------------------------------------------------ by exchange */

static int link_unchanged(const struct ll_site *site, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < site->now.count; i++) {
		if (!site->now.pages[i].is_written)
			rc = ll_tree_link(site->old, site->staging, site->now.pages[i].path, err);
	}
	return rc;
}

/* The directories that the last publication made for its pages: they go when their pages go. */
static void collect_directories(const struct ll_manifest *pages, struct ll_map *ret_directories)
{
	for (size_t i = 0; i < pages->count; i++) {
		const char *const path = pages->pages[i].path;

		for (const char *slash = strchr(path, '/'); slash; slash = strchr(slash + 1, '/'))
			(void)ll_map_put(ret_directories,
			                 ll_hash_bytes(path, (size_t)(slash - path)), 0);
	}
}

static int carry_entry(const struct ll_site *site, const struct ll_tree_entry *entry,
                       const struct ll_map *directories, struct ll_error *err)
{
	const char *const path = entry->path;

	if (entry->is_mount)
		return ll_fail(err, LL_E_CREATE, "'%s' is a mount point", path);
	if (ll_site_is_own(path) || ll_manifest_find(&site->before, path))
		return LL_OK;
	if (S_ISDIR(entry->info.st_mode)) {
		if (ll_map_find(directories, ll_hash_bytes(path, strlen(path))) != LL_MAP_NONE)
			return LL_OK;
		return ll_tree_make_directory(site->staging, path, site->old, err);
	}
	/* Only where a damaged manifest no longer tells whose the file is. */
	if (ll_manifest_find(&site->now, path))
		return LL_OK;
	return ll_tree_link(site->old, site->staging, path, err);
}

/* Brings the files of other people into staging. */
static int carry(const struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	LL_CLEANUP(ll_tree_done) struct ll_tree tree = {.items = NULL};
	LL_CLEANUP(ll_map_done) struct ll_map directories = LL_MAP_INIT;
	int rc = ll_tree_list(site->old, &arena, &tree, err);

	collect_directories(&site->before, &directories);
	for (size_t i = 0; rc == LL_OK && i < tree.count; i++)
		rc = carry_entry(site, &tree.items[i], &directories, err);
	return rc;
}

static int sync_directories(const struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	LL_CLEANUP(ll_tree_done) struct ll_tree tree = {.items = NULL};
	int rc = ll_tree_list(site->staging, &arena, &tree, err);

	for (size_t i = 0; rc == LL_OK && i < tree.count; i++) {
		if (S_ISDIR(tree.items[i].info.st_mode))
			rc = ll_tree_sync(site->staging, tree.items[i].path, err);
	}
	return rc == LL_OK ? ll_tree_sync(site->staging, "", err) : rc;
}

/* Permissions last: until here nobody else could look in. */
static void open_to_readers(const struct ll_site *site)
{
	struct stat model = site->model;

	if (site->old >= 0)
		(void)fstat(site->old, &model);
	ll_tree_imitate(site->staging, &model);
}

/* What says that this directory cannot be exchanged, and not that the disk is ill. */
static bool is_no_exchange(int error_number)
{
	return error_number == EINVAL || error_number == ENOSYS || error_number == EOPNOTSUPP ||
	       error_number == EBUSY || error_number == EXDEV || error_number == EPERM ||
	       error_number == EACCES;
}

/* 0; 1 when the system does not exchange; a failure. */
static int exchange(const struct ll_site *site, struct ll_error *err)
{
	int rc;

	if (site->old >= 0 && !ll_tree_is(site->old, site->parent, site->name))
		return ll_fail(err, LL_E_BUSY, "somebody replaced the directory meanwhile");
	if (site->old < 0)
		rc = renameat(site->parent, site->staging_name, site->parent, site->name);
	else
		rc = renameat2(site->parent, site->staging_name, site->parent, site->name,
		               RENAME_EXCHANGE);
	if (rc == 0)
		return LL_OK;
	if (site->old >= 0 && is_no_exchange(errno))
		return 1;
	return ll_fail_errno(err, LL_E_CREATE, errno, "cannot be replaced");
}

/* Everything up to the moment. 0; 1 when it has to go file by file; a failure. */
static int prepare(const struct ll_site *site, struct ll_error *err)
{
	int rc = link_unchanged(site, err);

	if (rc == LL_OK)
		rc = stage_manifest(site, &site->now, err);
	if (rc != LL_OK)
		return rc;
	/* What cannot be carried over can stay where it is. */
	if (site->old >= 0 && carry(site, NULL) != LL_OK)
		return 1;
	rc = sync_pages(site, err);
	return rc == LL_OK ? sync_directories(site, err) : rc;
}

static int commit_by_exchange(struct ll_site *site, struct ll_error *err)
{
	int rc = prepare(site, err);

	if (rc != LL_OK)
		return rc;
	open_to_readers(site);
	rc = exchange(site, err);
	if (rc != LL_OK)
		return rc;
	rc = ll_tree_sync(site->parent, "", err);
	if (site->old >= 0)
		ll_site_retire(site->parent, site->staging_name, site->staging, &site->now);
	ll_file_closep(&site->staging);
	return rc < 0 ? ll_within(err, "written, but a loss of power may undo it") : LL_OK;
}

/* ------------------------------------------------------------------------ file by file */

static int install_manifest(const struct ll_site *site, const struct ll_manifest *pages,
                            struct ll_error *err)
{
	int rc = stage_manifest(site, pages, err);

	if (rc == LL_OK)
		rc = ll_tree_move(site->staging, site->old, LL_SITE_MANIFEST, -1, err);
	return rc == LL_OK ? ll_tree_sync(site->old, "", err) : rc;
}

/* The pages of both generations; those that change are of unknown bytes. */
static int install_union(const struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_manifest_done) struct ll_manifest both = LL_MANIFEST_INIT;

	for (size_t i = 0; i < site->now.count; i++) {
		struct ll_page page = site->now.pages[i];

		if (page.is_written)
			page.size = LL_PAGE_UNKNOWN;
		(void)ll_manifest_add(&both, &page);
	}
	for (size_t i = 0; i < site->before.count; i++)
		(void)ll_manifest_add(&both, &site->before.pages[i]);
	ll_manifest_sort(&both);
	return install_manifest(site, &both, err);
}

static bool is_front(const struct ll_page *page)
{
	return strcmp(page->path, "index.html") == 0;
}

static int move_pages(const struct ll_site *site, struct ll_error *err)
{
	const struct ll_page *front = NULL;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < site->now.count; i++) {
		const struct ll_page *const page = &site->now.pages[i];

		if (page->is_written && is_front(page))
			front = page;
		else if (page->is_written)
			rc = ll_tree_move(site->staging, site->old, page->path, -1, err);
	}
	if (rc == LL_OK && front)
		rc = ll_tree_move(site->staging, site->old, front->path, -1, err);
	return rc;
}

static int remove_gone(const struct ll_site *site, struct ll_error *err)
{
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < site->before.count; i++) {
		const char *const path = site->before.pages[i].path;
		struct stat info;

		if (ll_manifest_find(&site->now, path))
			continue;
		/*
		 * Somebody's directory in the page's place is his; one of ours may be left empty.
		 */
		if (ll_tree_stat(site->old, path, &info) && !S_ISDIR(info.st_mode))
			rc = ll_tree_remove(site->old, path, err);
		if (rc == LL_OK)
			rc = ll_tree_prune(site->old, path, err);
	}
	return rc;
}

/* Flushes the directories that pages were moved into; the pages are sorted by path. */
static int sync_places(const struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_map_done) struct ll_map directories = LL_MAP_INIT;
	int rc = LL_OK;

	for (size_t i = 0; rc == LL_OK && i < site->now.count; i++) {
		LL_CLEANUP(ll_freep) char *above = ll_strdup(site->now.pages[i].path);
		char *const slash = strrchr(above, '/');
		const size_t known = directories.count;

		if (!slash || !site->now.pages[i].is_written)
			continue;
		*slash = '\0';
		(void)ll_map_put(&directories, ll_hash_bytes(above, strlen(above)), 0);
		if (directories.count > known)
			rc = ll_tree_sync(site->old, above, err);
	}
	return rc;
}

static int replace_pages(const struct ll_site *site, struct ll_error *err)
{
	const bool is_gone_first = find_below_file(&site->now, &site->before) ||
	                           find_below_file(&site->before, &site->now);
	int rc = sync_pages(site, err);

	if (rc == LL_OK)
		rc = install_union(site, err);
	if (rc == LL_OK && is_gone_first)
		rc = remove_gone(site, err);
	if (rc == LL_OK)
		rc = move_pages(site, err);
	if (rc == LL_OK)
		rc = sync_places(site, err);
	if (rc == LL_OK && !is_gone_first)
		rc = remove_gone(site, err);
	return rc;
}

static int commit_in_place(const struct ll_site *site, bool has_changes, struct ll_error *err)
{
	int rc = has_changes ? replace_pages(site, err) : LL_OK;

	return rc == LL_OK ? install_manifest(site, &site->now, err) : rc;
}

/* ------------------------------------------------------------------------ commit */

static bool is_same_manifest(const struct ll_site *site)
{
	struct ll_buf text;
	bool is_same;

	ll_buf_init(&text, LL_SITE_MANIFEST_MAX);
	ll_manifest_print(&site->now, &text);
	is_same = ll_str_equal(ll_buf_str(&text), ll_buf_str(&site->before_text));
	ll_buf_done(&text);
	return is_same;
}

static int check(struct ll_site *site, struct ll_error *err)
{
	const char *path;

	if (site->is_over)
		return ll_fail(err, LL_E_INTERNAL, "committed twice");
	site->is_over = true;
	if (site->is_failed)
		return ll_fail(err, LL_E_INTERNAL, "a page is missing");
	path = find_below_file(&site->now, &site->now);
	if (path)
		return ll_fail(err, LL_E_INTERNAL, "page '%s' lies in another page", path);
	return LL_OK;
}

static int commit(struct ll_site *site, const struct ll_site_stats *stats, struct ll_error *err)
{
	const bool has_changes = stats->written > 0 || stats->removed > 0;
	int rc;

	if (site->old >= 0 && !has_changes && is_same_manifest(site))
		return LL_OK;
	rc = ll_site_stage(site, err);
	if (rc != LL_OK)
		return rc;
	/* Only keys are new: the manifest alone is replaced. */
	if (site->old >= 0 && (site->is_in_place || !has_changes))
		return commit_in_place(site, has_changes, err);
	rc = commit_by_exchange(site, err);
	return rc == 1 ? commit_in_place(site, has_changes, err) : rc;
}

int ll_site_commit(struct ll_site *site, struct ll_site_stats *ret_stats, struct ll_error *err)
{
	struct ll_site_stats stats;
	int rc = check(site, err);

	ll_manifest_sort(&site->now);
	stats = count(site);
	if (rc == LL_OK)
		rc = commit(site, &stats, err);
	if (rc != LL_OK)
		return ll_site_within(site->directory, rc, err);
	if (ret_stats)
		*ret_stats = stats;
	return LL_OK;
}
