/* SPDX-License-Identifier: Apache-2.0 */
/* plot.c - see plot.h. */
#include "plot.h"

#include "axes.h"
#include "palette.h"
#include "text.h"

#include <math.h>
#include <stdarg.h>

enum {
	SMALLEST_PLOT_WIDTH = 200,
	SMALLEST_PLOT_HEIGHT = 140,
	STEP_HEIGHT = 36, /* an interval of the vertical axis is at least that high */
	AXIS_HEIGHT = 40, /* times and context below the plane */
	TOP_GAP = 12,
	ABSENCE_HEIGHT = 96,
};

void ll_plot_init(struct ll_plot *plot, const char *kind, const struct ll_chart *chart,
                  const struct ll_chart_plane *plane, const struct ll_picture_size *size)
{
	*plot = (struct ll_plot){.plane = plane, .kind = kind};
	ll_picture_init(&plot->picture, chart, size);
	plot->picture.width = fmax(plot->picture.width, SMALLEST_PLOT_WIDTH);
	plot->picture.height = fmax(plot->picture.height, SMALLEST_PLOT_HEIGHT);
	plot->base_height = plot->picture.height;
	ll_buf_init(&plot->caption, LL_BUF_PAGE);
}

void ll_plot_done(struct ll_plot *plot)
{
	ll_picture_done(&plot->picture);
	ll_tags_done(&plot->tags);
	ll_vec_done(&plot->marks);
	ll_vec_done(&plot->notes);
	ll_arena_done(&plot->arena);
	ll_buf_done(&plot->caption);
}

void ll_plot_note(struct ll_plot *plot, const char *format, ...)
{
	const char **const note = ll_vec_push(&plot->notes, sizeof *note);
	char text[256];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(text, sizeof text, format, args);
	va_end(args);
	*note = ll_arena_printf(&plot->arena, "%s", text);
}

/* Draws the notes below the picture, or only counts their lines. */
static size_t put_notes(struct ll_plot *plot, bool do_draw)
{
	struct ll_svg *const svg = &plot->picture.svg;
	const char *const *const notes = plot->notes.items;
	size_t lines = 0;

	for (size_t i = 0; i < plot->notes.count; i++) {
		struct ll_str rest = ll_str(notes[i]);

		while (rest.size > 0) {
			const struct ll_str line =
				ll_text_line(&rest, LL_FONT_SIZE, plot->picture.width);
			const double y = plot->base_height + ((double)lines++ + 0.75) * LL_ROW;

			if (!do_draw)
				continue;
			ll_svg_open_text(svg, 0, y, NULL);
			ll_picture_text(&plot->picture, line, plot->picture.width);
			ll_svg_close(svg);
		}
	}
	return lines;
}

struct ll_runs_rule ll_plot_rule(const struct ll_plot *plot, int64_t most_apart_ns)
{
	return (struct ll_runs_rule){
		.from_ns = plot->plane->from_ns,
		.to_ns = plot->plane->to_ns,
		.most_apart_ns = most_apart_ns,
	};
}

/* ----------------------------------------------------------------------- planning */

/* "Heap in use, MiB", "Goroutines (axis begins at 2,000)". */
static void write_caption(struct ll_plot *plot)
{
	const struct ll_chart_plane *const plane = plot->plane;
	const bool is_named = plane->name.size > 0;
	char tick[LL_UNIT_TEXT];
	double room = plot->picture.width;

	if (plane->axis == LL_AXIS_BYTES)
		room -= ll_text_width(ll_str(", MiB"), LL_FONT_SIZE);
	if (plot->y.low > 0)
		room -= ll_text_width(ll_str(" (axis begins at 1,000)"), LL_FONT_SIZE);
	(void)ll_text_fit(plane->name, LL_FONT_SIZE, room, &plot->caption);
	if (plane->axis == LL_AXIS_BYTES)
		ll_buf_printf(&plot->caption, "%s%s", is_named ? ", " : "", plot->y.unit);
	else if (plane->axis == LL_AXIS_PERCENT)
		ll_buf_printf(&plot->caption, "%s%%", is_named ? ", " : "");
	else if (!is_named)
		ll_buf_puts(&plot->caption, "Count");
	if (plot->y.low > 0)
		ll_buf_printf(&plot->caption, " (axis begins at %s)",
		              ll_scale_tick_text(&plot->y, plane->axis, 0, tick));
}

