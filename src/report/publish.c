/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish.c - beginning a publication, and taking its pages.
 *
 * Opening goes in this order, and each step relies on the one before:
 *   1. The directory's own name: absolute, without links.
 *   2. The lock. Beside the site it is the file ".<name>.lock", because the directory is exchanged
 *      and cannot carry it; the file is deleted by who holds it, so who gets a lock checks that the
 *      file still has its name. Where the parent cannot be written the directory is never exchanged
 *      and carries the lock itself. Those who lock beside also lock the directory, so that both see
 *      one another.
 *   3. The manifest. Without one the directory must be empty.
 *   4. What dead publications left is cleared away.
 */
#define _GNU_SOURCE /* flock */
#include "publish_site.h"
#include "publish_tree.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

enum {
	DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	LOCK_ATTEMPTS = 100,
};

static struct ll_site *site_new(void)
{
	struct ll_site *const site = ll_calloc(1, sizeof *site);

	site->parent = site->old = site->base = site->lock = site->staging = -1;
	ll_buf_init(&site->before_text, LL_SITE_MANIFEST_MAX);
	site->before = site->now = (struct ll_manifest)LL_MANIFEST_INIT;
	(void)pthread_mutex_init(&site->mutex, NULL);
	return site;
}

int ll_site_within(const char *directory, int code, struct ll_error *err)
{
	(void)ll_within(err, "site in '%s'", directory);
	return code;
}

/* ------------------------------------------------------------------------ the directory's name */

/* The name of a directory that is not there yet; its parents are made. */
static int resolve_new(const char *path, char **ret_resolved, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *copy = ll_strdup(path);
	LL_CLEANUP(ll_freep) char *parent = NULL;
	char *const slash = strrchr(copy, '/');
	const char *const name = slash ? slash + 1 : copy;
	size_t size;

	if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
		return ll_fail(err, LL_E_CREATE, "there is no directory '%s'", path);
	if (slash)
		*slash = '\0';
	if (slash && copy[0] && ll_file_mkdirs(copy, err) != LL_OK)
		return LL_E_CREATE;
	parent = realpath(!slash ? "." : copy[0] ? copy : "/", NULL);
	if (!parent)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot resolve '%s'", path);
	size = strlen(parent) + strlen(name) + 2;
	*ret_resolved = ll_malloc(size);
	(void)snprintf(*ret_resolved, size, "%s/%s", strcmp(parent, "/") == 0 ? "" : parent, name);
	return LL_OK;
}

static int resolve(struct ll_site *site, const char *directory, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *path = ll_strdup(directory);
	size_t size = strlen(path);
	struct stat info;
	int rc = LL_OK;

	while (size > 1 && path[size - 1] == '/')
		path[--size] = '\0';
	if (size == 0)
		return ll_fail(err, LL_E_USAGE, "the report's directory has no name");
	if (lstat(path, &info) != 0) {
		if (errno != ENOENT)
			return ll_fail_errno(err, LL_E_CREATE, errno, "cannot examine '%s'", path);
		rc = resolve_new(path, &site->directory, err);
	} else if (stat(path, &info) != 0) {
		return ll_fail(err, LL_E_CREATE, "'%s' is a link that leads nowhere", path);
	} else if (!S_ISDIR(info.st_mode)) {
		return ll_fail(err, LL_E_CREATE, "'%s' is not a directory", path);
	} else {
		site->directory = realpath(path, NULL);
		if (!site->directory)
			return ll_fail_errno(err, LL_E_CREATE, errno, "cannot resolve '%s'", path);
	}
	if (rc == LL_OK && strcmp(site->directory, "/") == 0)
		return ll_fail(err, LL_E_CREATE, "the root directory cannot be a report");
	if (rc == LL_OK)
		site->name = strrchr(site->directory, '/') + 1;
	return rc;
}

/* ------------------------------------------------------------------------ the lock */

static int busy(int lock, struct ll_error *err)
{
	char text[24] = "";
	const ssize_t size = lock >= 0 ? pread(lock, text, sizeof text - 1, 0) : 0;
	struct ll_str holder = ll_str_trim(ll_str_n(text, size > 0 ? (size_t)size : 0));

	if (!ll_str_is_digits(holder))
		return ll_fail(err, LL_E_BUSY, "another leakledger is writing this report");
	return ll_fail(err, LL_E_BUSY, "another leakledger (process %.*s) is writing this report",
	               LL_STR_ARG(holder));
}

