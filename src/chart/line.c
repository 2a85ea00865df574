/* SPDX-License-Identifier: Apache-2.0 */
/*
 * line.c - series over time: a heap's saw and floor, a trend with its band, plain counts.
 *
 * Painted from back to front: gaps, grid, band, fine lines, lines, points, trend, marks, limits,
 * names. What the reader shall see first is painted last.
 */
#include "plot.h"
#include "stroke.h"

#include <math.h>

enum {
	ROOM_FOR_DOT = 7, /* points closer together than that are drawn without dots */
};

struct line_picture {
	const struct ll_line_chart *line;
	struct ll_plot plot;
	struct ll_runs *runs; /* one for each series */
	struct ll_extent extent;
};

static void line_done(struct line_picture *picture)
{
	for (size_t i = 0; i < picture->line->series_count; i++)
		ll_runs_done(&picture->runs[i]);
	free(picture->runs);
	ll_plot_done(&picture->plot);
}

static bool is_place(const struct ll_chart_band *place)
{
	return place->time_ns != LL_TIME_NONE && ll_scale_can_hold(place->middle);
}

static bool has_band(const struct ll_chart_band *place)
{
	return is_place(place) && ll_scale_can_hold(place->low) && ll_scale_can_hold(place->high);
}

/* ---------------------------------------------------------------------- gathering */

static enum ll_tag_shape shape_of(enum ll_series_draw draw)
{
	if (draw == LL_DRAW_FINE)
		return LL_TAG_FINE;
	return draw == LL_DRAW_POINTS ? LL_TAG_POINTS : LL_TAG_LINE;
}

static void add_tag(struct line_picture *picture, struct ll_str label, enum ll_role role,
                    enum ll_tag_shape shape, int64_t end_ns, double end_value)
{
	struct ll_tag *const tag = ll_tags_push(&picture->plot.tags);

	tag->label = label;
	tag->role = role;
	tag->shape = shape;
	tag->end_ns = end_ns;
	tag->end_value = end_value;
	(void)ll_scale_text(picture->line->plane.axis, end_value, tag->value);
}

static void gather_series(struct line_picture *picture)
{
	picture->runs = ll_calloc(picture->line->series_count + 1, sizeof *picture->runs);
	for (size_t i = 0; i < picture->line->series_count; i++) {
		const struct ll_chart_series *const series = &picture->line->series[i];
		const struct ll_runs_rule rule =
			ll_plot_rule(&picture->plot, series->most_apart_ns);
		struct ll_runs *const runs = &picture->runs[i];

		ll_runs_init(runs, series->points, series->count, &rule);
		ll_extent_add_runs(&picture->extent, runs);
		if (runs->point_count > 0)
			add_tag(picture, series->label, series->role, shape_of(series->draw),
			        runs->points[runs->point_count - 1].time_ns,
			        runs->points[runs->point_count - 1].value);
		else if (series->label.size > 0)
			ll_plot_note(&picture->plot, "No data for %.*s.",
			             LL_STR_ARG(ll_str_first(series->label, 100)));
	}
}

static void gather_trend(struct line_picture *picture)
{
	const struct ll_chart_trend *const trend = picture->line->trend;
	const struct ll_chart_band *last = NULL;

	for (size_t i = 0; trend && i < trend->count; i++) {
		if (!is_place(&trend->places[i]))
			continue;
		last = &trend->places[i];
		ll_extent_add(&picture->extent, last->time_ns, last->middle);
	}
	if (!last)
		return;
	add_tag(picture, trend->label, trend->role, LL_TAG_TREND, last->time_ns, last->middle);
	/*
	 * The value at the end of a forecast is no measurement; the label says what there is to
	 * say.
	 */
	((struct ll_tag *)picture->plot.tags.items.items)[picture->plot.tags.items.count - 1]
		.value[0] = '\0';
}

/* ------------------------------------------------------------------------ drawing */

static void draw_points(const struct ll_plot *plot, struct ll_svg *svg, const struct ll_runs *runs)
{
	if ((double)runs->point_count * ROOM_FOR_DOT > plot->right - plot->left)
		return;
	for (size_t i = 0; i < runs->point_count; i++)
		ll_dot_draw(svg, &plot->x, &plot->y, &runs->points[i], 3);
}

