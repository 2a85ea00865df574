/* SPDX-License-Identifier: Apache-2.0 */
/*
 * walk.c - directories of strangers' files.
 *
 * What is refused and why:
 *   - FIFOs, sockets, devices: opening one can block for ever or do things. They are listed with a
 *     reason and never opened; files are opened with O_NONBLOCK and checked again.
 *   - Symbolic links: one that stays inside the root names something the walk meets anyway and is
 *     passed over; one that leads out, or nowhere, is listed with a reason. Where the walk does not
 *     meet it (Kubernetes mounts "heap.pb -> ..data/heap.pb"), the link stands for the file.
 *   - Directories deeper than LL_WALK_DEPTH.
 */
#include "special.h"

#include <leakledger/file.h>
#include <leakledger/units.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <limits.h>
#include <unistd.h>

struct walk {
	struct ll_arena *arena;
	const struct ll_walk_skip *skip;
	struct ll_file *items;
	size_t count, capacity;
	char *real_root;  /* resolved name of the root, without a trailing slash */
	size_t root_size; /* of the root's own name: what follows it and a slash is relative */
};

static void add(struct walk *walk, const char *path, const char *relative, const struct stat *info,
                const char *reason)
{
	if (walk->count == walk->capacity) {
		walk->capacity = walk->capacity > 0 ? walk->capacity * 2 : 256;
		walk->items = ll_realloc(walk->items, walk->capacity, sizeof *walk->items);
	}
	walk->items[walk->count++] = (struct ll_file){
		.path = path,
		.relative = relative,
		.size = info ? (int64_t)info->st_size : 0,
		.modified_ns = info ? ll_time_from_timespec(info->st_mtim) : LL_TIME_NONE,
		.changed_ns = info ? ll_time_from_timespec(info->st_ctim) : LL_TIME_NONE,
		.reason = reason,
	};
}

bool ll_file_is_leftover(struct ll_str name)
{
	static const char *const endings[] = {"~",    ".swp",  ".swo",       ".swx",
	                                      ".tmp", ".part", ".crdownload"};

	if (name.size == 0 || name.data[0] == '.')
		return true;
	if (name.data[0] == '#' && name.data[name.size - 1] == '#')
		return true;
	for (size_t i = 0; i < LL_COUNT(endings); i++) {
		if (ll_str_ends(name, endings[i]))
			return true;
	}
	return false;
}

static bool is_skipped(const struct walk *walk, const struct stat *info)
{
	for (size_t i = 0; i < walk->skip->file_count; i++) {
		if (walk->skip->files[i].device == info->st_dev &&
		    walk->skip->files[i].inode == info->st_ino)
			return true;
	}
	return false;
}

/* Has the path an element that a walk passes over? */
static bool is_hidden(const char *relative)
{
	struct ll_str rest = ll_str(relative);

	while (rest.size > 0) {
		const struct ll_str element = ll_str_split(&rest, '/');

		if (element.size > 0 && ll_file_is_leftover(element))
			return true;
	}
	return false;
}

/* A link: told why it leads nowhere, passed over, or taken for the file that only it leads to. */
static void add_link(struct walk *walk, const char *path, const char *relative,
                     const struct stat *info)
{
	LL_CLEANUP(ll_freep) char *target = realpath(path, NULL);
	const size_t size = strlen(walk->real_root);
	struct stat behind;

	if (!target) {
		add(walk, path, relative, info, "a symbolic link that leads nowhere");
		return;
	}
	if (strncmp(target, walk->real_root, size) != 0 ||
	    (target[size] != '/' && target[size] != '\0')) {
		add(walk, path, relative, info, "a symbolic link that leads out of the root");
		return;
	}
	if (!is_hidden(target + size) || stat(target, &behind) != 0)
		return;
	/* Directories could hold links that lead back to them: those are not followed. */
	if (S_ISDIR(behind.st_mode))
		add(walk, path, relative, info, "a symbolic link to a hidden directory");
	else if (!is_skipped(walk, &behind))
		add(walk, path, relative, &behind,
		    S_ISREG(behind.st_mode) ? NULL : ll_special_reason(behind.st_mode));
}

