/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.c - opening, reading and copying whole files, and writing them atomically.
 *
 * Opening a FIFO, a socket or a device can block for ever or do things: files are opened with
 * O_NONBLOCK and looked at again.
 */
#include "special.h"

#include <leakledger/file.h>

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum {
	SPOOL_CHUNK = 1024 * 1024,
	HASHED_PIECE = 256 * 1024, /* still in the processor's cache when it is hashed */
};

const char *ll_special_reason(mode_t mode)
{
	if (S_ISFIFO(mode))
		return "a FIFO, never opened";
	if (S_ISSOCK(mode))
		return "a socket, never opened";
	if (S_ISCHR(mode) || S_ISBLK(mode))
		return "a device, never opened";
	return "not a regular file";
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
		return ll_fail(err, LL_E_IO, "%s", ll_special_reason(info.st_mode));
	*ret_size = (int64_t)info.st_size;
	opened = descriptor;
	descriptor = -1;
	return opened;
}

bool ll_file_is_hole(int descriptor)
{
	struct stat info;

	return fstat(descriptor, &info) == 0 && info.st_blocks == 0;
}

int64_t ll_file_read_some(int descriptor, char *room, size_t size, struct ll_error *err)
{
	for (;;) {
		const ssize_t got = read(descriptor, room, size);

		if (got >= 0)
			return got;
		if (errno != EINTR)
			return ll_fail_errno(err, LL_E_IO, errno, "cannot be read");
	}
}

/* Reads all of a descriptor, hashing it and, unless `copy` is NULL, writing it there. */
static int pass_on(int descriptor, FILE *copy, int64_t ceiling, struct ll_hash *ret_hash,
                   struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = ll_hasher_new();
	LL_CLEANUP(ll_freep) char *chunk = ll_malloc(SPOOL_CHUNK);
	int64_t size = 0;

	for (;;) {
		const int64_t got = ll_file_read_some(descriptor, chunk, SPOOL_CHUNK, err);

		if (got < 0)
			return (int)got;
		if (got == 0)
			break;
		size += got;
		if (size > ceiling)
			return ll_fail(err, LL_E_LIMIT, "larger than %lld bytes",
			               (long long)ceiling);
		ll_hasher_put(hasher, chunk, (size_t)got);
		if (copy && fwrite(chunk, 1, (size_t)got, copy) != (size_t)got)
			return ll_fail_errno(err, LL_E_IO, errno, "cannot be copied");
	}
	*ret_hash = ll_hasher_get(hasher);
	return LL_OK;
}

/* A descriptor of our own for an open file; negative as all failures are. */
static int duplicate(int descriptor, struct ll_error *err)
{
	const int made = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);

	return made >= 0 ? made : ll_fail_errno(err, LL_E_IO, errno, "cannot be opened");
}

static int spool_copy(int descriptor, int64_t ceiling, struct ll_hash *ret_hash,
                      struct ll_error *err)
{
	FILE *const copy = tmpfile();
	int rc;

	if (!copy)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot make a temporary file");
	rc = pass_on(descriptor, copy, ceiling, ret_hash, err);
	if (rc == LL_OK && fflush(copy) != 0)
		rc = ll_fail_errno(err, LL_E_IO, errno, "cannot be copied");
	if (rc == LL_OK)
		rc = duplicate(fileno(copy), err);
	(void)fclose(copy);
	return rc;
}

int ll_file_spool(int descriptor, int64_t ceiling, struct ll_hash *ret_hash, struct ll_error *err)
{
	struct stat info;
	int rc;

	if (fstat(descriptor, &info) != 0)
		return ll_fail_errno(err, LL_E_IO, errno, "cannot be examined");
	if (S_ISDIR(info.st_mode))
		return ll_fail(err, LL_E_IO, "a directory");
	/* Of a file that somebody has read the beginning of, the rest is meant: it is copied. */
	if (!S_ISREG(info.st_mode) || lseek(descriptor, 0, SEEK_CUR) != 0)
		return spool_copy(descriptor, ceiling, ret_hash, err);
	rc = pass_on(descriptor, NULL, ceiling, ret_hash, err);
	return rc < 0 ? rc : duplicate(descriptor, err);
}

/*
 * One read of what is left of a promised size. *ret_is_end: the promise was kept, and there is no
 * more: one byte more was asked for, for which a buffer always has room.
 */
static ssize_t read_promised(int descriptor, size_t left, struct ll_buf *buf, bool *ret_is_end,
                             struct ll_error *err)
{
	char *const room = ll_buf_reserve(buf, left);
	const int64_t got = room ? ll_file_read_some(descriptor, room, left + 1, err) : 0;
	char beyond;

	*ret_is_end = got >= 0 && (size_t)got == left;
	if (got <= 0)
		return got;
	beyond = room[left];
	ll_buf_commit(buf, (size_t)got > left ? left : (size_t)got);
	if ((size_t)got > left)
		ll_buf_putc(buf, beyond);
	return got;
}

