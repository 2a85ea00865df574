/* SPDX-License-Identifier: Apache-2.0 */
/*
 * figure_grid.c - THE TABLE of figures that are no course of time: heat maps and slope charts.
 *
 * Their statements say everything in words, in columns that are the same in each row: title (the
 * conclusion), note, what (a cell or value is), context. A heat map has row_id, row_name,
 * column_name and value, all columns of a row before the next row, a NULL where there is no data.
 * A slope chart has name, first, last, first_name, last_name.
 */
#include "figure.h"

#include <leakledger/arena.h>
#include <leakledger/chart.h>
#include <leakledger/units.h>
#include <leakledger/vec.h>

#include <math.h>

enum grid_shape {
	GRID_HEAT,
	GRID_SLOPE,
};

struct grid_spec {
	const char *id;
	enum grid_shape shape;
	enum ll_axis axis;
	const char *sql;
	const char *absence; /* title when there is nothing to show */
	const char *of;      /* what a row is: head of the table's first column */
	int width;           /* of the wide picture */
};

/* clang-format off */
static const struct grid_spec specs[] = {
	[LL_GRID_COVERAGE] = {"coverage", GRID_HEAT, LL_AXIS_COUNT, "sql/reports/index/coverage.sql",
		"There are no captures with a time", "service", 960},
	[LL_GRID_BUILDS] = {"builds", GRID_HEAT, LL_AXIS_BYTES, "sql/reports/service/builds.sql",
		"One build alone was watched: there is nothing to compare", "place", 960},
	[LL_GRID_SITES] = {"slope", GRID_SLOPE, LL_AXIS_BYTES, "sql/reports/service/slope.sql",
		"No places to compare: no process has two heap profiles behind its warm-up", "place", 560},
};
/* clang-format on */

struct grid_row {
	struct ll_str name;
	struct ll_vec values; /* double */
};

struct grid {
	const struct grid_spec *spec;
	struct ll_arena arena;
	struct ll_vec rows;    /* struct grid_row */
	struct ll_vec columns; /* struct ll_str */
	struct ll_str title, note, what, context, first_name, last_name;
};

static void grid_done(struct grid *grid)
{
	struct grid_row *const rows = grid->rows.items;

	for (size_t i = 0; i < grid->rows.count; i++)
		ll_vec_done(&rows[i].values);
	ll_vec_done(&grid->rows);
	ll_vec_done(&grid->columns);
	ll_arena_done(&grid->arena);
}

/* ----------------------------------------------------------------------- loading */

/* Of a column that the statement lacks: "". */
static struct ll_str text_of(struct grid *grid, struct ll_stmt *stmt, const char *name)
{
	const int column = ll_stmt_column_find(stmt, name);

	return column < 0 ? ll_str("") : ll_arena_str(&grid->arena, ll_stmt_text(stmt, column));
}

static double number_of(struct ll_stmt *stmt, const char *name)
{
	const int column = ll_stmt_column_find(stmt, name);

	return column < 0 || ll_stmt_is_null(stmt, column) ? LL_CHART_GAP
	                                                   : ll_stmt_f64(stmt, column);
}

static struct grid_row *add_row(struct grid *grid, struct ll_str name)
{
	struct grid_row *const row = ll_vec_push(&grid->rows, sizeof *row);

	row->name = name;
	return row;
}

static void add_value(struct grid_row *row, double value)
{
	*(double *)ll_vec_push(&row->values, sizeof value) = value;
}

static void load_words(struct grid *grid, struct ll_stmt *stmt)
{
	grid->title = text_of(grid, stmt, "title");
	grid->note = text_of(grid, stmt, "note");
	grid->what = text_of(grid, stmt, "what");
	grid->context = text_of(grid, stmt, "context");
	grid->first_name = text_of(grid, stmt, "first_name");
	grid->last_name = text_of(grid, stmt, "last_name");
}

static int load_heat(struct grid *grid, struct ll_stmt *stmt, struct ll_error *err)
{
	struct grid_row *row = NULL;
	int64_t row_id = 0;
	int rc;

	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		const int64_t id = ll_stmt_i64(stmt, ll_stmt_column_find(stmt, "row_id"));

		if (!row)
			load_words(grid, stmt);
		if (!row || id != row_id)
			row = add_row(grid, text_of(grid, stmt, "row_name"));
		if (grid->rows.count == 1)
			*(struct ll_str *)ll_vec_push(&grid->columns, sizeof(struct ll_str)) =
				text_of(grid, stmt, "column_name");
		add_value(row, number_of(stmt, "value"));
		row_id = id;
	}
	return rc;
}

static int load_slope(struct grid *grid, struct ll_stmt *stmt, struct ll_error *err)
{
	int rc;

	while ((rc = ll_stmt_step(stmt, err)) > 0) {
		struct grid_row *row;

		if (grid->rows.count == 0)
			load_words(grid, stmt);
		row = add_row(grid, text_of(grid, stmt, "name"));
		add_value(row, number_of(stmt, "first"));
		add_value(row, number_of(stmt, "last"));
	}
	*(struct ll_str *)ll_vec_push(&grid->columns, sizeof(struct ll_str)) = grid->first_name;
	*(struct ll_str *)ll_vec_push(&grid->columns, sizeof(struct ll_str)) = grid->last_name;
	return rc;
}