static void plan_values(struct ll_plot *plot, const struct ll_extent *extent, bool may_leave_zero)
{
	double low = extent->low, high = extent->high;

	plot->highest = extent->high;
	for (size_t i = 0; i < plot->plane->limit_count; i++) {
		const struct ll_chart_limit *const limit = &plot->plane->limits[i];

		if (!ll_limit_is_near(limit, plot->highest))
			continue;
		low = fmin(low, limit->value);
		high = fmax(high, limit->value);
	}
	ll_scale_init(&plot->y, plot->plane->axis, low, high,
	              (size_t)(plot->base_height - AXIS_HEIGHT - 2 * LL_ROW) / STEP_HEIGHT,
	              may_leave_zero);
}

static double tick_text_width(const struct ll_plot *plot)
{
	double width = 0;

	for (size_t i = 0; i < plot->y.tick_count; i++) {
		char text[LL_UNIT_TEXT];

		(void)ll_scale_tick_text(&plot->y, plot->plane->axis, i, text);
		width = fmax(width, ll_text_width(ll_str(text), LL_FONT_SIZE));
	}
	return width;
}

/* Marks within a twentieth of the span beside the data widen it (marks.c, rule 4). */
static void plan_times(struct ll_plot *plot, const struct ll_extent *extent)
{
	const struct ll_chart_plane *const plane = plot->plane;
	int64_t first = extent->first_ns, last = extent->last_ns;
	const uint64_t reach = ll_time_span(first, last) / 20;

	for (size_t i = 0; i < plane->mark_count; i++) {
		const int64_t at = plane->marks[i].time_ns;

		if (at < first && at != LL_TIME_NONE && ll_time_span(at, extent->first_ns) <= reach)
			first = at;
		if (at > last && ll_time_span(extent->last_ns, at) <= reach)
			last = at;
	}
	if (plane->from_ns < plane->to_ns) {
		first = plane->from_ns;
		last = plane->to_ns;
	}
	ll_time_scale_init(&plot->x, first, last);
}

void ll_plot_plan(struct ll_plot *plot, const struct ll_extent *extent, bool may_leave_zero)
{
	struct ll_tag *const tags = plot->tags.items.items;

	plan_values(plot, extent, may_leave_zero);
	plan_times(plot, extent);
	write_caption(plot);
	ll_tags_plan(&plot->tags, plot->picture.width,
	             plot->base_height - AXIS_HEIGHT - 2 * LL_ROW);
	plot->left = ceil(tick_text_width(plot)) + LL_TICK_GAP;
	plot->right = floor(plot->picture.width - ll_tags_margin(&plot->tags));
	plot->x.from = plot->left;
	plot->x.to = plot->right;
	ll_marks_plan(plot);
	plot->top = TOP_GAP + plot->lanes * LL_ROW;
	plot->bottom = plot->base_height - AXIS_HEIGHT;
	plot->y.at_low = plot->bottom;
	plot->y.at_high = plot->top;
	for (size_t i = 0; i < plot->tags.items.count; i++) {
		tags[i].end_x = ll_time_scale_at(&plot->x, tags[i].end_ns);
		tags[i].end_y = ll_scale_at(&plot->y, tags[i].end_value);
	}
	ll_time_scale_ticks(&plot->x, LL_FONT_SIZE, plot->picture.width, &plot->ticks);
	plot->legend_y = plot->base_height + (double)put_notes(plot, false) * LL_ROW;
	plot->picture.height = plot->legend_y + ll_tags_legend_height(&plot->tags);
}

