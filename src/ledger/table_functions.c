/* SPDX-License-Identifier: Apache-2.0 */
/*
 * table_functions.c - the ledger's blobs as rows, so that no analyzer meets a blob.
 *
 *     series_points(data, form, value_count, block_size, factor, captures)
 *         -> capture_index, v0, v1, v2, v3, alloc_count, inuse_count
 *         One row for each capture in which the series is not zero.
 *     series_growth(data, form, block_size, factor, window)
 *         -> first_objects, first_space, last_objects, last_space, slope
 *         One row about a heap series; the window is one of segment_window (growth.h).
 *     stack_frames(frames) -> position, frame_id            position 0 is the leaf
 *     gc_ring(ring, first, first_ns) -> number, end_ns, pause_ns
 *
 * Each is an eponymous virtual table whose hidden columns take the arguments. A NULL argument gives
 * no rows; damaged bytes end the rows.
 */
#include "growth.h"
#include "internal.h"

#include <leakledger/series.h>

enum {
	MAX_ARGUMENTS = 6,
};

struct cursor;

/* What makes one table function different from another. */
struct shape {
	const char *name;
	const char *declaration;
	int columns;   /* visible ones */
	int arguments; /* hidden ones, behind them; all required */
	/** Sets up the cursor from its arguments. */
	void (*start)(struct cursor *cursor, sqlite3_value **arguments);
	/** Goes to the next row. Returns false when there is none. */
	bool (*next)(struct cursor *cursor);
	void (*column)(const struct cursor *cursor, sqlite3_context *result, int column);
};

struct table {
	sqlite3_vtab base;
	const struct shape *shape;
};

struct cursor {
	sqlite3_vtab_cursor base;
	const struct shape *shape;
	struct ll_str bytes; /* the first argument, kept alive by `kept` */
	sqlite3_value *kept;
	size_t offset;
	int64_t row;
	bool at_end;

	/* series_points */
	struct ll_series_reader reader;
	struct ll_series_step step, ahead;
	int64_t counts[2], counts_ahead[2];
	bool has_step, has_ahead;
	int64_t captures, index;

	/* series_growth */
	struct ll_growth growth;
	bool has_growth, has_slope;

	/* stack_frames, gc_ring */
	uint64_t frame_id;
	int64_t number, end_ns, pause_ns;
};

/* --------------------------------------------------------------- series_points */

static void read_ahead(struct cursor *cursor)
{
	cursor->has_ahead = ll_series_next(&cursor->reader, &cursor->ahead) > 0;
	if (cursor->has_ahead)
		ll_series_counts(&cursor->reader, &cursor->ahead, cursor->counts_ahead);
}

static void start_points(struct cursor *cursor, sqlite3_value **arguments)
{
	const sqlite3_int64 values = sqlite3_value_int64(arguments[2]);
	const double factor = sqlite3_value_double(arguments[4]);

	cursor->captures = sqlite3_value_int64(arguments[5]);
	if (values < 1 || values > LL_SERIES_VALUES)
		cursor->captures = 0;
	ll_series_reader_init(&cursor->reader, cursor->bytes, sqlite3_value_int(arguments[1]),
	                      values > 0 && values <= LL_SERIES_VALUES ? (size_t)values : 1,
	                      sqlite3_value_int64(arguments[3]), factor > 0 ? factor : 1);
	cursor->index = -1;
	read_ahead(cursor);
}

static bool is_zero(const int64_t values[LL_SERIES_VALUES])
{
	for (size_t i = 0; i < LL_SERIES_VALUES; i++) {
		if (values[i] != 0)
			return false;
	}
	return true;
}

/* The values of a step hold until the next one; captures in which all are zero have no row. */
static bool next_point(struct cursor *cursor)
{
	while (++cursor->index < cursor->captures) {
		if (cursor->has_ahead && cursor->ahead.index == cursor->index) {
			cursor->step = cursor->ahead;
			memcpy(cursor->counts, cursor->counts_ahead, sizeof cursor->counts);
			cursor->has_step = true;
			read_ahead(cursor);
		}
		if (cursor->has_step && !is_zero(cursor->step.values))
			return true;
		if (!cursor->has_ahead)
			return false;
	}
	return false;
}

static void point_column(const struct cursor *cursor, sqlite3_context *result, int column)
{
	if (column == 0)
		sqlite3_result_int64(result, cursor->index);
	else if (column <= LL_HEAP_VALUES)
		sqlite3_result_int64(result, cursor->step.values[column - 1]);
	else
		sqlite3_result_int64(result, cursor->counts[column - 1 - LL_HEAP_VALUES]);
}

/* --------------------------------------------------------------- series_growth */

