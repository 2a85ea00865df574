/* SPDX-License-Identifier: Apache-2.0 */
/*
 * area.c - layers on top of each other: who owns the growth, what goroutines wait for.
 *
 * The moments are thinned by their total (lowest and highest of each column), so every drawn
 * moment is one that was measured and the layers always add up. Layers are told apart by their
 * order, by the thin line of background between them and by the names at the right, not by colour
 * alone.
 */
#include "palette.h"
#include "plot.h"

#include <math.h>

struct area_picture {
	const struct ll_area_chart *area;
	struct ll_plot plot;
	struct ll_runs totals; /* points' index is the moment's number */
	struct ll_extent extent;
	size_t layer_count; /* drawn; the last may be the sum of several */
	bool has_negative;
	struct ll_buf rest_label;
};

static void area_done(struct area_picture *picture)
{
	ll_runs_done(&picture->totals);
	ll_buf_done(&picture->rest_label);
	ll_plot_done(&picture->plot);
}

/* The sum of the layers below number `count` at a moment; a gap where one of them is unknown. */
static double sum_below(const struct area_picture *picture, size_t count, size_t moment)
{
	const struct ll_area_chart *const area = picture->area;
	double sum = 0;

	if (count == picture->layer_count)
		count = area->layer_count;
	for (size_t i = 0; i < count; i++) {
		const double value = area->layers[i].values[moment];

		if (!ll_scale_can_hold(value))
			return LL_CHART_GAP;
		sum += fmax(value, 0);
	}
	return sum;
}

static void gather_totals(struct area_picture *picture)
{
	const struct ll_area_chart *const area = picture->area;
	const struct ll_runs_rule rule = ll_plot_rule(&picture->plot, area->most_apart_ns);
	struct ll_chart_point *points LL_CLEANUP(ll_freep) =
		ll_calloc(area->count + 1, sizeof *points);

	for (size_t i = 0; i < area->count; i++) {
		points[i].time_ns = area->times_ns[i];
		points[i].value = sum_below(picture, picture->layer_count, i);
		for (size_t k = 0; k < area->layer_count; k++)
			picture->has_negative |= area->layers[k].values[i] < 0;
	}
	ll_runs_init(&picture->totals, points, picture->layer_count > 0 ? area->count : 0, &rule);
	ll_extent_add_runs(&picture->extent, &picture->totals);
}

static struct ll_str label_of(struct area_picture *picture, size_t layer)
{
	const size_t folded = picture->area->layer_count - picture->layer_count;

	if (folded == 0 || layer + 1 < picture->layer_count)
		return picture->area->layers[layer].label;
	if (picture->rest_label.size == 0)
		ll_buf_printf(&picture->rest_label, "%zu others", folded + 1);
	return ll_buf_str(&picture->rest_label);
}

/* Names from top to bottom, the total above all. */
static void gather_tags(struct area_picture *picture)
{
	const enum ll_axis axis = picture->area->plane.axis;
	const struct ll_run_point *const last =
		&picture->totals.points[picture->totals.point_count - 1];
	struct ll_tag *tag;

	if (picture->layer_count > 1) {
		tag = ll_tags_push(&picture->plot.tags);
		tag->label = ll_str("Total");
		tag->shape = LL_TAG_TOTAL;
		tag->end_ns = last->time_ns;
		tag->end_value = last->value;
		(void)ll_scale_text(axis, last->value, tag->value);
	}
	for (size_t i = picture->layer_count; i > 0; i--) {
		const double low = sum_below(picture, i - 1, last->index);
		const double high = sum_below(picture, i, last->index);

		tag = ll_tags_push(&picture->plot.tags);
		tag->label = label_of(picture, i - 1);
		tag->role = picture->area->layers[i - 1].role;
		tag->shape = LL_TAG_LAYER;
		tag->end_ns = last->time_ns;
		tag->end_value = (low + high) / 2;
		(void)ll_scale_text(axis, high - low, tag->value);
	}
}

/* ------------------------------------------------------------------------ drawing */

