/* SPDX-License-Identifier: Apache-2.0 */
/* columns.c - see columns.h. */
#include "columns.h"

static enum ll_cell find_type(struct ll_str name)
{
	static const struct {
		const char *name;
		enum ll_cell type;
	} types[] = {
		{"text", LL_CELL_TEXT},   {"lines", LL_CELL_LINES}, {"count", LL_CELL_COUNT},
		{"bytes", LL_CELL_BYTES}, {"time", LL_CELL_TIME},   {"duration", LL_CELL_DURATION},
		{"real", LL_CELL_REAL},   {"bool", LL_CELL_BOOL},   {"json", LL_CELL_JSON},
	};

	for (size_t i = 0; i < LL_COUNT(types); i++) {
		if (ll_str_equal(name, ll_str(types[i].name)))
			return types[i].type;
	}
	return LL_CELL_OWN;
}

int ll_columns_read(const struct ll_stmt *stmt, struct ll_columns *ret_columns,
                    struct ll_error *err)
{
	ret_columns->count = ll_stmt_columns(stmt);
	if (ret_columns->count > LL_COLUMNS_MAX)
		return ll_fail(err, LL_E_LIMIT, "more than %d columns", LL_COLUMNS_MAX);
	for (int i = 0; i < ret_columns->count; i++) {
		const struct ll_str full = ll_str(ll_stmt_column_name(stmt, i));
		const size_t colon = ll_str_rindex(full, ':');
		struct ll_column *const column = &ret_columns->items[i];

		*column = (struct ll_column){.name = ll_str_first(full, colon)};
		if (colon != SIZE_MAX)
			column->type = find_type(ll_str_from(full, colon + 1));
	}
	return LL_OK;
}

bool ll_column_is_numeric(const struct ll_column *column)
{
	return column->type == LL_CELL_COUNT || column->type == LL_CELL_BYTES ||
	       column->type == LL_CELL_DURATION || column->type == LL_CELL_REAL;
}

struct ll_str ll_column_text(const struct ll_stmt *stmt, const struct ll_column *column, int index,
                             char buffer[LL_UNIT_TEXT])
{
	if (ll_stmt_is_null(stmt, index))
		return ll_str_n(NULL, 0);
	switch (column->type) {
	case LL_CELL_COUNT: return ll_str(ll_format_count(ll_stmt_i64(stmt, index), buffer));
	case LL_CELL_BYTES: return ll_str(ll_format_bytes(ll_stmt_i64(stmt, index), buffer));
	case LL_CELL_TIME: return ll_str(ll_format_time(ll_stmt_i64(stmt, index), buffer));
	case LL_CELL_DURATION: return ll_str(ll_format_duration(ll_stmt_i64(stmt, index), buffer));
	case LL_CELL_REAL: return ll_str(ll_format_real(ll_stmt_f64(stmt, index), 2, buffer));
	case LL_CELL_BOOL: return ll_str(ll_stmt_i64(stmt, index) != 0 ? "yes" : "no");
	case LL_CELL_OWN:
		if (ll_stmt_column_type(stmt, index) == LL_COLUMN_REAL)
			return ll_str(ll_format_real(ll_stmt_f64(stmt, index), 4, buffer));
		break;
	case LL_CELL_TEXT:
	case LL_CELL_LINES:
	case LL_CELL_JSON: break;
	}
	return ll_stmt_text(stmt, index);
}