/* A blob from elsewhere may hold any number. */
static bool is_place(int32_t index)
{
	return index >= -1 && index < LL_SEGMENT_CAPTURES;
}

static void start_growth(struct cursor *cursor, sqlite3_value **arguments)
{
	const double factor = sqlite3_value_double(arguments[3]);
	const void *const blob = sqlite3_value_blob(arguments[4]);
	struct ll_growth_window window;

	if (!blob || sqlite3_value_bytes(arguments[4]) != sizeof window)
		return;
	memcpy(&window, blob, sizeof window);
	ll_series_reader_init(&cursor->reader, cursor->bytes, sqlite3_value_int(arguments[1]),
	                      LL_HEAP_VALUES, sqlite3_value_int64(arguments[2]),
	                      factor > 0 ? factor : 1);
	cursor->has_slope = window.has_weights != 0;
	cursor->has_growth = is_place(window.first) && is_place(window.last) &&
	                     ll_growth_measure(&cursor->reader, &window, &cursor->growth);
}

static bool next_growth(struct cursor *cursor)
{
	return cursor->has_growth && cursor->row == 0;
}

static void growth_column(const struct cursor *cursor, sqlite3_context *result, int column)
{
	const int64_t ends[] = {cursor->growth.first_objects, cursor->growth.first_space,
	                        cursor->growth.last_objects, cursor->growth.last_space};

	if (column < (int)LL_COUNT(ends))
		sqlite3_result_int64(result, ends[column]);
	else if (cursor->has_slope)
		sqlite3_result_double(result, cursor->growth.slope);
}

/* ---------------------------------------------------------------- stack_frames */

static void start_frames(struct cursor *cursor, sqlite3_value **arguments)
{
	(void)cursor, (void)arguments;
}

static bool next_frame(struct cursor *cursor)
{
	return ll_varint_get(cursor->bytes, &cursor->offset, &cursor->frame_id);
}

static void frame_column(const struct cursor *cursor, sqlite3_context *result, int column)
{
	sqlite3_result_int64(result, column == 0 ? cursor->row : (int64_t)cursor->frame_id);
}

/* --------------------------------------------------------------------- gc_ring */

static void start_ring(struct cursor *cursor, sqlite3_value **arguments)
{
	cursor->number = sqlite3_value_int64(arguments[1]) - 1;
	cursor->end_ns = sqlite3_value_int64(arguments[2]);
}

static bool next_ring(struct cursor *cursor)
{
	int64_t step;

	cursor->number++;
	return ll_zigzag_get(cursor->bytes, &cursor->offset, &step) &&
	       ll_zigzag_get(cursor->bytes, &cursor->offset, &cursor->pause_ns) &&
	       ll_i64_add(&cursor->end_ns, step);
}

static void ring_column(const struct cursor *cursor, sqlite3_context *result, int column)
{
	const int64_t values[] = {cursor->number, cursor->end_ns, cursor->pause_ns};

	sqlite3_result_int64(result, values[column]);
}

static const struct shape shapes[] = {
	{
		.name = "series_points",
		.declaration =
			"CREATE TABLE x(capture_index, v0, v1, v2, v3, alloc_count, inuse_count,"
			" data HIDDEN, form HIDDEN, value_count HIDDEN, block_size HIDDEN,"
			" factor HIDDEN, captures HIDDEN)",
		.columns = 7,
		.arguments = 6,
		.start = start_points,
		.next = next_point,
		.column = point_column,
	},
	{
		.name = "series_growth",
		.declaration =
			"CREATE TABLE x(first_objects, first_space, last_objects, last_space,"
			" slope, data HIDDEN, form HIDDEN, block_size HIDDEN, factor HIDDEN,"
			" window HIDDEN)",
		.columns = 5,
		.arguments = 5,
		.start = start_growth,
		.next = next_growth,
		.column = growth_column,
	},
	{
		.name = "stack_frames",
		.declaration = "CREATE TABLE x(position, frame_id, frames HIDDEN)",
		.columns = 2,
		.arguments = 1,
		.start = start_frames,
		.next = next_frame,
		.column = frame_column,
	},
	{
		.name = "gc_ring",
		.declaration = "CREATE TABLE x(number, end_ns, pause_ns, ring HIDDEN, first HIDDEN,"
			       " first_ns HIDDEN)",
		.columns = 3,
		.arguments = 3,
		.start = start_ring,
		.next = next_ring,
		.column = ring_column,
	},
};

/* ------------------------------------------------- the virtual table interface */

static struct cursor *cursor_of(sqlite3_vtab_cursor *base)
{
	return (struct cursor *)(void *)base;
}

