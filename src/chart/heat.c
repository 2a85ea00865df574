/* SPDX-License-Identifier: Apache-2.0 */
/*
 * heat.c - rows by columns in five shades of one hue.
 *
 *     row label | 12  12  --  11  12      one path per shade, one for the crosses
 *     row label | 12   3      12  12
 *                 16:10       16:20       as many names as fit
 *                 context
 *     [] no data   [1] 1 to 3   ...       legend
 *
 * Rules:
 *   1. A cell's shade is the fifth of the largest value that it lies in, counted from zero.
 *   2. Zero is a measurement: an empty frame with a 0 in it where that fits. No data is a stroke
 *      across the cell. So neither is told by a shade alone.
 *   3. The numbers are written when every one of them fits its cell, else none is: a map with
 *      some numbers misleads.
 */
#include "palette.h"
#include "picture.h"
#include "scale.h"
#include "text.h"

#include <math.h>

enum {
	CELL_HEIGHT = 20,
	CELL_WIDEST = 96,
	LABEL_GAP = 8,
	NUMBERS_MOST = 1600, /* cells with a number; beyond, the picture would be too large */
	KEY = 12,            /* side of a legend's square */
};

/* Light to dark on a light page; what is written on the first four is dark, on the last light. */
static const struct {
	const char *shade_class, *shade, *ink_class, *ink;
} steps[LL_HEAT_STEPS] = {
	{"heat-1", "#e3eef9", "heat-on-1", "#1f2328"},
	{"heat-2", "#c6dbef", "heat-on-2", "#1f2328"},
	{"heat-3", "#9ecae1", "heat-on-3", "#1f2328"},
	{"heat-4", "#6baed6", "heat-on-4", "#1f2328"},
	{"heat-5", "#2171b5", "heat-on-5", "#ffffff"},
};

struct heat_picture {
	const struct ll_heat_chart *heat;
	struct ll_picture picture;
	size_t first_column, columns, rows;
	double highest;
	bool has_zero, has_gap, has_numbers;
	double left, cell_width, top, bottom; /* of the cells */
	double legend_y;
	struct ll_buf description;
};

static void heat_done(struct heat_picture *map)
{
	ll_picture_done(&map->picture);
	ll_buf_done(&map->description);
}

static double value_at(const struct heat_picture *map, size_t row, size_t column)
{
	const double value = map->heat->rows[row].values[map->first_column + column];

	return ll_scale_can_hold(value) ? fmax(value, 0) : LL_CHART_GAP;
}

/* Rule 1: 0 ... LL_HEAT_STEPS - 1; -1 for zero, -2 for no data. */
static int step_of(const struct heat_picture *map, double value)
{
	int step;

	if (isnan(value))
		return -2;
	if (value <= 0)
		return -1;
	step = (int)ceil(value / map->highest * LL_HEAT_STEPS) - 1;
	return step < 0 ? 0 : step >= LL_HEAT_STEPS ? LL_HEAT_STEPS - 1 : step;
}

/* ------------------------------------------------------------------------- legend */

/* Where the next key of the legend goes. */
struct legend {
	double x, y;
	size_t rows;
	bool do_draw; /* or only count the rows */
};

/* Takes a place for a key with that text, in the next row where this one is full. */
static void take_key(const struct heat_picture *map, struct legend *legend, const char *text,
                     double *ret_x)
{
	const double width = KEY + 4 + ll_text_width(ll_str(text), LL_FONT_SIZE);

	if (legend->x > 0 && legend->x + width > map->picture.width) {
		legend->x = 0;
		legend->y += LL_ROW;
		legend->rows++;
	}
	*ret_x = legend->x;
	legend->x += width + 14;
}

static void draw_key_text(struct heat_picture *map, double x, double y, const char *text)
{
	struct ll_svg *const svg = &map->picture.svg;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_text(svg, x + KEY + 4, y + KEY - 2, NULL);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_text(svg, ll_str(text));
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static void put_gap_key(struct heat_picture *map, struct legend *legend)
{
	struct ll_svg *const svg = &map->picture.svg;
	double x;

	take_key(map, legend, "no data", &x);
	if (!legend->do_draw)
		return;
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_line(svg, x, legend->y + KEY - 1, x + KEY, legend->y + 1);
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_close(svg);
	ll_svg_close(svg);
	draw_key_text(map, x, legend->y, "no data");
}

static void put_key(struct heat_picture *map, struct legend *legend, int step)
{
	struct ll_svg *const svg = &map->picture.svg;
	const bool is_whole = map->heat->axis == LL_AXIS_COUNT;
	const double from = map->highest * step / LL_HEAT_STEPS;
	const double to = map->highest * (step + 1) / LL_HEAT_STEPS;
	char value[LL_UNIT_TEXT], text[LL_UNIT_TEXT + 16];
	double x;

	if (is_whole && floor(to) <= floor(from))
		return; /* no whole number lies in it */
	(void)snprintf(text, sizeof text, "to %s",
	               ll_scale_text(map->heat->axis, is_whole ? floor(to) : to, value));
	take_key(map, legend, text, &x);
	if (!legend->do_draw)
		return;
	ll_svg_open_group(svg, steps[step].shade_class, steps[step].shade);
	ll_svg_open_rect(svg, x, legend->y, KEY, KEY);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
	ll_svg_close(svg);
	draw_key_text(map, x, legend->y, text);
}

/* Returns the rows that it has. */
static size_t put_legend(struct heat_picture *map, double y, bool do_draw)
{
	struct legend legend = {.y = y, .rows = 1, .do_draw = do_draw};

	if (map->has_gap)
		put_gap_key(map, &legend);
	for (int step = 0; map->highest > 0 && step < LL_HEAT_STEPS; step++)
		put_key(map, &legend, step);
	return legend.rows;
}

/* ----------------------------------------------------------------------- planning */

static void look(struct heat_picture *map)
{
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			const double value = value_at(map, row, column);

			if (isnan(value))
				map->has_gap = true;
			else if (value <= 0)
				map->has_zero = true;
			else
				map->highest = fmax(map->highest, value);
		}
	}
}

