/* SPDX-License-Identifier: Apache-2.0 */
/*
 * text_marks.h - what stands around a text and is none of it: the marks of Windows and UTF-16, and
 * the fences of a page that somebody wrote in the same line as the text.
 */
#ifndef LL_CAPTURE_TEXT_MARKS_H
#define LL_CAPTURE_TEXT_MARKS_H

#include <leakledger/buf.h>

enum {
	LL_TEXT_DECODED_MAX = 512 * 1024 * 1024, /* of a text that comes as UTF-16 */
	LL_TEXT_PAGE_MAX = 16 * 1024 * 1024,     /* of a page with fences */
};

/** The size of the byte order mark of UTF-8 that it begins with, or 0. */
size_t ll_text_mark(struct ll_str head);
/** Does it begin with the mark of UTF-16, as what Windows redirects into files? */
bool ll_text_is_utf16(struct ll_str head);
/** Appends the text as UTF-8, without its mark. Lone surrogates become U+FFFD. */
void ll_text_from_utf16(struct ll_str bytes, struct ll_buf *out);
/**
 * Writes a page into `out` without the fences that share their line with text: "```gc 1 @0.01s",
 * "... 4 P```", "<pre>goroutine 1 [running]:", "`gc 1 @0.01s ... 4 P`". Those that have a line of
 * their own stay. False, and nothing to be used, when there are none.
 */
bool ll_text_unfence(struct ll_str page, struct ll_buf *out);

#endif
