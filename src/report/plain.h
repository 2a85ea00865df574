/* SPDX-License-Identifier: Apache-2.0 */
/* plain.h - text from strangers, made harmless for where it is put. */
#ifndef LL_REPORT_PLAIN_H
#define LL_REPORT_PLAIN_H

#include <leakledger/buf.h>

/**
 * True for control characters, line ends among them, and for marks that turn the direction of text.
 */
bool ll_plain_is_harmful(uint32_t code);
/**
 * Text for one line of a terminal: at most `width_max` characters, cut with an ellipsis. Control
 * characters and marks that turn a line around become U+FFFD, line ends blanks. Returns its width
 * in characters.
 */
size_t ll_plain_put(struct ll_buf *out, struct ll_str text, size_t width_max);
/**
 * Text for Markdown: on one line, at most `width_max` characters; markup, links and mentions are
 * escaped or broken up.
 */
void ll_markdown_put(struct ll_buf *out, struct ll_str text, size_t width_max);
/**
 * Text in lines of at most `width` characters, each behind `indent` blanks; the first continues the
 * line that stands in `out`. Ends with a line feed.
 */
void ll_plain_wrap(struct ll_buf *out, struct ll_str text, size_t indent, size_t width);

#endif
