/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scavenger_line.h - what the runtime prints of memory that it gives back (formats.md 6.2), Go 1.5
 * to 1.27.
 */
#ifndef LL_CAPTURE_SCAVENGER_LINE_H
#define LL_CAPTURE_SCAVENGER_LINE_H

#include <leakledger/capture.h>

enum {
	LL_SCAVENGER_NAMES = 9,
	LL_SCAVENGER_VALUES = 6, /* most numbers of one line */
};

/** Names of readings, by number. */
extern const char *const ll_scavenger_names[LL_SCAVENGER_NAMES];

struct ll_scavenger_line {
	size_t names[LL_SCAVENGER_VALUES];
	int64_t values[LL_SCAVENGER_VALUES]; /* bytes; percent for the utilization */
	size_t count;
};

bool ll_scavenger_line_parse(struct ll_str line, struct ll_scavenger_line *ret_line);
/** Offset at which such a line starts in `raw`, or SIZE_MAX. */
size_t ll_scavenger_line_find(struct ll_str raw);

#endif
