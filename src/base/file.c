/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.c - walking directories of strangers' files, and writing whole files atomically.
 *
 * What is refused and why:
 *   - FIFOs, sockets, devices: opening one can block for ever or do things. They are listed with a
 *     reason and never opened; files are opened with O_NONBLOCK and checked again.
 *   - Symbolic links: one that stays inside the root names something the walk meets anyway and is
 *     passed over; one that leads out, or nowhere, is listed with a reason.
 *   - Directories deeper than LL_WALK_DEPTH.
 */
#include <leakledger/file.h>
#include <leakledger/units.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	struct ll_arena *arena;
	const struct ll_walk_skip *skip;
	struct ll_file *items;
	size_t count, capacity;
	char *real_root; /* resolved name of the root, without a trailing slash */
};

static int64_t modified_ns(const struct stat *info)
{
	return (int64_t)info->st_mtim.tv_sec * LL_NS_PER_S + info->st_mtim.tv_nsec;
}

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
		.modified_ns = info ? modified_ns(info) : LL_TIME_NONE,
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

static const char *special_reason(mode_t mode)
{
	if (S_ISFIFO(mode))
		return "a FIFO, never opened";
	if (S_ISSOCK(mode))
		return "a socket, never opened";
	if (S_ISCHR(mode) || S_ISBLK(mode))
		return "a device, never opened";
	return "not a regular file";
}