static void draw_series(struct line_picture *picture, size_t number)
{
	const struct ll_chart_series *const series = &picture->line->series[number];
	const struct ll_plot *const plot = &picture->plot;
	struct ll_svg *const svg = &picture->plot.picture.svg;
	struct ll_runs *const runs = &picture->runs[number];

	if (runs->point_count == 0)
		return;
	ll_runs_thin(runs, &plot->x);
	ll_role_open(svg, series->role);
	ll_runs_draw(svg, &plot->x, &plot->y, runs, shape_of(series->draw), series->role);
	if (series->draw == LL_DRAW_POINTS)
		draw_points(plot, svg, runs);
	ll_dot_draw(svg, &plot->x, &plot->y, &runs->points[runs->point_count - 1], 3);
	ll_svg_close(svg);
}

/* Out along the upper edge and back along the lower one. */
static void draw_band(struct line_picture *picture, const struct ll_chart_trend *trend)
{
	const struct ll_plot *const plot = &picture->plot;
	struct ll_svg *const svg = &picture->plot.picture.svg;
	bool has_begun = false;

	ll_svg_path_open(svg);
	for (size_t i = 0; i < 2 * trend->count; i++) {
		const bool is_upper = i < trend->count;
		const struct ll_chart_band *const place =
			&trend->places[is_upper ? i : 2 * trend->count - 1 - i];
		const double x = ll_time_scale_at(&plot->x, place->time_ns);
		const double y = ll_scale_at(&plot->y, is_upper ? place->high : place->low);

		if (!has_band(place))
			continue;
		if (has_begun)
			ll_svg_path_line(svg, x, y);
		else
			ll_svg_path_move(svg, x, y);
		has_begun = true;
	}
	if (has_begun)
		ll_svg_path_shut(svg);
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_attr(svg, "fill-opacity", "0.16");
	ll_svg_close(svg);
}

static void draw_trend_line(struct line_picture *picture, const struct ll_chart_trend *trend)
{
	const struct ll_plot *const plot = &picture->plot;
	struct ll_svg *const svg = &picture->plot.picture.svg;
	bool has_begun = false;

	ll_svg_path_open(svg);
	for (size_t i = 0; i < trend->count; i++) {
		const struct ll_chart_band *const place = &trend->places[i];
		const double x = ll_time_scale_at(&plot->x, place->time_ns);
		const double y = ll_scale_at(&plot->y, place->middle);

		if (!is_place(place))
			continue;
		if (has_begun)
			ll_svg_path_line(svg, x, y);
		else
			ll_svg_path_move(svg, x, y);
		has_begun = true;
	}
	ll_svg_path_end(svg);
	ll_tag_stroke(svg, LL_TAG_TREND, trend->role);
	ll_svg_close(svg);
}

static void draw_trend(struct line_picture *picture,
                       void (*draw)(struct line_picture *, const struct ll_chart_trend *))
{
	const struct ll_chart_trend *const trend = picture->line->trend;

	if (!trend || trend->count == 0)
		return;
	ll_role_open(&picture->plot.picture.svg, trend->role);
	draw(picture, trend);
	ll_svg_close(&picture->plot.picture.svg);
}

static void draw_data(struct line_picture *picture)
{
	static const enum ll_series_draw order[] = {LL_DRAW_FINE, LL_DRAW_LINE, LL_DRAW_POINTS};

	ll_plot_open_data(&picture->plot);
	draw_trend(picture, draw_band);
	for (size_t i = 0; i < LL_COUNT(order); i++) {
		for (size_t k = 0; k < picture->line->series_count; k++) {
			if (picture->line->series[k].draw == order[i])
				draw_series(picture, k);
		}
	}
	draw_trend(picture, draw_trend_line);
	ll_svg_close(&picture->plot.picture.svg);
}

int ll_chart_line(const struct ll_line_chart *line, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 720, .wide_height = 300, .narrow_width = 340, .narrow_height = 260};
	struct line_picture picture LL_CLEANUP(line_done) = {.line = line,
	                                                     .extent = LL_EXTENT_INIT};

	ll_plot_init(&picture.plot, "chart-line", &line->chart, &line->plane, &size);
	gather_series(&picture);
	gather_trend(&picture);
	if (ll_extent_is_empty(&picture.extent))
		return ll_plot_absence(&picture.plot, out, err);
	ll_plot_plan(&picture.plot, &picture.extent, line->plane.may_leave_zero);
	ll_plot_open(&picture.plot, picture.runs, line->series_count);
	draw_data(&picture);
	return ll_plot_finish(&picture.plot, out, err);
}