static int load(struct grid *grid, const struct ll_figure_of *of, struct ll_error *err)
{
	LL_CLEANUP(ll_stmt_freep) struct ll_stmt *stmt = NULL;
	const int rc = ll_stmt_resource(of->ledger, grid->spec->sql, &stmt, err);
	const char *const needed = grid->spec->shape == GRID_HEAT ? "row_id" : "name";

	if (rc < 0)
		return rc;
	if (ll_stmt_column_find(stmt, needed) < 0)
		return ll_fail(err, LL_E_USAGE, "the query of a picture has no column '%s'",
		               needed);
	ll_figure_bind(stmt, of);
	return grid->spec->shape == GRID_HEAT ? load_heat(grid, stmt, err)
	                                      : load_slope(grid, stmt, err);
}

/* ----------------------------------------------------------------------- drawing */

static struct ll_chart chart_of(const struct grid *grid, enum ll_chart_fit fit)
{
	return (struct ll_chart){.id = grid->spec->id,
	                         .title = grid->title,
	                         .fit = fit,
	                         .width = fit == LL_FIT_WIDE ? grid->spec->width : 0};
}

/* A row that has fewer values than there are columns is filled up with gaps. */
static const double *values_of(struct grid *grid, struct grid_row *row)
{
	while (row->values.count < grid->columns.count)
		add_value(row, LL_CHART_GAP);
	return row->values.items;
}

static int draw_heat(struct grid *grid, enum ll_chart_fit fit, struct ll_buf *out,
                     struct ll_error *err)
{
	struct grid_row *const items = grid->rows.items;
	struct ll_heat_row *const rows =
		ll_arena_calloc(&grid->arena, grid->rows.count + 1, sizeof *rows);
	const struct ll_heat_chart heat = {
		.chart = chart_of(grid, fit),
		.axis = grid->spec->axis,
		.name = grid->what,
		.context = grid->context,
		.columns = grid->columns.items,
		.column_count = grid->columns.count,
		.rows = rows,
		.row_count = grid->rows.count,
	};

	for (size_t i = 0; i < grid->rows.count; i++)
		rows[i] = (struct ll_heat_row){items[i].name, values_of(grid, &items[i])};
	return ll_chart_heat(&heat, out, err);
}

static int draw_slope(struct grid *grid, enum ll_chart_fit fit, struct ll_buf *out,
                      struct ll_error *err)
{
	struct grid_row *const items = grid->rows.items;
	struct ll_slope_line *const lines =
		ll_arena_calloc(&grid->arena, grid->rows.count + 1, sizeof *lines);
	const struct ll_slope_chart slope = {
		.chart = chart_of(grid, fit),
		.axis = grid->spec->axis,
		.first_name = grid->first_name,
		.last_name = grid->last_name,
		.lines = lines,
		.line_count = grid->rows.count,
	};

	for (size_t i = 0; i < grid->rows.count; i++) {
		const double *const values = values_of(grid, &items[i]);

		lines[i] = (struct ll_slope_line){items[i].name, values[0], values[1]};
	}
	return ll_chart_slope(&slope, out, err);
}

static int put_picture(struct grid *grid, enum ll_chart_fit fit, xmlNodePtr figure,
                       struct ll_error *err)
{
	struct ll_buf svg;
	int rc;

	ll_buf_init(&svg, LL_BUF_CHART);
	rc = grid->spec->shape == GRID_HEAT ? draw_heat(grid, fit, &svg, err)
	                                    : draw_slope(grid, fit, &svg, err);
	if (rc == LL_OK)
		rc = ll_model_fragment(figure, ll_buf_str(&svg), err);
	ll_buf_done(&svg);
	return rc;
}

static void put_table(struct grid *grid, xmlNodePtr figure)
{
	const xmlNodePtr table = ll_model_element(figure, "numbers");
	struct grid_row *const rows = grid->rows.items;
	const struct ll_str *const columns = grid->columns.items;

	ll_model_text(table, "of", ll_str(grid->spec->of));
	for (size_t i = 0; i < grid->columns.count; i++)
		(void)ll_model_child(table, "series", columns[i]);
	for (size_t i = 0; i < grid->rows.count; i++) {
		const xmlNodePtr moment = ll_model_element(table, "moment");
		const double *const values = values_of(grid, &rows[i]);

		ll_model_text(moment, "time", rows[i].name);
		for (size_t k = 0; k < grid->columns.count; k++) {
			char text[LL_UNIT_TEXT] = "";

			if (!isnan(values[k]) && grid->spec->axis == LL_AXIS_BYTES)
				(void)ll_format_bytes(llround(values[k]), text);
			else if (!isnan(values[k]))
				(void)ll_format_count(llround(values[k]), text);
			(void)ll_model_child(moment, "value", ll_str(text));
		}
	}
}

static int put(struct grid *grid, xmlNodePtr parent, struct ll_error *err)
{
	const xmlNodePtr figure = ll_model_element(parent, "figure");
	const bool is_empty = grid->rows.count == 0;
	int rc;

	ll_model_text(figure, "id", ll_str(grid->spec->id));
	ll_model_text(figure, "title", is_empty ? ll_str(grid->spec->absence) : grid->title);
	ll_model_text(figure, "note", grid->note);
	if (is_empty)
		return LL_OK;
	rc = put_picture(grid, LL_FIT_WIDE, figure, err);
	if (rc == LL_OK)
		rc = put_picture(grid, LL_FIT_NARROW, figure, err);
	if (rc == LL_OK)
		put_table(grid, figure);
	return rc;
}

int ll_grid_put(enum ll_grid which, const struct ll_figure_of *of, xmlNodePtr parent,
                struct ll_error *err)
{
	struct grid grid = {.spec = &specs[which], .arena = LL_ARENA_INIT};
	int rc = load(&grid, of, err);

	if (rc >= 0)
		rc = put(&grid, parent, err);
	grid_done(&grid);
	return rc < 0 ? ll_within(err, "figure '%s'", specs[which].id) : LL_OK;
}
