/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text.h - text as it will be seen: which characters are shown, how wide they are, where to cut.
 *
 * There is no font library: widths are an estimate for the widest of the usual system fonts, so
 * that text is a little narrower than planned and never wider.
 */
#ifndef LL_CHART_TEXT_H
#define LL_CHART_TEXT_H

#include <leakledger/buf.h>

/** Walks the characters of a text as they may be shown. Start with {.text = ...}. */
struct ll_text_cursor {
	struct ll_str text;
	size_t offset;
	unsigned marks; /* combining marks in a row so far */
};

/** The next character, or false at the end. Hostile ones are replaced or skipped (text.c). */
bool ll_text_next(struct ll_text_cursor *cursor, uint32_t *ret_code);

/** Width in units at a font size. */
double ll_text_width(struct ll_str text, double font_size);

/**
 * Puts the text, cut in the middle to fit `room`, behind what is in `out`; returns true when it was
 * cut. What is left is one third beginning and two thirds end: of a function's name the end tells
 * more. A room too small for anything gives the ellipsis alone.
 */
bool ll_text_fit(struct ll_str text, double font_size, double room, struct ll_buf *out);

/** Takes the next line of at most `room` off *rest, cut at a blank; a long word stays whole. */
struct ll_str ll_text_line(struct ll_str *rest, double font_size, double room);

#endif