static void write_holder(int lock)
{
	char text[24];
	const int size = snprintf(text, sizeof text, "%ld\n", (long)getpid());

	/* Only for the message of others; the lock does not depend on it. */
	if (ftruncate(lock, 0) == 0)
		(void)!pwrite(lock, text, (size_t)size, 0);
}

static int open_lock(const struct ll_site *site)
{
	const int flags = O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int lock = openat(site->parent, site->lock_name, O_RDWR | flags, 0644);

	if (lock >= 0 || errno != EACCES)
		return lock;
	/* Perhaps another user's, of a run that was killed: to lock it, reading is enough. */
	lock = openat(site->parent, site->lock_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (lock < 0 && errno == ENOENT)
		errno = EACCES;
	return lock;
}

/* 0; 1 when the parent does not let us; a failure. */
static int lock_beside(struct ll_site *site, struct ll_error *err)
{
	for (unsigned i = 0; i < LOCK_ATTEMPTS; i++) {
		LL_CLEANUP(ll_file_closep) int lock = open_lock(site);

		if (lock < 0 && (errno == EACCES || errno == EPERM || errno == EROFS) &&
		    site->old >= 0)
			return 1;
		if (lock < 0)
			return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'",
			                     site->lock_name);
		if (flock(lock, LOCK_EX | LOCK_NB) != 0)
			return errno == EWOULDBLOCK
			               ? busy(lock, err)
			               : ll_fail_errno(err, LL_E_IO, errno, "cannot lock '%s'",
			                               site->lock_name);
		if (!ll_tree_is(lock, site->parent, site->lock_name))
			continue;
		write_holder(lock);
		site->lock = lock;
		lock = -1;
		return LL_OK;
	}
	return busy(-1, err);
}

static int open_old(struct ll_site *site, struct ll_error *err)
{
	ll_file_closep(&site->old);
	site->old = open(site->directory, DIRECTORY_FLAGS);
	if (site->old < 0 && errno != ENOENT)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot be opened");
	return LL_OK;
}

