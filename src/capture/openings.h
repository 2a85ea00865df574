/* SPDX-License-Identifier: Apache-2.0 */
/*
 * openings.h - lines that whole captures begin with: where in a text it is worth asking a format.
 *
 * Formats whose captures begin with a line of their own have rows; who knows its lines wherever
 * they stand (a log) needs none, but one in which a capture of another ends.
 */
#ifndef LL_CAPTURE_OPENINGS_H
#define LL_CAPTURE_OPENINGS_H

#include <leakledger/capture.h>

/** Most rows of the table: who looks for them keeps a byte or two for each. */
enum { LL_OPENINGS_MAX = 64 };

struct ll_opening {
	const char *start;  /* of the line */
	const char *format; /* id of who may be asked */
	const char
		*word; /* the beginning of the capture has it, too; NULL: nothing more is known */
};

/** All rows; *ret_count is their number. */
const struct ll_opening *ll_openings(size_t *ret_count);
/**
 * Does a capture of the row's format perhaps begin here? `text` begins a line; looks at most at
 * LL_PEEK_SIZE bytes.
 */
bool ll_opening_fits(const struct ll_opening *opening, struct ll_str text);

/** The beginning of an object: its own line if it has more than the brace, else some lines. */
struct ll_str ll_opening_of_object(struct ll_str text);

#endif