static double widest_label(const struct heat_picture *map)
{
	double width = 0;

	for (size_t row = 0; row < map->rows; row++)
		width = fmax(width, ll_text_width(map->heat->rows[row].label, LL_FONT_SIZE));
	return width;
}

/* Rule 3. */
static bool numbers_fit(const struct heat_picture *map)
{
	if (map->rows * map->columns > NUMBERS_MOST)
		return false;
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			const double value = value_at(map, row, column);
			char text[LL_UNIT_TEXT];

			if (isnan(value))
				continue;
			(void)ll_scale_text(map->heat->axis, value, text);
			if (ll_text_width(ll_str(text), LL_FONT_SIZE) + 2 > map->cell_width)
				return false;
		}
	}
	return true;
}

static void plan(struct heat_picture *map)
{
	const double width = map->picture.width;
	const bool has_context = map->heat->context.size > 0;

	map->left = fmin(ceil(widest_label(map)), floor(width * 0.36)) + LABEL_GAP;
	map->cell_width = fmin(CELL_WIDEST, (width - map->left) / (double)map->columns);
	map->top = 2 * LL_ROW;
	map->bottom = map->top + (double)map->rows * CELL_HEIGHT;
	map->legend_y = map->bottom + LL_ROW * (has_context ? 2.75 : 1.75);
	map->picture.height =
		map->legend_y + LL_ROW * (double)put_legend(map, map->legend_y, false);
	if (map->heat->row_count > map->rows || map->first_column > 0)
		map->picture.height += LL_ROW;
	map->has_numbers = numbers_fit(map);
}

static void describe(struct heat_picture *map)
{
	char text[LL_UNIT_TEXT];

	ll_buf_printf(&map->description, "%.*s: %zu rows by %zu columns",
	              LL_STR_ARG(map->heat->name), map->rows, map->columns);
	if (map->highest > 0)
		ll_buf_printf(&map->description, ", highest %s",
		              ll_scale_text(map->heat->axis, map->highest, text));
	ll_buf_puts(&map->description,
	            map->has_gap ? "; crossed out where there is no data." : ".");
}

/* ------------------------------------------------------------------------ drawing */

static double x_of(const struct heat_picture *map, size_t column)
{
	return map->left + (double)column * map->cell_width;
}

static double y_of(const struct heat_picture *map, size_t row)
{
	return map->top + (double)row * CELL_HEIGHT;
}

/* A gap of one unit stands between cells, unless they are too narrow for that. */
static void cell_path(struct ll_svg *svg, double x, double y, double width, double height)
{
	const double gap = width > 4 ? 1 : 0;

	ll_svg_path_move(svg, x, y);
	ll_svg_path_line(svg, x + width - gap, y);
	ll_svg_path_line(svg, x + width - gap, y + height - 1);
	ll_svg_path_line(svg, x, y + height - 1);
	ll_svg_path_shut(svg);
}

static void draw_shade(struct heat_picture *map, int step)
{
	struct ll_svg *const svg = &map->picture.svg;

	ll_svg_open_group(svg, steps[step].shade_class, steps[step].shade);
	ll_svg_path_open(svg);
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			if (step_of(map, value_at(map, row, column)) == step)
				cell_path(svg, x_of(map, column), y_of(map, row), map->cell_width,
				          CELL_HEIGHT);
		}
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
	ll_svg_close(svg);
}

/* Rule 2: a frame for zero, a stroke for no data. */
static void sign_path(struct heat_picture *map, size_t row, size_t column, bool is_gap)
{
	struct ll_svg *const svg = &map->picture.svg;
	const double x = x_of(map, column), y = y_of(map, row);
	const int step = step_of(map, value_at(map, row, column));

	if (is_gap && step == -2) {
		ll_svg_path_move(svg, x + 1, y + CELL_HEIGHT - 3);
		ll_svg_path_line(svg, x + map->cell_width - 2, y + 2);
	} else if (!is_gap && step == -1) {
		cell_path(svg, x + 0.5, y + 0.5, map->cell_width - 1, CELL_HEIGHT - 1);
	}
}

