/* SPDX-License-Identifier: Apache-2.0 */
/*
 * container.h - archives and streams that only libarchive can undo: tar and zip; zstd, xz, bzip2.
 *
 *     ll_container_open      over memory, a descriptor or a source
 *       ll_container_next    the next regular file of the archive, or the one compressed stream
 *         ll_container_fill  its bytes
 *     ll_container_close
 */
#ifndef LL_CAPTURE_CONTAINER_H
#define LL_CAPTURE_CONTAINER_H

#include "stream.h"

enum {
	LL_CONTAINER_HEAD = 512, /* bytes that tell what it is: the head of a tar's first member */
};

/** "tar" or "zip" when this begins one, else NULL. */
const char *ll_container_archive(struct ll_str head);
/** "zstd", "xz" or "bzip2" when this begins such a stream, else NULL. */
const char *ll_container_packing(struct ll_str head);

struct ll_container;

/** What a container is read from; all of it is borrowed until the container is closed. */
struct ll_container_input {
	const struct ll_source *source; /* when not NULL */
	int descriptor;                 /* else when not -1: at its start, can seek, stays open */
	struct ll_str memory;           /* else */
	const char *word;               /* what it begins with, for messages */
	int64_t stored; /* bytes on disk: what expansion is measured against; of a member not used */
	bool is_inner;  /* a member: a compressed stream only, no further archive */
};

struct ll_container_entry {
	const char *name; /* as the archive has it; NULL for a compressed stream */
	int64_t modified_ns;
	const char *reason; /* NULL, or why its bytes cannot be had */
};

int ll_container_open(const struct ll_container_input *input, const struct ll_limits *limits,
                      struct ll_container **ret_container, struct ll_error *err);
void ll_container_close(struct ll_container *container);
/**
 * Goes on to the next regular file; links and directories are passed over. Returns 1, 0 at the end,
 * or a negative code after which there is nothing more. The entry is valid until the next call.
 */
int ll_container_next(struct ll_container *container, struct ll_container_entry *ret_entry,
                      struct ll_error *err);
/** At the end: was there nothing at all, not even an empty archive? */
bool ll_container_is_empty(const struct ll_container *container);
/** For struct ll_source, whose self the container is: bytes of the current entry. */
int64_t ll_container_fill(void *self, char *to, size_t size, struct ll_error *err);

#endif
