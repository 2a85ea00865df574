/* SPDX-License-Identifier: Apache-2.0 */
/* log_text.h - what kind of text a file is, before anybody reads its lines. */
#ifndef LL_CAPTURE_LOG_TEXT_H
#define LL_CAPTURE_LOG_TEXT_H

#include "prefix.h"

/**
 * The text behind the zero bytes that it begins with: a log that was truncated while its writer
 * kept its position, or that a crash of the machine left half written, has them.
 */
struct ll_str ll_log_text_behind_zeros(struct ll_str text);
/** Does a page show links in the text, as ll_log_text_unlink() takes them out? */
bool ll_log_text_has_links(struct ll_str head);
/**
 * Pages of builds link their line numbers, and a copy of one has links wherever such a number
 * stands: "testing.go:[178](https://ci/run#step:4:178)8" is "testing.go:1788". Writes the line
 * without them into `out`; true when there were any.
 */
bool ll_log_text_unlink(struct ll_str line, struct ll_buf *out);
/** Hardly any control characters but those of text and colours. Zero bytes do not count. */
bool ll_log_text_is_text(struct ll_str head);
/** Nothing was found in the head: could there be something behind it, or something to say? */
bool ll_log_text_is_worth_reading(struct ll_str head, bool is_whole);
/** What a text without captures is ("a build or test log ..."), or NULL. */
const char *ll_log_text_nature(struct ll_str head, const struct ll_prefix *prefix);

#endif