static void draw_signs(struct heat_picture *map, bool is_gap)
{
	struct ll_svg *const svg = &map->picture.svg;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_path_open(svg);
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++)
			sign_path(map, row, column, is_gap);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-opacity", "0.6");
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static void draw_numbers(struct heat_picture *map, int step)
{
	struct ll_svg *const svg = &map->picture.svg;

	ll_svg_open_group(svg, step < 0 ? "chart-muted" : steps[step].ink_class,
	                  step < 0 ? LL_COLOR_MUTED : steps[step].ink);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_attr(svg, "text-anchor", "middle");
	for (size_t row = 0; row < map->rows; row++) {
		for (size_t column = 0; column < map->columns; column++) {
			const double value = value_at(map, row, column);
			char text[LL_UNIT_TEXT];

			if (step_of(map, value) != step)
				continue;
			ll_svg_open_text(svg, x_of(map, column) + (map->cell_width - 1) / 2,
			                 y_of(map, row) + CELL_HEIGHT - 6, NULL);
			ll_svg_text(svg, ll_str(ll_scale_text(map->heat->axis, value, text)));
			ll_svg_close(svg);
		}
	}
	ll_svg_close(svg);
}

static void draw_labels(struct heat_picture *map)
{
	struct ll_svg *const svg = &map->picture.svg;

	for (size_t row = 0; row < map->rows; row++) {
		ll_svg_open_text(svg, 0, y_of(map, row) + CELL_HEIGHT - 6, NULL);
		ll_picture_text(&map->picture, map->heat->rows[row].label, map->left - LABEL_GAP);
		ll_svg_close(svg);
	}
}

/* Names of columns from the left, each that does not touch the one before. */
static void draw_columns(struct heat_picture *map)
{
	struct ll_svg *const svg = &map->picture.svg;
	double taken = 0;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	for (size_t column = 0; column < map->columns; column++) {
		const struct ll_str name = map->heat->columns[map->first_column + column];
		const double width = ll_text_width(name, LL_FONT_SIZE);
		const double x = fmin(x_of(map, column), map->picture.width - width);

		if (name.size == 0 || x < taken)
			continue;
		ll_svg_open_text(svg, x, map->bottom + LL_ROW - 3, NULL);
		ll_svg_text(svg, name);
		ll_svg_close(svg);
		taken = x + width + LABEL_GAP;
	}
	if (map->heat->context.size > 0) {
		ll_svg_open_text(svg, map->left, map->bottom + 2 * LL_ROW - 3, NULL);
		ll_picture_text(&map->picture, map->heat->context, map->picture.width - map->left);
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

static void draw_note(struct heat_picture *map)
{
	struct ll_svg *const svg = &map->picture.svg;
	char text[128];

	if (map->heat->row_count <= map->rows && map->first_column == 0)
		return;
	(void)snprintf(text, sizeof text, "Not shown: %zu more rows, %zu earlier columns.",
	               map->heat->row_count - map->rows, map->first_column);
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_text(svg, 0, map->picture.height - 4, NULL);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_picture_text(&map->picture, ll_str(text), map->picture.width);
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static void draw(struct heat_picture *map)
{
	struct ll_svg *const svg = &map->picture.svg;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_text(svg, 0, LL_ROW - 4, NULL);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_picture_text(&map->picture, map->heat->name, map->picture.width);
	ll_svg_close(svg);
	ll_svg_close(svg);
	draw_labels(map);
	for (int step = 0; step < LL_HEAT_STEPS; step++)
		draw_shade(map, step);
	if (map->has_zero)
		draw_signs(map, false);
	if (map->has_gap)
		draw_signs(map, true);
	for (int step = -1; map->has_numbers && step < LL_HEAT_STEPS; step++)
		draw_numbers(map, step);
	draw_columns(map);
	(void)put_legend(map, map->legend_y, true);
	draw_note(map);
}

int ll_chart_heat(const struct ll_heat_chart *heat, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 720, .wide_height = 96, .narrow_width = 340, .narrow_height = 96};
	struct heat_picture map LL_CLEANUP(heat_done) = {
		.heat = heat,
		.columns =
			heat->column_count < LL_HEAT_COLUMNS ? heat->column_count : LL_HEAT_COLUMNS,
		.rows = heat->row_count < LL_HEAT_ROWS ? heat->row_count : LL_HEAT_ROWS,
	};

	map.first_column = heat->column_count - map.columns;
	ll_buf_init(&map.description, LL_BUF_PAGE);
	ll_picture_init(&map.picture, &heat->chart, &size);
	look(&map);
	if (map.highest <= 0 && !map.has_zero)
		return ll_picture_absence(&map.picture, "chart-heat",
		                          heat->name.size > 0 ? heat->name : ll_str("No data"), out,
		                          err);
	plan(&map);
	describe(&map);
	ll_picture_open(&map.picture, "chart-heat", ll_buf_str(&map.description));
	draw(&map);
	return ll_picture_close(&map.picture, out, err);
}
