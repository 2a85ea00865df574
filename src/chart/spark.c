/* SPDX-License-Identifier: Apache-2.0 */
/*
 * spark.c - one series in the size of a word.
 *
 * The lowest value is a ring, the highest a small dot, the last a large one: three signs that
 * differ in shape and size, not in colour.
 */
#include "palette.h"
#include "picture.h"
#include "runs.h"
#include "scale.h"
#include "text.h"

#include <math.h>

enum {
	EDGE = 4, /* room for half a dot */
	END_TEXT_GAP = 5,
};

struct spark_picture {
	const struct ll_spark_chart *spark;
	struct ll_picture picture;
	struct ll_runs runs;
	struct ll_extent extent;
	struct ll_time_scale x;
	double low, high; /* of the vertical range */
	struct ll_run_point lowest, highest, last;
	struct ll_buf description;
};

static void spark_done(struct spark_picture *picture)
{
	ll_picture_done(&picture->picture);
	ll_runs_done(&picture->runs);
	ll_buf_done(&picture->description);
}

static double y_of(const struct spark_picture *picture, double value)
{
	const double share = (value - picture->low) / (picture->high - picture->low);
	const double height = picture->picture.height - 2 * EDGE;

	return EDGE + height * (1 - fmax(0, fmin(1, share)));
}

static void find_remarkable(struct spark_picture *picture)
{
	const struct ll_runs *const runs = &picture->runs;

	picture->lowest = runs->points[0];
	picture->highest = runs->points[0];
	picture->last = runs->points[runs->point_count - 1];
	for (size_t i = 1; i < runs->point_count; i++) {
		if (runs->points[i].value < picture->lowest.value)
			picture->lowest = runs->points[i];
		if (runs->points[i].value > picture->highest.value)
			picture->highest = runs->points[i];
	}
}

static bool has_near_limit(const struct spark_picture *picture)
{
	const struct ll_spark_chart *const spark = picture->spark;

	return spark->has_limit && ll_scale_can_hold(spark->limit) &&
	       spark->limit >= picture->low && spark->limit <= 4 * fmax(picture->highest.value, 0);
}

static void plan_values(struct spark_picture *picture)
{
	const struct ll_spark_chart *const spark = picture->spark;

	picture->low = picture->extent.low;
	picture->high = picture->extent.high;
	if (!spark->may_leave_zero) {
		picture->low = fmin(picture->low, 0);
		picture->high = fmax(picture->high, 0);
	}
	if (has_near_limit(picture))
		picture->high = fmax(picture->high, spark->limit);
	if (ll_scale_can_hold(spark->low) && ll_scale_can_hold(spark->high) &&
	    spark->low < spark->high) {
		picture->low = spark->low;
		picture->high = spark->high;
	}
	if (!(picture->high - picture->low > fabs(picture->high) * 1e-9)) {
		/* All equal: the line runs through the middle. */
		const double half = fmax(fabs(picture->high), 1);

		picture->low -= half;
		picture->high += half;
	}
}

static void plan(struct spark_picture *picture)
{
	const struct ll_spark_chart *const spark = picture->spark;
	const bool has_window = spark->from_ns < spark->to_ns;
	char text[LL_UNIT_TEXT];

	find_remarkable(picture);
	plan_values(picture);
	ll_time_scale_init(&picture->x, has_window ? spark->from_ns : picture->extent.first_ns,
	                   has_window ? spark->to_ns : picture->extent.last_ns);
	picture->x.from = EDGE;
	picture->x.to = picture->picture.width - EDGE;
	if (spark->has_end_text) {
		(void)ll_scale_text(spark->axis, picture->last.value, text);
		picture->x.to -= ll_text_width(ll_str(text), LL_FONT_SIZE) + END_TEXT_GAP;
		picture->x.to = fmax(picture->x.to, picture->x.from + 8);
	}
}

static void describe(struct spark_picture *picture)
{
	const enum ll_axis axis = picture->spark->axis;
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT], lowest[LL_UNIT_TEXT], highest[LL_UNIT_TEXT];

	ll_buf_printf(&picture->description, "From %s to %s; lowest %s, highest %s.",
	              ll_scale_text(axis, picture->runs.points[0].value, first),
	              ll_scale_text(axis, picture->last.value, last),
	              ll_scale_text(axis, picture->lowest.value, lowest),
	              ll_scale_text(axis, picture->highest.value, highest));
	if (picture->low > 0)
		ll_buf_printf(&picture->description, " The scale begins at %s.",
		              ll_scale_text(axis, picture->low, lowest));
}

/* ------------------------------------------------------------------------ drawing */

static void draw_limit(struct spark_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const double y = y_of(picture, picture->spark->limit);

	if (!has_near_limit(picture) || picture->spark->limit > picture->high)
		return;
	ll_svg_open_line(svg, picture->x.from, y, picture->x.to, y);
	ll_svg_attr(svg, "class", "chart-limit");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-dasharray", "6 3");
	ll_svg_close(svg);
}

