/* SPDX-License-Identifier: Apache-2.0 */
/*
 * columns.h - typed columns of a SELECT. A column named "grown:bytes" is called "grown" and holds
 * bytes.
 */
#ifndef LL_REPORT_COLUMNS_H
#define LL_REPORT_COLUMNS_H

#include <leakledger/ledger.h>
#include <leakledger/units.h>

enum {
	LL_COLUMNS_MAX = 64,
};

enum ll_cell {
	LL_CELL_OWN, /* the value's own type decides */
	LL_CELL_TEXT,
	LL_CELL_LINES, /* a text of several lines, each a paragraph */
	LL_CELL_COUNT,
	LL_CELL_BYTES,
	LL_CELL_TIME,     /* nanoseconds since 1970 */
	LL_CELL_DURATION, /* nanoseconds */
	LL_CELL_REAL,
	LL_CELL_BOOL,
	LL_CELL_JSON, /* a text that is JSON already */
};

struct ll_column {
	struct ll_str name;
	enum ll_cell type;
};

struct ll_columns {
	struct ll_column items[LL_COLUMNS_MAX];
	int count;
};

/** Reads names and types. More than LL_COLUMNS_MAX columns are LL_E_LIMIT. */
int ll_columns_read(const struct ll_stmt *stmt, struct ll_columns *ret_columns,
                    struct ll_error *err);
/** True when cells stand better at the right. */
bool ll_column_is_numeric(const struct ll_column *column);
/** The cell as people read it; valid until the next step, or the next use of `buffer`. */
struct ll_str ll_column_text(const struct ll_stmt *stmt, const struct ll_column *column, int index,
                             char buffer[LL_UNIT_TEXT]);
/** Appends the current row as a JSON object, with the columns' names as keys. */
void ll_columns_put_json(const struct ll_stmt *stmt, const struct ll_columns *columns,
                         struct ll_buf *out);

#endif
