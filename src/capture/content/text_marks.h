/* SPDX-License-Identifier: Apache-2.0 */
/* text_marks.h - texts as Windows writes them: behind a mark, or as UTF-16. */
#ifndef LL_CAPTURE_TEXT_MARKS_H
#define LL_CAPTURE_TEXT_MARKS_H

#include <leakledger/buf.h>

enum {
	LL_TEXT_DECODED_MAX = 512 * 1024 * 1024, /* of a text that comes as UTF-16 */
};

/** The size of the byte order mark of UTF-8 that it begins with, or 0. */
size_t ll_text_mark(struct ll_str head);
/** Does it begin with the mark of UTF-16, as what Windows redirects into files? */
bool ll_text_is_utf16(struct ll_str head);
/** Appends the text as UTF-8, without its mark. Lone surrogates become U+FFFD. */
void ll_text_from_utf16(struct ll_str bytes, struct ll_buf *out);

#endif
