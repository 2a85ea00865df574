/* SPDX-License-Identifier: Apache-2.0 */
/*
 * prefix.h - what loggers put in front of a line (formats.md section 13).
 *
 * A prefix is learned from one line whose own beginning is known ("goroutine 7 [running]:") as a
 * shape: every run of digits may be any other run of digits, all else must be equal. The same shape
 * is then cut from the lines around it, and the time in it is the line's time.
 */
#ifndef LL_CAPTURE_PREFIX_H
#define LL_CAPTURE_PREFIX_H

#include <leakledger/capture.h>

enum {
	LL_PREFIX_MAX = 256,
};

struct ll_prefix {
	char shape[LL_PREFIX_MAX]; /* digits runs are one '0' */
	size_t size;               /* 0: lines have no prefix */
};

/**
 * Learns the shape of `text`, which stands before the known beginning. False when it is too long.
 */
bool ll_prefix_learn(struct ll_prefix *prefix, struct ll_str text);
/** Cuts the prefix from *line and returns its size, or returns SIZE_MAX when it has another one. */
size_t ll_prefix_cut(const struct ll_prefix *prefix, struct ll_str *line);
/** The time in a prefix, when it has a complete one; else LL_TIME_NONE. */
int64_t ll_prefix_time(struct ll_str text);

#endif
