/* SPDX-License-Identifier: Apache-2.0 */
/*
 * header.h - the comment at the head of a .sql file that is run: analyzers and rules.
 *
 *     -- key:        value
 *     --
 *     -- Paragraph: text that may take
 *     -- several lines.
 */
#ifndef LL_ANALYZE_HEADER_H
#define LL_ANALYZE_HEADER_H

#include <leakledger/arena.h>
#include <leakledger/str.h>

/** The value of "-- key:   value", or empty. Points into `sql`. */
struct ll_str ll_header_value(struct ll_str sql, const char *key);

/** A paragraph that starts with "<name>:" and ends at an empty comment line, its lines joined. */
struct ll_str ll_header_paragraph(struct ll_arena *arena, struct ll_str sql, const char *name);

/** The next word of a list that blanks or commas part; empty when there is none. */
struct ll_str ll_header_word(struct ll_str *rest);

/** The next "name=value" of "a=1, b=2"; false when there is none. Others are passed over. */
bool ll_header_param(struct ll_str *rest, struct ll_str *ret_name, double *ret_value);

#endif
