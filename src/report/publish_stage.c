/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_stage.c - the staging directory, and the safe end of trees that are not needed any more.
 *
 * A tree that a publication leaves behind when it is killed is one of three things:
 *
 *   1. Staging, being filled. It has no manifest: every file in it is ours.
 *   2. Staging, complete but not exchanged. Its manifest was written before the first file of other
 *      people was linked into it, so what the manifest does not name belongs to others.
 *   3. The old site, after the exchange. It has its manifest, and what that does not name ...
 *
 * So 2 and 3 are treated alike: pages are deleted. A file of other people is deleted when the site
 * has it too; when it appeared or was replaced in the moment of the exchange, the newer one of the
 * two becomes the site's. The manifest goes last, so that being killed again changes nothing here.
 */
#define _GNU_SOURCE /* flock */
#include "publish_site.h"
#include "publish_tree.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

bool ll_site_is_own(const char *path)
{
	const struct ll_str text = ll_str(path);

	return strcmp(path, LL_SITE_MANIFEST) == 0 || strcmp(path, LL_TREE_PART) == 0 ||
	       strcmp(path, LL_SITE_INSIDE) == 0 || ll_str_starts(text, LL_SITE_INSIDE "/");
}

int ll_site_stage(struct ll_site *site, struct ll_error *err)
{
	const int flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;

	if (site->staging >= 0)
		return LL_OK;
	if (mkdirat(site->base, site->staging_name, 0777) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create directory '%s'",
		                     site->staging_name);
	site->staging = openat(site->base, site->staging_name, flags);
	if (site->staging < 0 || fstat(site->staging, &site->model) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot open directory '%s'",
		                     site->staging_name);
	/* Half a site is nobody's business, also where a web server serves the parent. */
	(void)fchmod(site->staging, 0700);
	/* After the exchange this is the site; who locks the directory itself finds it taken. */
	(void)flock(site->staging, LOCK_EX | LOCK_NB);
	return LL_OK;
}

static bool is_newer(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* True when the site lacks this file of other people, or has an older state of it. */
static bool is_missed(int current, const struct ll_tree_entry *entry)
{
	struct stat there;

	if (current < 0)
		return false;
	if (!ll_tree_stat(current, entry->path, &there))
		return true;
	if (there.st_dev == entry->info.st_dev && there.st_ino == entry->info.st_ino)
		return false;
	return is_newer(&entry->info, &there);
}

static void retire_entry(int tree, const struct ll_tree_entry *entry, int current)
{
	if (!S_ISDIR(entry->info.st_mode) && is_missed(current, entry))
		(void)ll_tree_move(tree, current, entry->path, tree, NULL);
	else if (!entry->is_mount)
		(void)ll_tree_remove(tree, entry->path, NULL);
}

/* Reads the manifest of a tree; false when it has none. */
static bool read_manifest(int tree, struct ll_manifest *manifest)
{
	struct ll_buf text;
	struct stat info;
	const bool has_one = ll_tree_stat(tree, LL_SITE_MANIFEST, &info);

	ll_buf_init(&text, LL_SITE_MANIFEST_MAX);
	if (has_one && ll_tree_read(tree, LL_SITE_MANIFEST, &text, NULL) == LL_OK)
		ll_manifest_parse(manifest, ll_buf_str(&text));
	ll_buf_done(&text);
	return has_one;
}

void ll_site_retire(int base, const char *name, int current, const struct ll_manifest *pages)
{
	LL_CLEANUP(ll_arena_done) struct ll_arena arena = LL_ARENA_INIT;
	LL_CLEANUP(ll_manifest_done) struct ll_manifest own = LL_MANIFEST_INIT;
	LL_CLEANUP(ll_tree_done) struct ll_tree tree = {.items = NULL};
	LL_CLEANUP(ll_file_closep)
	int root = openat(base, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	bool has_others;

	if (root < 0)
		return;
	has_others = read_manifest(root, &own);
	if (ll_tree_list(root, &arena, &tree, NULL) != LL_OK)
		return;
	for (size_t i = tree.count; i-- > 0;) {
		const struct ll_tree_entry *const entry = &tree.items[i];
		const bool is_page = ll_manifest_find(&own, entry->path) ||
		                     ll_manifest_find(pages, entry->path) ||
		                     ll_site_is_own(entry->path);

		if (strcmp(entry->path, LL_SITE_MANIFEST) != 0)
			retire_entry(root, entry, has_others && !is_page ? current : -1);
	}
	(void)ll_tree_remove(root, LL_SITE_MANIFEST, NULL);
	(void)unlinkat(base, name, AT_REMOVEDIR);
}

/* ".<name>.new-<digits>" */
static bool is_staging_of(const char *entry, const char *name)
{
	struct ll_str text = ll_str(entry);

	return ll_str_skip(&text, ".") && ll_str_skip(&text, name) && ll_str_skip(&text, ".new-") &&
	       ll_str_is_digits(text);
}

/*
 * A name that looks like ours in a directory where everybody may write is not enough: the tree must
 * belong to us or to whom the site belongs.
 */
static bool is_trusted(const struct ll_site *site, const char *name)
{
	struct stat stale;
	struct stat old;

	if (fstatat(site->parent, name, &stale, AT_SYMLINK_NOFOLLOW) != 0)
		return false;
	if (stale.st_uid == geteuid())
		return true;
	return site->old >= 0 && fstat(site->old, &old) == 0 && stale.st_uid == old.st_uid;
}

void ll_site_retire_stale(const struct ll_site *site)
{
	LL_CLEANUP(ll_tree_listing_closep) DIR *listing = NULL;
	const struct dirent *entry;

	if (site->old >= 0)
		ll_site_retire(site->old, LL_SITE_INSIDE, site->old, &site->before);
	/* Without the lock file beside the site, others may be at work there. */
	if (site->lock < 0)
		return;
	listing = ll_tree_listing(site->parent);
	while (listing && (entry = readdir(listing)) != NULL) {
		if (is_staging_of(entry->d_name, site->name) && is_trusted(site, entry->d_name))
			ll_site_retire(site->parent, entry->d_name, site->old, &site->before);
	}
}