/* The directory itself, which another run may have just exchanged for its own. */
static int lock_directory(struct ll_site *site, struct ll_error *err)
{
	if (site->old < 0)
		return LL_OK;
	if (flock(site->old, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
		return busy(-1, err);
	if (site->parent >= 0 && !ll_tree_is(site->old, site->parent, site->name))
		return busy(-1, err);
	return LL_OK;
}

/* ".<name><suffix>" */
static char *name_beside(const char *name, const char *suffix)
{
	const size_t size = strlen(name) + strlen(suffix) + 2;
	char *const text = ll_malloc(size);

	(void)snprintf(text, size, ".%s%s", name, suffix);
	return text;
}

static bool is_mount_point(const struct ll_site *site)
{
	return site->old >= 0 && site->parent >= 0 && ll_tree_is_mount(site->parent, site->name);
}

static int lock_site(struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *parent = ll_strdup(site->directory);
	char suffix[32];
	int rc = open_old(site, err);

	if (rc != LL_OK)
		return rc;
	*strrchr(parent, '/') = '\0';
	site->parent = open(parent[0] ? parent : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (site->parent < 0 && site->old < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot open '%s'", parent);
	site->lock_name = name_beside(site->name, ".lock");
	rc = site->parent < 0 || is_mount_point(site) ? 1 : lock_beside(site, err);
	if (rc < 0)
		return rc;
	site->is_in_place = rc == 1;
	(void)snprintf(suffix, sizeof suffix, ".new-%ld", (long)getpid());
	site->staging_name = rc == 1 ? ll_strdup(LL_SITE_INSIDE) : name_beside(site->name, suffix);
	/* Who held the lock before us may have put another directory under the name. */
	rc = open_old(site, err);
	if (rc == LL_OK)
		rc = lock_directory(site, err);
	site->base = site->is_in_place ? site->old : site->parent;
	return rc;
}

/* ------------------------------------------------------------------------ the last publication */

/* An empty directory, but for what a first publication leaves when it is killed. */
static int check_empty(const struct ll_site *site, struct ll_error *err)
{
	LL_CLEANUP(ll_tree_listing_closep) DIR *listing = ll_tree_listing(site->old);
	const struct dirent *entry;

	if (!listing)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot be read");
	while ((entry = readdir(listing)) != NULL) {
		const char *const name = entry->d_name;

		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0 &&
		    strcmp(name, LL_SITE_INSIDE) != 0)
			return ll_fail(err, LL_E_CREATE,
			               "the directory is not empty and has no report of ours; name "
			               "another one");
	}
	return LL_OK;
}

static int read_before(struct ll_site *site, struct ll_error *err)
{
	int rc;

	if (site->old < 0)
		return LL_OK;
	rc = ll_tree_read(site->old, LL_SITE_MANIFEST, &site->before_text, err);
	if (rc == LL_E_NOTFOUND)
		return check_empty(site, err);
	/* What is too large to be read is damaged like any other text that is not ours. */
	if (rc != LL_OK && rc != LL_E_LIMIT)
		return rc;
	ll_manifest_parse(&site->before, ll_buf_str(&site->before_text));
	return LL_OK;
}

/* Who works inside the directory would find himself in a deleted one after an exchange. */
static bool is_working_directory(const struct ll_site *site)
{
	LL_CLEANUP(ll_freep) char *working = realpath(".", NULL);
	struct ll_str rest = ll_str(working);

	return ll_str_skip(&rest, site->directory) && (rest.size == 0 || rest.data[0] == '/');
}

int ll_site_open(const char *directory, struct ll_site **ret_site, struct ll_error *err)
{
	LL_CLEANUP(ll_site_closep) struct ll_site *site = site_new();
	int rc = resolve(site, directory, err);

	if (rc == LL_OK)
		rc = lock_site(site, err);
	if (rc == LL_OK)
		rc = read_before(site, err);
	if (rc != LL_OK)
		return ll_site_within(directory, rc, err);
	ll_site_retire_stale(site);
	site->is_in_place = site->is_in_place || is_working_directory(site);
	*ret_site = ll_take(&site);
	return LL_OK;
}

void ll_site_in_place(struct ll_site *site)
{
	site->is_in_place = true;
}

void ll_site_close(struct ll_site *site)
{
	if (!site)
		return;
	if (site->staging >= 0)
		ll_site_retire(site->base, site->staging_name, site->old, &site->before);
	if (site->lock >= 0)
		(void)unlinkat(site->parent, site->lock_name, 0);
	ll_file_closep(&site->staging);
	ll_file_closep(&site->old);
	ll_file_closep(&site->parent);
	ll_file_closep(&site->lock);
	ll_manifest_done(&site->before);
	ll_manifest_done(&site->now);
	ll_buf_done(&site->before_text);
	(void)pthread_mutex_destroy(&site->mutex);
	free(site->directory);
	free(site->lock_name);
	free(site->staging_name);
	free(site);
}

void ll_site_closep(struct ll_site **site)
{
	ll_site_close(*site);
	*site = NULL;
}

/* ------------------------------------------------------------------------ pages */

/* The page of the last publication whose file still looks like it; NULL when there is none. */
static const struct ll_page *page_before(const struct ll_site *site, const char *path)
{
	const struct ll_page *const page = ll_manifest_find(&site->before, path);
	struct stat info;

	if (!page || page->size == LL_PAGE_UNKNOWN || site->old < 0)
		return NULL;
	if (!ll_tree_stat(site->old, path, &info) || !S_ISREG(info.st_mode))
		return NULL;
	return (int64_t)info.st_size == page->size ? page : NULL;
}

bool ll_site_is_current(struct ll_site *site, const char *path, struct ll_hash key)
{
	const struct ll_page *const page = page_before(site, path);

	return page && ll_hash_equal(page->key, key);
}

int ll_site_read(struct ll_site *site, const char *path, struct ll_buf *ret_bytes,
                 struct ll_error *err)
{
	if (!page_before(site, path))
		return ll_fail(err, LL_E_NOTFOUND, "no page '%s' to read", path);
	return ll_tree_read(site->old, path, ret_bytes, err);
}

static void fail_put(struct ll_site *site)
{
	(void)pthread_mutex_lock(&site->mutex);
	site->is_failed = true;
	(void)pthread_mutex_unlock(&site->mutex);
}

/* Takes the path for a page, so that no other can have it. */
static int claim(struct ll_site *site, const struct ll_page *page, size_t *ret_index,
                 struct ll_error *err)
{
	if (!ll_page_path_is_valid(ll_str(page->path)))
		return ll_fail(err, LL_E_INTERNAL, "'%s' cannot be the path of a page", page->path);
	(void)pthread_mutex_lock(&site->mutex);
	*ret_index = ll_manifest_add(&site->now, page);
	(void)pthread_mutex_unlock(&site->mutex);
	if (*ret_index == SIZE_MAX)
		return ll_fail(err, LL_E_INTERNAL, "page '%s' is there twice", page->path);
	return LL_OK;
}

int ll_site_keep(struct ll_site *site, const char *path, struct ll_hash key, struct ll_error *err)
{
	const struct ll_page *const before = page_before(site, path);
	struct ll_page page;
	size_t index;
	int rc;

	if (!before)
		return ll_fail(err, LL_E_NOTFOUND, "no page '%s' to keep", path);
	page = *before;
	page.key = key;
	rc = claim(site, &page, &index, err);
	if (rc != LL_OK)
		fail_put(site);
	return rc;
}

/* True when a page of the last publication lies below the directory `path`. */
static bool was_directory(const struct ll_site *site, const char *path)
{
	for (size_t i = 0; i < site->before.count; i++) {
		struct ll_str rest = ll_str(site->before.pages[i].path);

		if (ll_str_skip(&rest, path) && rest.size > 0 && rest.data[0] == '/')
			return true;
	}
	return false;
}

/* Whether what stands at `path`, a part of a page's path, may go or may hold the page. */
static bool is_ours(const struct ll_site *site, const char *path, bool is_whole)
{
	struct stat info;

	if (!ll_tree_stat(site->old, path, &info))
		return true;
	if (S_ISDIR(info.st_mode))
		return !is_whole || was_directory(site, path);
	return ll_manifest_find(&site->before, path) || (is_whole && site->before.is_damaged);
}

static int check_place(const struct ll_site *site, const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *part = ll_strdup(path);

	if (site->old < 0)
		return LL_OK;
	for (char *slash = strchr(part, '/'); slash; slash = strchr(slash + 1, '/')) {
		bool is_free;

		*slash = '\0';
		is_free = is_ours(site, part, false);
		if (!is_free)
			return ll_fail(err, LL_E_CREATE,
			               "'%s' is not a page of ours and in the way of '%s'", part,
			               path);
		*slash = '/';
	}
	if (!is_ours(site, path, true))
		return ll_fail(err, LL_E_CREATE, "'%s' is not a page of ours; move it away", path);
	return LL_OK;
}

/* True when the file of the last publication has these bytes. */
static bool has_bytes(const struct ll_site *site, const struct ll_page *page, struct ll_str bytes)
{
	const struct ll_page *const before = ll_manifest_find(&site->before, page->path);

	if (site->old < 0 || (!before && !site->before.is_damaged))
		return false;
	/* Another hash saves the reading. The same one is not enough: the file may be edited. */
	if (before && before->size != LL_PAGE_UNKNOWN && !ll_hash_equal(before->hash, page->hash))
		return false;
	return ll_tree_has(site->old, page->path, bytes);
}

static int put_page(struct ll_site *site, const struct ll_page *page, struct ll_str bytes,
                    struct ll_error *err)
{
	size_t index = 0;
	int rc = claim(site, page, &index, err);

	if (rc == LL_OK)
		rc = check_place(site, page->path, err);
	if (rc != LL_OK || has_bytes(site, page, bytes))
		return rc;
	(void)pthread_mutex_lock(&site->mutex);
	site->now.pages[index].is_written = true;
	rc = ll_site_stage(site, err);
	(void)pthread_mutex_unlock(&site->mutex);
	if (rc == LL_OK)
		rc = ll_tree_write(site->staging, page->path, bytes, site->old, err);
	return rc;
}

int ll_site_put(struct ll_site *site, const char *path, struct ll_hash key, struct ll_str bytes,
                struct ll_error *err)
{
	const struct ll_page page = {
		.path = path,
		.key = key,
		.hash = ll_hash_bytes(bytes.data, bytes.size),
		.size = (int64_t)bytes.size,
	};
	const int rc = put_page(site, &page, bytes, err);

	if (rc == LL_OK)
		return LL_OK;
	fail_put(site);
	return ll_site_within(site->directory, rc, err);
}