/* Appends what follows, up to the end of the file. */
static int read_rest(int descriptor, int64_t size, struct ll_buf *buf, struct ll_error *err)
{
	while (!buf->is_full) {
		/* A file's size is a promise (/proc says 0): what is beyond it is read, too. */
		const size_t left = size > (int64_t)buf->size ? (size_t)size - buf->size : 0;
		char beyond[4096];
		bool is_end = false;
		const ssize_t got =
			left > 0 ? read_promised(descriptor, left, buf, &is_end, err)
				 : ll_file_read_some(descriptor, beyond, sizeof beyond, err);

		if (got < 0)
			return (int)got;
		if (is_end || (got == 0 && !buf->is_full))
			return LL_OK;
		if (left == 0)
			ll_buf_put(buf, beyond, (size_t)got);
	}
	return ll_fail(err, LL_E_LIMIT, "larger than %zu bytes", buf->ceiling);
}

int ll_file_read_from(int descriptor, int64_t size, struct ll_buf *buf, struct ll_error *err)
{
	ll_buf_clear(buf);
	return read_rest(descriptor, size, buf, err);
}

/* Appends pieces of the file until less than one is left of its promised size. */
static int read_pieces(int descriptor, int64_t size, struct ll_buf *buf, struct ll_hasher *hasher,
                       struct ll_error *err)
{
	if (!ll_buf_reserve(buf, (size_t)size))
		return LL_OK; /* whoever reads the rest says so */
	while ((int64_t)buf->size + HASHED_PIECE < size) {
		char *const room = ll_buf_reserve(buf, HASHED_PIECE);
		const int64_t got = ll_file_read_some(descriptor, room, HASHED_PIECE, err);

		if (got < 0)
			return (int)got;
		if (got == 0)
			break;
		ll_hasher_put(hasher, room, (size_t)got);
		ll_buf_commit(buf, (size_t)got);
	}
	return LL_OK;
}

int ll_file_read_hashed(int descriptor, int64_t size, struct ll_buf *buf, struct ll_hash *ret_hash,
                        struct ll_error *err)
{
	LL_CLEANUP(ll_hasher_freep) struct ll_hasher *hasher = NULL;
	size_t hashed;
	int rc = LL_OK;

	ll_buf_clear(buf);
	if (size > 2 * (int64_t)HASHED_PIECE) {
		hasher = ll_hasher_new();
		rc = read_pieces(descriptor, size, buf, hasher, err);
	}
	hashed = buf->size;
	if (rc == LL_OK)
		rc = read_rest(descriptor, size, buf, err);
	if (rc < 0)
		return rc;
	if (hasher)
		ll_hasher_put(hasher, buf->data + hashed, buf->size - hashed);
	*ret_hash = hasher ? ll_hasher_get(hasher) : ll_hash_bytes(buf->data, buf->size);
	return LL_OK;
}

int ll_file_read(const char *path, struct ll_buf *buf, struct ll_error *err)
{
	int64_t size = 0;
	LL_CLEANUP(ll_file_closep) int descriptor = ll_file_open(path, &size, err);

	if (descriptor >= 0)
		return ll_file_read_from(descriptor, size, buf, err);
	ll_buf_clear(buf);
	return descriptor;
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

/*
 * Names in /dev and /proc are the kernel's, whatever they lead to (/dev/stdout to a file that the
 * shell made), and a FIFO has somebody at its other end: such are written to. To put a file in
 * their place would harm all who use them.
 */
static bool is_written_to(const char *path)
{
	struct stat info;

	if (stat(path, &info) != 0)
		return false;
	if (S_ISCHR(info.st_mode) || S_ISFIFO(info.st_mode))
		return true;
	return S_ISREG(info.st_mode) &&
	       (ll_str_starts(ll_str(path), "/dev/std") ||
	        ll_str_starts(ll_str(path), "/dev/fd/") || ll_str_starts(ll_str(path), "/proc/"));
}

static int write_to(const char *path, struct ll_str bytes, struct ll_error *err)
{
	LL_CLEANUP(ll_file_closep)
	int descriptor = open(path, O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY);

	if (descriptor < 0)
		return ll_fail_errno(err, LL_E_CREATE, errno, "cannot open '%s'", path);
	return write_all(descriptor, bytes, path, err);
}

/* Who may read the file that is replaced may read the new one, and nobody else. */
static void keep_rights(int descriptor, const char *path)
{
	struct stat old;

	if (lstat(path, &old) != 0 || !S_ISREG(old.st_mode))
		return;
	/* Only root may give a file away; for others the mode is what can be kept. */
	(void)!fchown(descriptor, old.st_uid, old.st_gid);
	(void)fchmod(descriptor, old.st_mode & 0777);
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
	keep_rights(descriptor, path);
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
	if (is_written_to(path)) {
		if (ret_changed)
			*ret_changed = true;
		return write_to(path, bytes, err);
	}
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