/* --------------------------------------------------------------------------- axes */

/* The line the data stands on: zero, or the lower edge when zero is not in the picture. */
static double base_y(const struct ll_plot *plot)
{
	return ll_scale_at(&plot->y, fmin(fmax(0, plot->y.low), plot->y.high));
}

static void draw_time_lines(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;

	ll_svg_path_open(svg);
	ll_svg_path_move(svg, plot->left, base_y(plot));
	ll_svg_path_line(svg, plot->right, base_y(plot));
	for (size_t i = 0; i < plot->ticks.count; i++) {
		ll_svg_path_move(svg, plot->ticks.items[i].at, plot->bottom);
		ll_svg_path_line(svg, plot->ticks.items[i].at, plot->bottom + 5);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "shape-rendering", "crispEdges");
	ll_svg_close(svg);
}

static void draw_axes(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_open_text(svg, 0, 14, NULL);
	ll_svg_text(svg, ll_buf_str(&plot->caption));
	ll_svg_close(svg);
	ll_value_texts_draw(svg, &plot->y, plot->plane->axis, plot->left);
	draw_time_lines(plot);
	ll_time_texts_draw(svg, &plot->ticks, plot->left, plot->bottom);
	ll_svg_close(svg);
}

/* -------------------------------------------------------------------- life cycle */

/* Says at least what and when, for a caller that describes nothing. */
static struct ll_str fallback_description(struct ll_plot *plot)
{
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT];

	return ll_str(ll_arena_printf(&plot->arena, "%s, from %s to %s.", plot->caption.data,
	                              ll_format_time(plot->x.first_ns, first),
	                              ll_format_time(plot->x.last_ns, last)));
}

static void draw_clip(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;

	ll_svg_open(svg, "clipPath");
	ll_svg_id(svg, "plane");
	/* A little larger than the plane, so that lines on its edge keep their thickness. */
	ll_svg_open_rect(svg, plot->left - 4, plot->top - 4, plot->right - plot->left + 8,
	                 plot->bottom - plot->top + 8);
	ll_svg_close(svg);
	ll_svg_close(svg);
}

void ll_plot_open(struct ll_plot *plot, const struct ll_runs *runs, size_t count)
{
	plot->courses = runs;
	plot->course_count = count;
	ll_picture_open(&plot->picture, plot->kind, fallback_description(plot));
	draw_clip(plot);
	ll_gaps_draw(&plot->picture.svg, &plot->x, plot->top, plot->bottom, runs, count);
	ll_grid_draw(&plot->picture.svg, &plot->y, plot->left, plot->right);
	draw_axes(plot);
}

void ll_plot_open_data(struct ll_plot *plot)
{
	ll_svg_open(&plot->picture.svg, "g");
	ll_svg_clip(&plot->picture.svg, "plane");
}

static void draw_notes(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;

	if (plot->notes.count == 0)
		return;
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	(void)put_notes(plot, true);
	ll_svg_close(svg);
}

int ll_plot_finish(struct ll_plot *plot, struct ll_buf *out, struct ll_error *err)
{
	ll_marks_draw_lines(plot);
	ll_limits_draw(plot);
	ll_marks_draw_labels(plot);
	ll_tags_draw(&plot->tags, &plot->picture, plot->right, plot->top, plot->bottom);
	draw_notes(plot);
	ll_tags_draw_legend(&plot->tags, &plot->picture, plot->legend_y);
	return ll_picture_close(&plot->picture, out, err);
}

int ll_plot_absence(struct ll_plot *plot, struct ll_buf *out, struct ll_error *err)
{
	plot->picture.height = fmin(plot->picture.height, ABSENCE_HEIGHT);
	return ll_picture_absence(
		&plot->picture, plot->kind,
		plot->plane->name.size > 0 ? plot->plane->name : ll_str("No data"), out, err);
}
