/* SPDX-License-Identifier: Apache-2.0 */
/*
 * symbol_table.h - symbols of a text profile, interned while it is read.
 *
 * Text repeats a frame's name and file on every line; samples refer to them by index. One location
 * has exactly one line here, because text shows inlined frames as lines of their own.
 */
#ifndef LL_CAPTURE_SYMBOL_TABLE_H
#define LL_CAPTURE_SYMBOL_TABLE_H

#include <leakledger/capture.h>

struct ll_symbol_table {
	struct ll_map function_map, location_map;
	struct ll_function *functions;
	size_t function_count, function_capacity;
	struct ll_line *lines;
	size_t line_count, line_capacity;
	uint32_t *first_line;
};

void ll_symbol_table_done(struct ll_symbol_table *table);
/** Index of the location with that function, file and line; the texts must outlive the table. */
uint32_t ll_symbol_table_add(struct ll_symbol_table *table, struct ll_str function,
                             struct ll_str file, int64_t line);
/** The table in the shape that a sink takes; valid until the next add. */
struct ll_symbols ll_symbol_table_view(struct ll_symbol_table *table);

#endif