/* Along the upper edge of the run, and back along the lower one. */
static void draw_run(struct area_picture *picture, size_t layer, size_t from, size_t to)
{
	struct ll_svg *const svg = &picture->plot.picture.svg;
	const struct ll_plot *const plot = &picture->plot;
	const size_t count = to - from;

	for (size_t i = 0; i < 2 * count; i++) {
		const bool is_upper = i < count;
		const struct ll_run_point *const point =
			&picture->totals.points[is_upper ? from + i : to - 1 - (i - count)];
		const double value = sum_below(picture, is_upper ? layer + 1 : layer, point->index);
		/* A moment alone between two gaps is a narrow bar. */
		const double shift = count > 1 ? 0 : is_upper ? -0.75 : 0.75;
		const double x = ll_time_scale_at(&plot->x, point->time_ns) + shift;

		if (i == 0)
			ll_svg_path_move(svg, x, ll_scale_at(&plot->y, value));
		else
			ll_svg_path_line(svg, x, ll_scale_at(&plot->y, value));
	}
	ll_svg_path_shut(svg);
}

static void draw_layer(struct area_picture *picture, size_t layer)
{
	struct ll_svg *const svg = &picture->plot.picture.svg;
	const struct ll_palette_row *const row = ll_palette_get(picture->area->layers[layer].role);

	ll_svg_open_group(svg, row->class_name, row->color);
	ll_svg_path_open(svg);
	for (size_t i = 0; i < picture->totals.count; i++)
		draw_run(picture, layer, picture->totals.starts[i], picture->totals.starts[i + 1]);
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_attr(svg, "fill-opacity", "0.88");
	ll_svg_title(svg, label_of(picture, layer));
	ll_svg_close(svg);
	ll_svg_close(svg);
}

/* The thin line between a layer and the one above it. */
static void draw_border(struct area_picture *picture, size_t layer)
{
	struct ll_svg *const svg = &picture->plot.picture.svg;
	const struct ll_plot *const plot = &picture->plot;
	const struct ll_runs *const totals = &picture->totals;

	for (size_t i = 0; i < totals->count; i++) {
		for (size_t k = totals->starts[i]; k < totals->starts[i + 1]; k++) {
			const double x = ll_time_scale_at(&plot->x, totals->points[k].time_ns);
			const double y = ll_scale_at(
				&plot->y, sum_below(picture, layer + 1, totals->points[k].index));

			if (k == totals->starts[i])
				ll_svg_path_move(svg, x, y);
			else
				ll_svg_path_line(svg, x, y);
		}
	}
}

static void draw_borders(struct area_picture *picture)
{
	struct ll_svg *const svg = &picture->plot.picture.svg;

	ll_svg_path_open(svg);
	for (size_t i = 0; i + 1 < picture->layer_count; i++)
		draw_border(picture, i);
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "class", "chart-halo");
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", LL_COLOR_SURFACE);
	ll_svg_close(svg);
}

static void draw_data(struct area_picture *picture)
{
	ll_runs_thin(&picture->totals, &picture->plot.x);
	ll_plot_open_data(&picture->plot);
	for (size_t i = 0; i < picture->layer_count; i++)
		draw_layer(picture, i);
	draw_borders(picture);
	ll_svg_close(&picture->plot.picture.svg);
}

int ll_chart_area(const struct ll_area_chart *area, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 720, .wide_height = 320, .narrow_width = 340, .narrow_height = 280};
	struct area_picture picture LL_CLEANUP(area_done) = {.area = area,
	                                                     .extent = LL_EXTENT_INIT};

	ll_buf_init(&picture.rest_label, LL_BUF_MESSAGE);
	ll_plot_init(&picture.plot, "chart-area", &area->chart, &area->plane, &size);
	picture.layer_count =
		area->layer_count < LL_AREA_LAYERS ? area->layer_count : LL_AREA_LAYERS;
	gather_totals(&picture);
	if (ll_extent_is_empty(&picture.extent))
		return ll_plot_absence(&picture.plot, out, err);
	gather_tags(&picture);
	if (picture.has_negative)
		ll_plot_note(&picture.plot, "Negative values are drawn as zero.");
	ll_plot_plan(&picture.plot, &picture.extent, false);
	ll_plot_open(&picture.plot, &picture.totals, 1);
	draw_data(&picture);
	return ll_plot_finish(&picture.plot, out, err);
}
