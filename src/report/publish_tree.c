/* SPDX-License-Identifier: Apache-2.0 */
/* publish_tree.c - see publish_tree.h. */
#define _GNU_SOURCE /* statx */
#include "publish_tree.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

enum {
	DIRECTORY_FLAGS = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC,
	FILE_FLAGS = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
};

/* ------------------------------------------------------------------------ going down a path */

/* Cuts the next part of *path into `name`; false at the last part or when the part is too long. */
static bool next_part(const char **path, char name[NAME_MAX + 1])
{
	const char *const slash = strchr(*path, '/');
	const size_t size = slash ? (size_t)(slash - *path) : 0;

	if (!slash || size > NAME_MAX)
		return false;
	memcpy(name, *path, size);
	name[size] = '\0';
	*path = slash + 1;
	return true;
}

/* The directory that `path` lies in, which must be there; *ret_name is the last part. -1, errno. */
static int open_parent(int root, const char *path, const char **ret_name)
{
	char name[NAME_MAX + 1];
	int at = fcntl(root, F_DUPFD_CLOEXEC, 0);

	while (at >= 0 && next_part(&path, name)) {
		const int next = openat(at, name, DIRECTORY_FLAGS);
		const int error_number = errno;

		(void)close(at);
		at = next;
		errno = error_number;
	}
	*ret_name = path;
	return at;
}

void ll_tree_imitate(int made, const struct stat *info)
{
	struct stat now;

	if (fstat(made, &now) != 0)
		return;
	/* Only root may give a directory away; for others the mode is what can be kept. */
	if (now.st_uid != info->st_uid || now.st_gid != info->st_gid)
		(void)!fchown(made, info->st_uid, info->st_gid);
	if ((now.st_mode & 07777) != (info->st_mode & 07777))
		(void)fchmod(made, info->st_mode & 07777);
}

/* Opens or makes one directory. `path` ends with it, and says where its model is below `like`. */
static int enter(int at, const char *name, struct ll_str path, int like)
{
	char model_path[PATH_MAX];
	struct stat model;
	int made = openat(at, name, DIRECTORY_FLAGS);

	if (made >= 0 || errno != ENOENT)
		return made;
	if (mkdirat(at, name, 0777) != 0 && errno != EEXIST)
		return -1;
	made = openat(at, name, DIRECTORY_FLAGS);
	if (made < 0 || like < 0 || path.size >= sizeof model_path)
		return made;
	memcpy(model_path, path.data, path.size);
	model_path[path.size] = '\0';
	if (ll_tree_stat(like, model_path, &model) && S_ISDIR(model.st_mode))
		ll_tree_imitate(made, &model);
	return made;
}

/* open_parent that makes what is missing. */
static int make_parent(int root, const char *path, int like, const char **ret_name)
{
	const char *rest = path;
	char name[NAME_MAX + 1];
	int at = fcntl(root, F_DUPFD_CLOEXEC, 0);

	while (at >= 0 && next_part(&rest, name)) {
		const size_t size = (size_t)(rest - path) - 1;
		const int next = enter(at, name, ll_str_n(path, size), like);
		const int error_number = errno;

		(void)close(at);
		at = next;
		errno = error_number;
	}
	*ret_name = rest;
	return at;
}

/* ------------------------------------------------------------------------ looking */

static void add(struct ll_tree *tree, const struct ll_tree_entry *entry)
{
	if (tree->count == tree->capacity) {
		tree->capacity = tree->capacity > 0 ? tree->capacity * 2 : 64;
		tree->items = ll_realloc(tree->items, tree->capacity, sizeof *tree->items);
	}
	tree->items[tree->count++] = *entry;
}

