/* SPDX-License-Identifier: Apache-2.0 */
/* go_scan.h - as much of Go's grammar as is needed to know whether a line lies in a function. */
#ifndef LL_ANALYZE_GO_SCAN_H
#define LL_ANALYZE_GO_SCAN_H

#include <leakledger/buf.h>

enum ll_go_fit {
	LL_GO_FITS,           /* the function encloses the line, and there is code on it */
	LL_GO_NO_LINE,        /* the text ends before it */
	LL_GO_NO_FUNCTION,    /* there is no such function */
	LL_GO_OTHER_FUNCTION, /* there is, on other lines */
	LL_GO_NO_CODE,        /* nothing on the line but blanks, comments or a bracket */
};

struct ll_go_place {
	enum ll_go_fit fit;
	int64_t lines;             /* of the text */
	int64_t first, last;       /* lines of the function; 0 when there is none */
	size_t line_at, line_size; /* bytes of the line in the text, without its end */
};

/**
 * Looks for a line of a function, whose name is normalized and may be that of a closure in it.
 * Appends to `code` what stands on the line without comments, contents of literals and more than
 * one blank in a row.
 */
struct ll_go_place ll_go_find(struct ll_str text, struct ll_str function, int64_t line,
                              struct ll_buf *code);

#endif
