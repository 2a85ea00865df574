/* SPDX-License-Identifier: Apache-2.0 */
/*
 * file.h - directories in, whole files out.
 *
 * Reading never follows a symbolic link out of the root it was given and never opens what is not a
 * regular file. Writing goes to a temporary name in the target's directory and is renamed over it,
 * so that a reader sees the old file or the new one.
 */
#ifndef LEAKLEDGER_FILE_H
#define LEAKLEDGER_FILE_H

#include <leakledger/arena.h>
#include <leakledger/buf.h>
#include <leakledger/error.h>
#include <leakledger/hash.h>

/** One thing met while walking. Strings are borrowed from the walk's arena. */
struct ll_file {
	const char *path;     /* to open: the root as given, "/" and the relative part */
	const char *relative; /* to show: below the root; the base name when the root is a file */
	int64_t size;         /* bytes */
	int64_t modified_ns;  /* when its bytes were last changed, or LL_TIME_NONE */
	int64_t changed_ns;   /* the same of its inode, which nobody can set back (ctime) */
	const char *reason;   /* NULL when it can be read; else why not, in words */
};

struct ll_file_list {
	struct ll_file *items;
	size_t count;
};

/** Most files that one run takes; what is beyond is an error, not silence. */
#define LL_FILE_MAX ((size_t)8 * 1000 * 1000)
enum {
	LL_WALK_DEPTH = 64,
};

/** What tells a file from all others, by whatever path it is reached. */
struct ll_file_id {
	uint64_t device, inode;
};

/** What a walk passes over as if it were not there, also when it is the root. */
struct ll_walk_skip {
	const struct ll_file_id *files;
	size_t file_count;
	const char *marker; /* directories that hold a regular file of this name; may be NULL */
	const char *const
		*globs; /* what a relative path or a base name matches, as fnmatch(3) does */
	size_t glob_count;
};

/**
 * Lists what lies under `root` (a directory or one file), sorted by relative path, bytewise. Hidden
 * names and editors' leftovers are passed over; a FIFO, socket, device, a link that leads out of
 * the root, or a directory that cannot be read is listed with a reason. A link inside the root is
 * passed over when the walk meets what it leads to, and listed as that file when it does not,
 * because its name is hidden. Everything belongs to `arena`.
 */
int ll_file_walk(const char *root, struct ll_arena *arena, struct ll_file_list *ret_list,
                 struct ll_error *err);
/** ll_file_walk that passes over what `skip` says. */
int ll_file_walk_but(const char *root, const struct ll_walk_skip *skip, struct ll_arena *arena,
                     struct ll_file_list *ret_list, struct ll_error *err);
/** Looks at one path that was named by somebody, as the walk would: a link may lead anywhere. */
void ll_file_look(const char *path, const char *relative, struct ll_arena *arena,
                  struct ll_file *ret_file);
/** Does a glob of `skip` match the relative path, its base name, or a directory above it? */
bool ll_file_is_excluded(const struct ll_walk_skip *skip, const char *relative);
/** Is this the name of a hidden file, or of what editors and unfinished copies leave behind? */
bool ll_file_is_leftover(struct ll_str name);
/** The id of the file at `path`; false when there is none. */
bool ll_file_identify(const char *path, struct ll_file_id *ret_id);

/** Opens a regular file for reading, without blocking on special files. Returns the descriptor. */
int ll_file_open(const char *path, int64_t *ret_size, struct ll_error *err);
/**
 * Has the file of this descriptor no bytes on the disk: a log that was truncated under its writer,
 * or a failed capture?
 */
bool ll_file_is_hole(int descriptor);
/** read(2) that no signal ends: the bytes read, 0 at the end, or a negative code. */
int64_t ll_file_read_some(int descriptor, char *room, size_t size, struct ll_error *err);
/**
 * Makes a descriptor that can be read only once into a regular file: as it is when it is one, else
 * a copy without a name in the directory for temporary files, of at most `ceiling` bytes. Returns
 * the descriptor; *ret_hash is the hash of all bytes.
 */
int ll_file_spool(int descriptor, int64_t ceiling, struct ll_hash *ret_hash, struct ll_error *err);
/** Reads a whole regular file into `buf` (which is cleared first), up to the buffer's ceiling. */
int ll_file_read(const char *path, struct ll_buf *buf, struct ll_error *err);
/** The same for one that ll_file_open opened, with the size that it told. */
int ll_file_read_from(int descriptor, int64_t size, struct ll_buf *buf, struct ll_error *err);
/** The same, and *ret_hash is the hash of what was read. */
int ll_file_read_hashed(int descriptor, int64_t size, struct ll_buf *buf, struct ll_hash *ret_hash,
                        struct ll_error *err);
/**
 * Writes `bytes` to `path` atomically (temporary file, fsync, rename). When the file already has
 * exactly these bytes nothing is written. *ret_changed (may be NULL) tells which. The new file has
 * the rights of the old one; a link is replaced and not followed. A device, a FIFO and what is
 * below /proc are written to and stay.
 */
int ll_file_write(const char *path, struct ll_str bytes, bool *ret_changed, struct ll_error *err);
/** mkdir -p, mode 0755 before the umask. */
int ll_file_mkdirs(const char *path, struct ll_error *err);
/** True when there is a directory at `path`. */
bool ll_file_is_directory(const char *path);

/** close() for LL_CLEANUP; ignores negative descriptors. */
void ll_file_closep(int *descriptor);

#endif