bool ll_tree_is_mount(int parent, const char *name)
{
	struct statx info;
	struct stat above;
	struct stat here;

	if (statx(parent, name, AT_SYMLINK_NOFOLLOW, 0, &info) == 0 &&
	    (info.stx_attributes_mask & STATX_ATTR_MOUNT_ROOT) != 0)
		return (info.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
	/* Before Linux 5.8 a bind mount within one file system cannot be told. */
	return fstat(parent, &above) == 0 &&
	       fstatat(parent, name, &here, AT_SYMLINK_NOFOLLOW) == 0 &&
	       above.st_dev != here.st_dev;
}

static int list_below(int directory, const char *prefix, unsigned depth, struct ll_arena *arena,
                      struct ll_tree *tree, struct ll_error *err);

static int list_entry(int directory, const char *path, const char *name, unsigned depth,
                      struct ll_arena *arena, struct ll_tree *tree, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep) int below = -1;
	struct ll_tree_entry entry = {.path = path};

	if (fstatat(directory, name, &entry.info, AT_SYMLINK_NOFOLLOW) != 0) {
		if (errno == ENOENT)
			return LL_OK;
		return ll_fail_errno(err, LL_E_IO, errno, "cannot examine '%s'", path);
	}
	entry.is_mount = S_ISDIR(entry.info.st_mode) && ll_tree_is_mount(directory, name);
	add(tree, &entry);
	if (!S_ISDIR(entry.info.st_mode) || entry.is_mount)
		return LL_OK;
	if (depth >= LL_TREE_DEPTH)
		return ll_fail(err, LL_E_LIMIT, "'%s' is nested too deeply", path);
	below = openat(directory, name, DIRECTORY_FLAGS);
	if (below < 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot open '%s'", path);
	return list_below(below, path, depth + 1, arena, tree, err);
}

void ll_tree_listing_closep(DIR **listing)
{
	if (*listing)
		(void)closedir(*listing);
	*listing = NULL;
}

DIR *ll_tree_listing(int directory)
{
	const int own = openat(directory, ".", DIRECTORY_FLAGS);
	DIR *const listing = own >= 0 ? fdopendir(own) : NULL;

	if (own >= 0 && !listing)
		(void)close(own);
	return listing;
}

static int list_below(int directory, const char *prefix, unsigned depth, struct ll_arena *arena,
                      struct ll_tree *tree, struct ll_error *err)
{
	LL_CLEANUP(ll_tree_listing_closep) DIR *listing = ll_tree_listing(directory);
	const struct dirent *entry;
	int rc = LL_OK;

	if (!listing)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot read directory '%s'", prefix);
	while (rc == LL_OK && (entry = readdir(listing)) != NULL) {
		const char *const name = entry->d_name;
		const char *path;

		if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
			continue;
		path = ll_arena_printf(arena, "%s%s%s", prefix, prefix[0] ? "/" : "", name);
		rc = list_entry(directory, path, path + strlen(path) - strlen(name), depth, arena,
		                tree, err);
	}
	return rc;
}

int ll_tree_list(int root, struct ll_arena *arena, struct ll_tree *tree, struct ll_error *err)
{
	return list_below(root, "", 0, arena, tree, err);
}

void ll_tree_done(struct ll_tree *tree)
{
	free(tree->items);
	*tree = (struct ll_tree){.items = NULL};
}

bool ll_tree_is(int opened, int parent, const char *name)
{
	struct stat here;
	struct stat named;

	return fstat(opened, &here) == 0 &&
	       fstatat(parent, name, &named, AT_SYMLINK_NOFOLLOW) == 0 &&
	       here.st_dev == named.st_dev && here.st_ino == named.st_ino;
}

bool ll_tree_stat(int root, const char *path, struct stat *ret_info)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = open_parent(root, path, &name);

	return parent >= 0 && fstatat(parent, name, ret_info, AT_SYMLINK_NOFOLLOW) == 0;
}

/* A regular file to read. -1 when there is none. */
static int open_file(int root, const char *path, struct stat *ret_info)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = open_parent(root, path, &name);
	const int file = parent >= 0 ? openat(parent, name, FILE_FLAGS) : -1;

	if (file < 0)
		return -1;
	if (fstat(file, ret_info) == 0 && S_ISREG(ret_info->st_mode))
		return file;
	(void)close(file);
	return -1;
}

