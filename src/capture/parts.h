/* SPDX-License-Identifier: Apache-2.0 */
/* parts.h - where the captures of a text begin and end that stand behind each other in it. */
#ifndef LL_CAPTURE_PARTS_H
#define LL_CAPTURE_PARTS_H

#include "claims.h"

#include <leakledger/vec.h>

enum {
	LL_PARTS_MAX = 65536,      /* of one text */
	LL_PARTS_ASKS_MAX = 16384, /* times that a format is asked about a line */
};

struct ll_part {
	const struct ll_format *format;
	size_t from, to;
	uint64_t lines; /* above it */
};

struct ll_parts {
	struct ll_vec items; /* struct ll_part, in order; none overlap */
	size_t changes;      /* at which another format begins than in the text's head */
	uint64_t given_up;   /* from that line on nobody looked; 0: all of it was looked at */
};

/**
 * Looks at every line of `text`, of which `peek` has the head, for one with which a capture of
 * another format begins than of the part that it stands in. `first` is the format at the text's
 * beginning, or NULL.
 */
void ll_parts_find(const struct ll_peek *peek, struct ll_str text, const struct ll_format *first,
                   struct ll_parts *ret);
void ll_parts_done(struct ll_parts *parts);

#endif
