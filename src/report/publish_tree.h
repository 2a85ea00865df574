/* SPDX-License-Identifier: Apache-2.0 */
/*
 * publish_tree.h - files named by a path below an open directory.
 *
 * A path is relative and is walked part by part with O_NOFOLLOW: a symbolic link on the way is an
 * error and never a way out of the directory. A link as the last part is the thing itself.
 */
#ifndef LL_REPORT_PUBLISH_TREE_H
#define LL_REPORT_PUBLISH_TREE_H

#include <leakledger/arena.h>
#include <leakledger/buf.h>

#include <dirent.h>
#include <sys/stat.h>

/** Directories below one another that a listing enters. */
enum {
	LL_TREE_DEPTH = 64,
};

/** A file that is being written, in the directory that paths are below. */
#define LL_TREE_PART ".leakledger-part"

struct ll_tree_entry {
	const char *path; /* below the directory that was listed */
	struct stat info;
	bool is_mount; /* something else is mounted on this directory; what is in it is not listed */
};

struct ll_tree {
	struct ll_tree_entry *items; /* a directory stands before what is in it */
	size_t count, capacity;
};

/** Lists everything below `root`; the paths belong to `arena`, the list goes by ll_tree_done. */
int ll_tree_list(int root, struct ll_arena *arena, struct ll_tree *tree, struct ll_error *err);
void ll_tree_done(struct ll_tree *tree);

/** Reads the names in a directory that is open for other uses too; NULL and errno on a failure. */
DIR *ll_tree_listing(int directory);
void ll_tree_listing_closep(DIR **listing);
/** True when `name` in the directory `parent` is a mount point. */
bool ll_tree_is_mount(int parent, const char *name);
/** True when `name` in `parent` still is the file or directory that is open as `opened`. */
bool ll_tree_is(int opened, int parent, const char *name);
/** lstat. False when there is nothing or it cannot be seen. */
bool ll_tree_stat(int root, const char *path, struct stat *ret_info);
/** True when there is a regular file with exactly these bytes. */
bool ll_tree_has(int root, const char *path, struct ll_str bytes);
/** Reads a regular file; LL_E_NOTFOUND when there is none. */
int ll_tree_read(int root, const char *path, struct ll_buf *buf, struct ll_error *err);

/*
 * These make the directories that are missing on the way, with the permissions and the owner that
 * the directory of the same path has below `like` (or the usual ones when `like` is negative or has
 * none).
 */

/** Writes a file that is not there yet. */
int ll_tree_write(int root, const char *path, struct ll_str bytes, int like, struct ll_error *err);
/**
 * Gives `from`/path a second name `to`/path, or copies it where the file system has no links; a
 * copy gets its name when it is complete and has the times of the original.
 */
int ll_tree_link(int from, int to, const char *path, struct ll_error *err);
/** Renames `from`/path to `to`/path, over what is there. */
int ll_tree_move(int from, int to, const char *path, int like, struct ll_error *err);
int ll_tree_make_directory(int root, const char *path, int like, struct ll_error *err);

/** Gives the directory `made` the permissions and, where allowed, the owner of `info`. */
void ll_tree_imitate(int made, const struct stat *info);

/** Deletes a file or an empty directory; that it is not there is no failure. */
int ll_tree_remove(int root, const char *path, struct ll_error *err);
/** Deletes the directories on the way to `path`, the deepest first, as far as they are empty. */
int ll_tree_prune(int root, const char *path, struct ll_error *err);

/** fsync of a file or directory; the empty path is `root` itself. */
int ll_tree_sync(int root, const char *path, struct ll_error *err);

#endif