/* Fills `room` as far as the file goes; -1 on a failure. */
static ssize_t read_fully(int file, char *room, size_t size)
{
	size_t got = 0;

	while (got < size) {
		const ssize_t part = read(file, room + got, size - got);

		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			return -1;
		if (part == 0)
			break;
		got += (size_t)part;
	}
	return (ssize_t)got;
}

int ll_tree_read(int root, const char *path, struct ll_buf *buf, struct ll_error *err)
{
	struct stat info;
	LL_CLEANUP(ll_file_closep) int file = open_file(root, path, &info);
	char *room;
	ssize_t got;

	if (file < 0)
		return ll_fail(err, LL_E_NOTFOUND, "no file '%s'", path);
	ll_buf_clear(buf);
	room = ll_buf_reserve(buf, (size_t)info.st_size);
	if (!room)
		return ll_fail(err, LL_E_LIMIT, "'%s' is larger than %zu bytes", path,
		               buf->ceiling);
	got = read_fully(file, room, (size_t)info.st_size);
	if (got < 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot read '%s'", path);
	ll_buf_commit(buf, (size_t)got);
	return LL_OK;
}

bool ll_tree_has(int root, const char *path, struct ll_str bytes)
{
	struct stat info;
	LL_CLEANUP(ll_file_closep) int file = open_file(root, path, &info);
	LL_CLEANUP(ll_freep) char *old = NULL;

	if (file < 0 || (uint64_t)info.st_size != bytes.size)
		return false;
	old = ll_malloc(bytes.size + 1);
	return read_fully(file, old, bytes.size + 1) == (ssize_t)bytes.size &&
	       ll_str_equal(ll_str_n(old, bytes.size), bytes);
}

/* ------------------------------------------------------------------------ making */

static int write_fully(int file, struct ll_str bytes)
{
	while (bytes.size > 0) {
		const ssize_t put = write(file, bytes.data, bytes.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes = ll_str_from(bytes, (size_t)put);
	}
	return 0;
}

int ll_tree_write(int root, const char *path, struct ll_str bytes, int like, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = make_parent(root, path, like, &name);
	LL_CLEANUP(ll_file_closep) int file = -1;

	if (parent < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create directory for '%s'",
		                     path);
	file = openat(parent, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
	if (file < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", path);
	if (write_fully(file, bytes) != 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot write '%s'", path);
	return LL_OK;
}

/* One name in two directories. */
struct pair {
	int from, to;
	int to_root; /* what `to` lies below */
	const char *name;
};

static int copy_bytes(int from, int to)
{
	enum { PIECE = 256 * 1024 };
	LL_CLEANUP(ll_freep) char *piece = ll_malloc(PIECE);

	for (;;) {
		const ssize_t got = read_fully(from, piece, PIECE);

		if (got <= 0)
			return (int)got;
		if (write_fully(to, ll_str_n(piece, (size_t)got)) != 0)
			return -1;
	}
}

/* Fills an empty file with the bytes, permissions and times of another one. */
static int fill(int to, int from, const struct stat *info)
{
	const struct timespec times[2] = {info->st_atim, info->st_mtim};

	if (copy_bytes(from, to) != 0)
		return -1;
	ll_tree_imitate(to, info);
	return futimens(to, times) == 0 ? fsync(to) : -1;
}

static int copy_file(const struct pair *pair, const struct stat *info)
{
	LL_CLEANUP(ll_file_closep) int from = openat(pair->from, pair->name, FILE_FLAGS);
	LL_CLEANUP(ll_file_closep) int to = -1;

	if (from < 0)
		return -1;
	to = openat(pair->to_root, LL_TREE_PART,
	            O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (to < 0 || fill(to, from, info) != 0)
		return -1;
	return renameat(pair->to_root, LL_TREE_PART, pair->to, pair->name);
}

static int copy_link(const struct pair *pair)
{
	char target[PATH_MAX];
	const ssize_t size = readlinkat(pair->from, pair->name, target, sizeof target - 1);

	if (size < 0)
		return -1;
	target[size] = '\0';
	return symlinkat(target, pair->to, pair->name);
}

/* What links refuse: other file systems, file systems without them, and files of other owners. */
static bool is_no_link(int error_number)
{
	return error_number == EXDEV || error_number == EPERM || error_number == EMLINK ||
	       error_number == ENOSYS || error_number == EOPNOTSUPP;
}

static int link_or_copy(const struct pair *pair)
{
	struct stat info;

	if (linkat(pair->from, pair->name, pair->to, pair->name, 0) == 0)
		return 0;
	if (!is_no_link(errno) || fstatat(pair->from, pair->name, &info, AT_SYMLINK_NOFOLLOW) != 0)
		return -1;
	if (S_ISLNK(info.st_mode))
		return copy_link(pair);
	if (S_ISREG(info.st_mode))
		return copy_file(pair, &info);
	errno = EPERM;
	return -1;
}

int ll_tree_link(int from, int to, const char *path, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int from_parent = open_parent(from, path, &name);
	LL_CLEANUP(ll_file_closep) int to_parent = make_parent(to, path, from, &name);
	const struct pair pair = {
		.from = from_parent, .to = to_parent, .to_root = to, .name = name};

	if (from_parent < 0 || to_parent < 0 || link_or_copy(&pair) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot keep '%s'", path);
	return LL_OK;
}

int ll_tree_move(int from, int to, const char *path, int like, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int from_parent = open_parent(from, path, &name);
	LL_CLEANUP(ll_file_closep) int to_parent = make_parent(to, path, like, &name);

	if (from_parent < 0 || to_parent < 0 || renameat(from_parent, name, to_parent, name) != 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot replace '%s'", path);
	return LL_OK;
}

int ll_tree_make_directory(int root, const char *path, int like, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = make_parent(root, path, like, &name);
	LL_CLEANUP(ll_file_closep)
	int made = parent >= 0 ? enter(parent, name, ll_str(path), like) : -1;

	if (made < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create directory '%s'", path);
	return LL_OK;
}

/* ------------------------------------------------------------------------ deleting */

/* Also when what led to it is no directory any more. */
static bool is_absent(int error_number)
{
	return error_number == ENOENT || error_number == ENOTDIR || error_number == ELOOP;
}

static int remove_at(int parent, const char *name)
{
	if (unlinkat(parent, name, 0) == 0)
		return 0;
	return errno == EISDIR ? unlinkat(parent, name, AT_REMOVEDIR) : -1;
}

int ll_tree_remove(int root, const char *path, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = open_parent(root, path, &name);

	if ((parent < 0 || remove_at(parent, name) != 0) && !is_absent(errno))
		return ll_fail_errno(err, LL_E_IO, errno, "cannot remove '%s'", path);
	return LL_OK;
}

/* What says that a directory holds something. */
static bool is_in_use(int error_number)
{
	return error_number == ENOTEMPTY || error_number == EEXIST || error_number == EBUSY;
}

int ll_tree_prune(int root, const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *above = ll_strdup(path);

	for (char *slash = strrchr(above, '/'); slash; slash = strrchr(above, '/')) {
		const char *name;
		LL_CLEANUP(ll_file_closep) int parent = -1;

		*slash = '\0';
		parent = open_parent(root, above, &name);
		if (parent >= 0 && unlinkat(parent, name, AT_REMOVEDIR) == 0)
			continue;
		if (is_in_use(errno))
			break;
		if (!is_absent(errno))
			return ll_fail_errno(err, LL_E_IO, errno, "cannot remove directory '%s'",
			                     above);
	}
	return LL_OK;
}

int ll_tree_sync(int root, const char *path, struct ll_error *err)
{
	const char *name;
	LL_CLEANUP(ll_file_closep) int parent = open_parent(root, path, &name);
	LL_CLEANUP(ll_file_closep)
	int opened = parent >= 0 ? openat(parent, name[0] ? name : ".", FILE_FLAGS) : -1;

	if (opened < 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot open '%s'", path);
	/* File systems that have nothing to flush say EINVAL. */
	if (fsync(opened) != 0 && errno != EINVAL)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot write '%s'", path);
	return LL_OK;
}