/* NULL when the link's target lies inside the root, so that the walk meets it by its own name. */
static const char *link_reason(const struct walk *walk, const char *path)
{
	LL_CLEANUP(ll_freep) char *target = realpath(path, NULL);
	const size_t size = strlen(walk->real_root);

	if (!target)
		return "a symbolic link that leads nowhere";
	if (strncmp(target, walk->real_root, size) == 0 &&
	    (target[size] == '/' || target[size] == '\0'))
		return NULL;
	return "a symbolic link that leads out of the root";
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

static int walk_entry(struct walk *walk, const char *path, const char *relative, unsigned depth,
                      struct ll_error *err)
{
	struct stat info;

	if (walk->count >= LL_FILE_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %zu files", LL_FILE_MAX);
	if (lstat(path, &info) != 0) {
		if (errno != ENOENT)
			add(walk, path, relative, NULL,
			    ll_arena_printf(walk->arena, "cannot be examined: %s",
			                    strerror(errno)));
		return LL_OK;
	}
	if (S_ISDIR(info.st_mode))
		return walk_directory(walk, path, relative, depth + 1, err);
	if (S_ISLNK(info.st_mode)) {
		const char *const reason = link_reason(walk, path);

		if (reason)
			add(walk, path, relative, &info, reason);
		return LL_OK;
	}
	if (!is_skipped(walk, &info))
		add(walk, path, relative, &info,
		    S_ISREG(info.st_mode) ? NULL : special_reason(info.st_mode));
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
	while (rc == LL_OK && (entry = readdir(directory)) != NULL) {
		const char *below;
		const char *full;

		if (ll_file_is_leftover(ll_str(entry->d_name)))
			continue;
		full = ll_arena_printf(walk->arena, "%s/%s", path, entry->d_name);
		below = relative[0] ? ll_arena_printf(walk->arena, "%s/%s", relative, entry->d_name)
		                    : full + strlen(path) + 1;
		rc = walk_entry(walk, full, below, depth, err);
	}
	(void)closedir(directory);
	return rc;
}

static int by_relative(const void *a, const void *b)
{
	const struct ll_file *const left = a;
	const struct ll_file *const right = b;

	return strcmp(left->relative, right->relative);
}

static const char *base_name(const char *path)
{
	const char *const slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
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
	else if (!is_skipped(&walk, &info))
		add(&walk, root, base_name(root), &info,
		    S_ISREG(info.st_mode) ? NULL : special_reason(info.st_mode));
	items = walk.items;
	if (rc == LL_OK)
		finish(&walk, ret_list);
	return rc;
}

int ll_file_open(const char *path, int64_t *ret_size, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep) int descriptor = -1;
	struct stat info;
	int opened;

	/* No O_NOFOLLOW on the last part alone: a file named on the command line may be a link. */
	descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	if (descriptor < 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot be opened");
	if (fstat(descriptor, &info) != 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot be examined");
	if (!S_ISREG(info.st_mode))
		return ll_fail(err, LL_E_IO, "%s", special_reason(info.st_mode));
	*ret_size = (int64_t)info.st_size;
	opened = descriptor;
	descriptor = -1;
	return opened;
}

int ll_file_read(const char *path, struct ll_buf *buf, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep) int descriptor = -1;
	int64_t size = 0;

	ll_buf_clear(buf);
	descriptor = ll_file_open(path, &size, err);
	if (descriptor < 0)
		return descriptor;
	for (;;) {
		/* A file's size is a promise (/proc says 0): what is beyond it is read, too. */
		const size_t left = size > (int64_t)buf->size ? (size_t)size - buf->size : 0;
		char beyond[4096];
		char *const room = left > 0 ? ll_buf_reserve(buf, left) : beyond;
		ssize_t got;

		if (!room)
			break;
		got = read(descriptor, room, left > 0 ? left : sizeof beyond);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return ll_fail_errno(err, LL_E_IO, errno, "cannot be read");
		if (got == 0)
			return LL_OK;
		if (left > 0)
			ll_buf_commit(buf, (size_t)got);
		else
			ll_buf_put(buf, beyond, (size_t)got);
		if (buf->is_full)
			break;
	}
	return ll_fail(err, LL_E_LIMIT, "larger than %zu bytes", buf->ceiling);
}

static bool has_bytes(const char *path, struct ll_str bytes)
{
	struct ll_buf old;
	bool is_same;

	ll_buf_init(&old, bytes.size + 1);
	is_same = ll_file_read(path, &old, NULL) == LL_OK && ll_str_equal(ll_buf_str(&old), bytes);
	ll_buf_done(&old);
	return is_same;
}

static int write_all(int descriptor, struct ll_str bytes, const char *path, struct ll_error *err)
{
	while (bytes.size > 0) {
		const ssize_t put = write(descriptor, bytes.data, bytes.size);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return ll_fail_errno(err, LL_E_IO, errno, "cannot write '%s'", path);
		bytes = ll_str_from(bytes, (size_t)put);
	}
	return LL_OK;
}

static int write_and_rename(const char *path, const char *temporary, struct ll_str bytes,
                            struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep)
	int descriptor =
		open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
	int rc;

	if (descriptor < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot create '%s'", temporary);
	rc = write_all(descriptor, bytes, path, err);
	if (rc == LL_OK && fsync(descriptor) != 0 && errno != EINVAL && errno != EROFS)
		rc = ll_fail_errno(err, LL_E_IO, errno, "cannot write '%s'", path);
	if (rc == LL_OK && rename(temporary, path) != 0)
		rc = ll_fail_errno(err, LL_E_CREATE, errno, "cannot replace '%s'", path);
	return rc;
}

int ll_file_write(const char *path, struct ll_str bytes, bool *ret_changed, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *temporary = NULL;
	const size_t size = strlen(path) + 32;
	int rc;

	if (ret_changed)
		*ret_changed = false;
	if (has_bytes(path, bytes))
		return LL_OK;
	temporary = ll_malloc(size);
	(void)snprintf(temporary, size, "%s.new-%ld", path, (long)getpid());
	(void)unlink(temporary);
	rc = write_and_rename(path, temporary, bytes, err);
	if (rc != LL_OK)
		(void)unlink(temporary);
	else if (ret_changed)
		*ret_changed = true;
	return rc;
}

bool ll_file_is_directory(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

int ll_file_mkdirs(const char *path, struct ll_error *err)
{
	LL_CLEANUP(ll_freep) char *copy = ll_strdup(path);

	for (char *at = copy + 1; copy[0]; at++) {
		const char saved = *at;

		if (saved != '/' && saved != '\0')
			continue;
		*at = '\0';
		if (mkdir(copy, 0777) != 0 && errno != EEXIST)
			return ll_fail_errno(err, LL_E_CREATE, errno,
			                     "cannot create directory '%s'", copy);
		*at = saved;
		if (saved == '\0')
			break;
	}
	if (!ll_file_is_directory(path))
		return ll_fail(err, LL_E_CREATE, "'%s' is not a directory", path);
	return LL_OK;
}

void ll_file_closep(int *descriptor)
{
	if (*descriptor >= 0)
		(void)close(*descriptor);
	*descriptor = -1;
}