static const char *base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

static bool matches(const struct ll_walk_skip *skip, const char *relative)
{
	for (size_t i = 0; i < skip->glob_count; i++) {
		if (fnmatch(skip->globs[i], relative, 0) == 0 ||
		    fnmatch(skip->globs[i], base_name(relative), 0) == 0)
			return true;
	}
	return false;
}

/* A directory that is not to be entered, told by a file in it. */
static bool has_marker(const struct walk *walk, DIR *directory)
{
	struct stat info;

	return walk->skip->marker &&
	       fstatat(dirfd(directory), walk->skip->marker, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISREG(info.st_mode);
}

static int walk_directory(struct walk *walk, const char *path, const char *relative, unsigned depth,
                          struct ll_error *err);

/* "path/name": printf was a tenth of a run with nothing new. */
static const char *path_below(struct ll_arena *arena, const char *path, const char *name)
{
	const size_t path_size = strlen(path), name_size = strlen(name);
	char *const full = ll_arena_alloc(arena, path_size + name_size + 2);

	memcpy(full, path, path_size);
	full[path_size] = '/';
	memcpy(full + path_size + 1, name, name_size + 1);
	return full;
}

/* An entry of an open directory, looked at by its name there, not by its whole path. */
static int walk_entry(struct walk *walk, DIR *directory, const char *path, unsigned depth,
                      struct ll_error *err)
{
	const char *const relative = path + walk->root_size + 1;
	struct stat info;

	if (walk->count >= LL_FILE_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %zu files", LL_FILE_MAX);
	if (fstatat(dirfd(directory), strrchr(path, '/') + 1, &info, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno != ENOENT)
			add(walk, path, relative, NULL,
			    ll_arena_printf(walk->arena, "cannot be examined: %s",
			                    strerror(errno)));
		return LL_OK;
	}
	if (S_ISDIR(info.st_mode))
		return walk_directory(walk, path, relative, depth + 1, err);
	if (S_ISLNK(info.st_mode)) {
		add_link(walk, path, relative, &info);
		return LL_OK;
	}
	if (!is_skipped(walk, &info))
		add(walk, path, relative, &info,
		    S_ISREG(info.st_mode) ? NULL : ll_special_reason(info.st_mode));
	return LL_OK;
}

static int walk_directory(struct walk *walk, const char *path, const char *relative, unsigned depth,
                          struct ll_error *err)
{
	DIR *directory;
	const struct dirent *entry;
	int rc = LL_OK;

	if (depth > LL_WALK_DEPTH) {
		add(walk, path, relative, NULL, "a directory nested too deeply");
		return LL_OK;
	}
	directory = opendir(path);
	if (!directory) {
		add(walk, path, relative, NULL,
		    ll_arena_printf(walk->arena, "directory cannot be opened: %s",
		                    strerror(errno)));
		return LL_OK;
	}
	if (has_marker(walk, directory)) {
		(void)closedir(directory);
		return LL_OK;
	}
	while (rc == LL_OK) {
		const char *full;

		errno = 0;
		entry = readdir(directory);
		if (!entry)
			break;
		if (ll_file_is_leftover(ll_str(entry->d_name)))
			continue;
		full = path_below(walk->arena, path, entry->d_name);
		if (!matches(walk->skip, full + walk->root_size + 1))
			rc = walk_entry(walk, directory, full, depth, err);
	}
	/* What was listed before stands; the rest is missed, and that must be known. */
	if (rc == LL_OK && errno != 0)
		add(walk, path, relative, NULL,
		    ll_arena_printf(walk->arena, "directory cannot be read to its end: %s",
		                    strerror(errno)));
	(void)closedir(directory);
	return rc;
}

static int by_relative(const void *a, const void *b)
{
	const struct ll_file *const left = a;
	const struct ll_file *const right = b;

	return strcmp(left->relative, right->relative);
}

static void finish(struct walk *walk, struct ll_file_list *ret_list)
{
	struct ll_file *items = NULL;

	if (walk->count > 0) {
		qsort(walk->items, walk->count, sizeof *walk->items, by_relative);
		items = ll_arena_calloc(walk->arena, walk->count, sizeof *items);
		memcpy(items, walk->items, walk->count * sizeof *items);
	}
	*ret_list = (struct ll_file_list){.items = items, .count = walk->count};
}

int ll_file_walk(const char *root, struct ll_arena *arena, struct ll_file_list *ret_list,
                 struct ll_error *err)
{
	static const struct ll_walk_skip nothing = {.files = NULL};

	return ll_file_walk_but(root, &nothing, arena, ret_list, err);
}

void ll_file_look(const char *path, const char *relative, struct ll_arena *arena,
                  struct ll_file *ret_file)
{
	struct stat info;

	*ret_file = (struct ll_file){.path = path,
	                             .relative = relative,
	                             .modified_ns = LL_TIME_NONE,
	                             .changed_ns = LL_TIME_NONE};
	if (stat(path, &info) != 0) {
		ret_file->reason =
			ll_arena_printf(arena, "cannot be examined: %s", strerror(errno));
		return;
	}
	ret_file->size = (int64_t)info.st_size;
	ret_file->modified_ns = ll_time_from_timespec(info.st_mtim);
	ret_file->changed_ns = ll_time_from_timespec(info.st_ctim);
	if (S_ISDIR(info.st_mode))
		ret_file->reason = "a directory, and the list is of files";
	else if (!S_ISREG(info.st_mode))
		ret_file->reason = ll_special_reason(info.st_mode);
}

bool ll_file_is_excluded(const struct ll_walk_skip *skip, const char *relative)
{
	char above[PATH_MAX];
	size_t size = strlen(relative);

	if (skip->glob_count == 0)
		return false;
	if (matches(skip, relative) || size >= sizeof above)
		return size < sizeof above;
	memcpy(above, relative, size + 1);
	while (size > 0) {
		size--;
		if (above[size] != '/' || size == 0)
			continue;
		above[size] = '\0';
		if (matches(skip, above))
			return true;
	}
	return false;
}

bool ll_file_identify(const char *path, struct ll_file_id *ret_id)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false;
	*ret_id = (struct ll_file_id){.device = info.st_dev, .inode = info.st_ino};
	return true;
}

int ll_file_walk_but(const char *root, const struct ll_walk_skip *skip, struct ll_arena *arena,
                     struct ll_file_list *ret_list, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *real_root = NULL;
	LL_CLEANUP(ll_freep) struct ll_file *items = NULL;
	struct walk walk = {.arena = arena, .skip = skip};
	size_t size = strlen(root);
	struct stat info;
	int rc = LL_OK;

	while (size > 1 && root[size - 1] == '/')
		size--;
	root = ll_arena_str(arena, ll_str_n(root, size)).data;
	walk.root_size = size;
	if (stat(root, &info) != 0)
		return ll_fail_errno(err, errno == ENOENT ? LL_E_NOTFOUND : LL_E_IO, errno,
		                     "cannot read '%s'", root);
	real_root = realpath(root, NULL);
	if (!real_root)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot resolve '%s'", root);
	/* Below "/" every path is inside; an empty prefix says just that. */
	if (strcmp(real_root, "/") == 0)
		real_root[0] = '\0';
	walk.real_root = real_root;
	if (S_ISDIR(info.st_mode))
		rc = walk_directory(&walk, root, "", 0, err);
	else if (!is_skipped(&walk, &info) && !matches(skip, base_name(root)))
		add(&walk, root, base_name(root), &info,
		    S_ISREG(info.st_mode) ? NULL : ll_special_reason(info.st_mode));
	items = walk.items;
	if (rc == LL_OK)
		finish(&walk, ret_list);
	return rc;
}