static void draw_run(struct spark_picture *picture, size_t from, size_t to)
{
	struct ll_svg *const svg = &picture->picture.svg;

	for (size_t i = from; i < to; i++) {
		const double x = ll_time_scale_at(&picture->x, picture->runs.points[i].time_ns);
		const double y = y_of(picture, picture->runs.points[i].value);

		if (i == from)
			ll_svg_path_move(svg, x, y);
		else
			ll_svg_path_line(svg, x, y);
	}
}

static void draw_lines(struct spark_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const struct ll_runs *const runs = &picture->runs;

	ll_svg_path_open(svg);
	for (size_t i = 0; i < runs->count; i++)
		draw_run(picture, runs->starts[i], runs->starts[i + 1]);
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-width", "1.5");
	ll_svg_attr(svg, "stroke-linejoin", "round");
	ll_svg_close(svg);
}

static void open_dot(struct spark_picture *picture, const struct ll_run_point *point, double radius)
{
	ll_svg_open_circle(&picture->picture.svg, ll_time_scale_at(&picture->x, point->time_ns),
	                   y_of(picture, point->value), radius);
}

/* A dot that has nothing to say beyond its place: value and time are its title. */
static void close_dot(struct spark_picture *picture, const char *what,
                      const struct ll_run_point *point)
{
	struct ll_svg *const svg = &picture->picture.svg;
	char value[LL_UNIT_TEXT], time[LL_UNIT_TEXT], text[160];

	(void)snprintf(text, sizeof text, "%s %s, %s", what,
	               ll_scale_text(picture->spark->axis, point->value, value),
	               ll_format_time(point->time_ns, time));
	ll_svg_title(svg, ll_str(text));
	ll_svg_close(svg);
}

static void draw_dots(struct spark_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const size_t last = picture->last.index;
	const bool is_level = !(picture->highest.value > picture->lowest.value);

	for (size_t i = 0; i < picture->runs.count; i++) {
		const size_t start = picture->runs.starts[i];

		if (picture->runs.starts[i + 1] - start == 1) {
			open_dot(picture, &picture->runs.points[start], 1);
			ll_svg_attr(svg, "fill", "currentColor");
			ll_svg_close(svg);
		}
	}
	if (!is_level && picture->lowest.index != last) {
		open_dot(picture, &picture->lowest, 2);
		ll_svg_attr(svg, "class", "chart-hollow");
		ll_svg_attr(svg, "fill", LL_COLOR_SURFACE);
		ll_svg_attr(svg, "stroke", "currentColor");
		close_dot(picture, "lowest", &picture->lowest);
	}
	if (!is_level && picture->highest.index != last) {
		open_dot(picture, &picture->highest, 2);
		ll_svg_attr(svg, "fill", "currentColor");
		close_dot(picture, "highest", &picture->highest);
	}
	open_dot(picture, &picture->last, 3);
	ll_svg_attr(svg, "fill", "currentColor");
	close_dot(picture, "last", &picture->last);
}

static void draw_end_text(struct spark_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;
	char text[LL_UNIT_TEXT];

	if (!picture->spark->has_end_text)
		return;
	ll_svg_open_text(svg, picture->picture.width,
	                 fmax(LL_FONT_SIZE - 1, y_of(picture, picture->last.value) + 4), "end");
	ll_svg_text(svg, ll_str(ll_scale_text(picture->spark->axis, picture->last.value, text)));
	ll_svg_close(svg);
}

int ll_chart_spark(const struct ll_spark_chart *spark, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 160, .wide_height = 36, .narrow_width = 120, .narrow_height = 36};
	const struct ll_palette_row *const row = ll_palette_get(spark->role);
	const struct ll_runs_rule rule = {.from_ns = spark->from_ns,
	                                  .to_ns = spark->to_ns,
	                                  .most_apart_ns = spark->most_apart_ns};
	struct spark_picture picture LL_CLEANUP(spark_done) = {.spark = spark,
	                                                       .extent = LL_EXTENT_INIT};

	ll_picture_init(&picture.picture, &spark->chart, &size);
	ll_buf_init(&picture.description, LL_BUF_MESSAGE);
	ll_runs_init(&picture.runs, spark->points, spark->count, &rule);
	ll_extent_add_runs(&picture.extent, &picture.runs);
	if (ll_extent_is_empty(&picture.extent))
		return ll_picture_absence(&picture.picture, "chart-spark", ll_str("No data"), out,
		                          err);
	plan(&picture);
	describe(&picture);
	ll_runs_thin(&picture.runs, &picture.x);
	ll_picture_open(&picture.picture, "chart-spark", ll_buf_str(&picture.description));
	draw_limit(&picture);
	ll_svg_open_group(&picture.picture.svg, row->class_name, row->color);
	draw_lines(&picture);
	draw_dots(&picture);
	ll_svg_close(&picture.picture.svg);
	draw_end_text(&picture);
	return ll_picture_close(&picture.picture, out, err);
}
