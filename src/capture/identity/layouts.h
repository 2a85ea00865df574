/* SPDX-License-Identifier: Apache-2.0 */
/* layouts.h - how known tools lay out and name what they capture (formats.md section 12). */
#ifndef LL_CAPTURE_LAYOUTS_H
#define LL_CAPTURE_LAYOUTS_H

#include "path_pattern.h"

/** One row: a layout is known by its pattern; several rows may have one name. */
struct ll_layout {
	const char *name;    /* for `captures` */
	const char *pattern; /* path_pattern.h */
	const char *service; /* what it is of when nothing else tells; NULL: anything */
	bool is_utc;         /* its times are in UTC, though it does not say so */
	/** What a pattern cannot say; may change the match or refuse it. NULL: nothing. */
	bool (*also)(struct ll_path_match *match);
};

/** All rows in the order in which they are tried; *ret_count is their number. */
const struct ll_layout *ll_layouts(size_t *ret_count);

#endif
