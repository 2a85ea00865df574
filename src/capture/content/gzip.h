/* SPDX-License-Identifier: Apache-2.0 */
/*
 * gzip.h - the members of a gzip file, one after the other.
 *
 *     ll_gzip_open_*     over stored bytes in memory or from a source
 *       ll_gzip_next     the next member: inflated in one go, or to be filled from
 *         ll_gzip_fill   its bytes
 */
#ifndef LL_CAPTURE_GZIP_H
#define LL_CAPTURE_GZIP_H

#include "stream.h"

struct ll_gzip;

/** Serves one thread for a whole run; `limits` must outlive it. */
struct ll_gzip *ll_gzip_new(const struct ll_limits *limits);
void ll_gzip_free(struct ll_gzip *gzip);

bool ll_gzip_is(struct ll_str head);
/** Starts on stored bytes, borrowed until the next open. */
void ll_gzip_open_memory(struct ll_gzip *gzip, struct ll_str stored);
/** Starts on what a source gives. */
void ll_gzip_open_source(struct ll_gzip *gzip, const struct ll_source *from);
/** Lets go of what was opened; large buffers are freed. */
void ll_gzip_close(struct ll_gzip *gzip);

/**
 * Goes on to the next member; the one before must have been filled from to its end. Returns 1, 0
 * when there is none left, or a negative code after which there is none. *ret_content is the
 * member's content, valid until the next call; with data NULL it is to be filled from.
 */
int ll_gzip_next(struct ll_gzip *gzip, struct ll_str *ret_content, struct ll_error *err);
/** For struct ll_source, whose self the gzip is: bytes of the current member's content. */
int64_t ll_gzip_fill(void *self, char *to, size_t size, struct ll_error *err);
/** Is nothing left behind the current member? Known only of bytes in memory. */
bool ll_gzip_is_last(const struct ll_gzip *gzip);
/**
 * The current member and all that follow are one content, to be filled from; a member that was
 * given in one go is begun again.
 */
void ll_gzip_join(struct ll_gzip *gzip);

#endif
