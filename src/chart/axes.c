/* SPDX-License-Identifier: Apache-2.0 */
/* axes.c - see axes.h. */
#include "axes.h"

#include "palette.h"
#include "picture.h"

#include <leakledger/vec.h>

enum {
	GAP_LABEL_FROM = 60, /* a gap as wide as that is labelled */
};

/* --------------------------------------------------------------------------- gaps */

struct interval {
	int64_t first_ns, last_ns;
};

/* Part of the picture's width. */
struct place {
	double from, to;
};

static int compare_intervals(const void *a, const void *b)
{
	const struct interval *const left = a, *const right = b;

	if (left->first_ns != right->first_ns)
		return left->first_ns < right->first_ns ? -1 : 1;
	return left->last_ns < right->last_ns ? -1 : left->last_ns > right->last_ns;
}

/* All runs of all series, in order of their beginning. */
static struct ll_vec gather_intervals(const struct ll_runs *runs, size_t count)
{
	struct ll_vec intervals = LL_VEC_INIT;

	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < runs[i].count; k++) {
			struct interval *const interval = ll_vec_push(&intervals, sizeof *interval);

			interval->first_ns = runs[i].points[runs[i].starts[k]].time_ns;
			interval->last_ns = runs[i].points[runs[i].starts[k + 1] - 1].time_ns;
		}
	}
	if (intervals.count > 1)
		qsort(intervals.items, intervals.count, sizeof(struct interval), compare_intervals);
	return intervals;
}

/* Where gaps are drawn. */
struct canvas {
	struct ll_svg *svg;
	const struct ll_time_scale *x;
	double top, bottom;
};

static void draw_gap(const struct canvas *canvas, double from, double to)
{
	ll_svg_open_rect(canvas->svg, from, canvas->top, to - from, canvas->bottom - canvas->top);
	ll_svg_close(canvas->svg);
}

/* Draws what no run covers and returns the widest place; an empty one when there is none. */
static struct place draw_gaps(const struct canvas *canvas, const struct ll_vec *intervals)
{
	const struct interval *const items = intervals->items;
	struct place widest = {0};
	int64_t covered_ns = intervals->count > 0 ? items[0].last_ns : 0;

	for (size_t i = 1; i < intervals->count; i++) {
		const double from = ll_time_scale_at(canvas->x, covered_ns);
		const double to = ll_time_scale_at(canvas->x, items[i].first_ns);

		if (to - from >= 1)
			draw_gap(canvas, from, to);
		if (to - from > widest.to - widest.from)
			widest = (struct place){.from = from, .to = to};
		if (items[i].last_ns > covered_ns)
			covered_ns = items[i].last_ns;
	}
	return widest;
}

void ll_gaps_draw(struct ll_svg *svg, const struct ll_time_scale *x, double top, double bottom,
                  const struct ll_runs *runs, size_t count)
{
	const struct canvas canvas = {.svg = svg, .x = x, .top = top, .bottom = bottom};
	struct ll_vec intervals LL_CLEANUP(ll_vec_done) = gather_intervals(runs, count);
	struct place widest;

	if (intervals.count < 2)
		return;
	ll_svg_open_group(svg, "chart-gap", LL_COLOR_GAP);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_title(svg, ll_str("no data"));
	widest = draw_gaps(&canvas, &intervals);
	ll_svg_close(svg);
	if (widest.to - widest.from < GAP_LABEL_FROM)
		return;
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_open_text(svg, (widest.from + widest.to) / 2, bottom - 8, "middle");
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_text(svg, ll_str("no data"));
	ll_svg_close(svg);
	ll_svg_close(svg);
}

/* --------------------------------------------------------------------------- axes */

void ll_grid_draw(struct ll_svg *svg, const struct ll_scale *y, double left, double right)
{
	ll_svg_open_group(svg, "chart-grid", LL_COLOR_GRID);
	ll_svg_path_open(svg);
	for (size_t i = 0; i < y->tick_count; i++) {
		const double at = ll_scale_at(y, ll_scale_tick(y, i));

		ll_svg_path_move(svg, left, at);
		ll_svg_path_line(svg, right, at);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "shape-rendering", "crispEdges");
	ll_svg_close(svg);
	ll_svg_close(svg);
}

void ll_value_texts_draw(struct ll_svg *svg, const struct ll_scale *y, enum ll_axis axis,
                         double left)
{
	for (size_t i = 0; i < y->tick_count; i++) {
		const double at = ll_scale_at(y, ll_scale_tick(y, i));
		char text[LL_UNIT_TEXT];

		ll_svg_open_text(svg, left - LL_TICK_GAP, at + 4, "end");
		ll_svg_text(svg, ll_str(ll_scale_tick_text(y, axis, i, text)));
		ll_svg_close(svg);
	}
}

void ll_time_texts_draw(struct ll_svg *svg, const struct ll_time_ticks *ticks, double left,
                        double bottom)
{
	for (size_t i = 0; i < ticks->count; i++) {
		const struct ll_time_tick *const tick = &ticks->items[i];

		if (tick->text[0] == '\0')
			continue;
		ll_svg_open_text(svg, tick->text_at, bottom + 18, "middle");
		if (tick->is_date)
			ll_svg_attr(svg, "font-weight", "600");
		ll_svg_text(svg, ll_str(tick->text));
		ll_svg_close(svg);
	}
	ll_svg_open_text(svg, left, bottom + 18 + LL_ROW, NULL);
	ll_svg_text(svg, ll_str(ticks->context));
	ll_svg_close(svg);
}