static int connect_table(sqlite3 *db, void *aux, int argc, const char *const *argv,
                         sqlite3_vtab **ret_table, char **ret_error)
{
	const struct shape *const shape = aux;
	struct table *table;
	const int rc = sqlite3_declare_vtab(db, shape->declaration);

	(void)argc, (void)argv, (void)ret_error;
	if (rc != SQLITE_OK)
		return rc;
	table = sqlite3_malloc64(sizeof *table);
	if (!table)
		return SQLITE_NOMEM;
	memset(table, 0, sizeof *table);
	table->shape = shape;
	(void)sqlite3_vtab_config(db, SQLITE_VTAB_INNOCUOUS);
	*ret_table = &table->base;
	return SQLITE_OK;
}

static int disconnect_table(sqlite3_vtab *base)
{
	sqlite3_free(base);
	return SQLITE_OK;
}

/* All arguments must be there and usable; they are passed in the order of the declaration. */
static int best_index(sqlite3_vtab *base, sqlite3_index_info *info)
{
	const struct shape *const shape = ((struct table *)(void *)base)->shape;
	int found[MAX_ARGUMENTS] = {0};

	for (int i = 0; i < info->nConstraint; i++) {
		const int argument = info->aConstraint[i].iColumn - shape->columns;

		if (argument < 0 || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ)
			continue;
		if (!info->aConstraint[i].usable)
			return SQLITE_CONSTRAINT;
		found[argument] = i + 1;
	}
	for (int i = 0; i < shape->arguments; i++) {
		if (found[i] == 0)
			return SQLITE_CONSTRAINT;
		info->aConstraintUsage[found[i] - 1].argvIndex = i + 1;
		info->aConstraintUsage[found[i] - 1].omit = 1;
	}
	info->estimatedCost = 20;
	info->estimatedRows = 20;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **ret_cursor)
{
	struct cursor *const cursor = sqlite3_malloc64(sizeof *cursor);

	if (!cursor)
		return SQLITE_NOMEM;
	memset(cursor, 0, sizeof *cursor);
	cursor->shape = ((struct table *)(void *)base)->shape;
	*ret_cursor = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	sqlite3_value_free(cursor_of(base)->kept);
	sqlite3_free(base);
	return SQLITE_OK;
}

static int next_row(sqlite3_vtab_cursor *base)
{
	struct cursor *const cursor = cursor_of(base);

	cursor->row++;
	cursor->at_end = !cursor->shape->next(cursor);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
                  sqlite3_value **argv)
{
	struct cursor *const cursor = cursor_of(base);
	const struct shape *const shape = cursor->shape;
	const sqlite3_vtab_cursor saved = cursor->base;

	(void)number, (void)text;
	sqlite3_value_free(cursor->kept);
	memset(cursor, 0, sizeof *cursor);
	cursor->base = saved;
	cursor->shape = shape;
	cursor->row = -1;
	for (int i = 0; i < argc; i++) {
		if (sqlite3_value_type(argv[i]) == SQLITE_NULL)
			cursor->at_end = true;
	}
	if (cursor->at_end)
		return SQLITE_OK;
	/* The caller may free its value while we still walk the bytes. */
	cursor->kept = sqlite3_value_dup(argv[0]);
	if (!cursor->kept)
		return SQLITE_NOMEM;
	cursor->bytes = ll_str_n(sqlite3_value_blob(cursor->kept),
	                         (size_t)sqlite3_value_bytes(cursor->kept));
	shape->start(cursor, argv);
	return next_row(base);
}

static int is_at_end(sqlite3_vtab_cursor *base)
{
	return cursor_of(base)->at_end;
}

static int put_column(sqlite3_vtab_cursor *base, sqlite3_context *result, int column)
{
	const struct cursor *const cursor = cursor_of(base);

	if (column < cursor->shape->columns)
		cursor->shape->column(cursor, result, column);
	return SQLITE_OK;
}

static int put_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *ret_id)
{
	*ret_id = cursor_of(base)->row;
	return SQLITE_OK;
}

static const sqlite3_module module = {
	.iVersion = 0,
	.xConnect = connect_table,
	.xBestIndex = best_index,
	.xDisconnect = disconnect_table,
	.xOpen = open_cursor,
	.xClose = close_cursor,
	.xFilter = filter,
	.xNext = next_row,
	.xEof = is_at_end,
	.xColumn = put_column,
	.xRowid = put_rowid,
};

int ll_table_functions_register(sqlite3 *db, struct ll_error *err)
{
	for (size_t i = 0; i < LL_COUNT(shapes); i++) {
		union {
			const struct shape *from;
			void *to;
		} shape = {.from = &shapes[i]}; /* the module's pointer argument lacks const */

		if (sqlite3_create_module_v2(db, shapes[i].name, &module, shape.to, NULL) !=
		    SQLITE_OK)
			return ll_sqlite_fail(db, err, shapes[i].name);
	}
	return LL_OK;
}
