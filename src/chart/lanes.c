/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lanes.c - what happened around a kill: lanes of values and of events on one axis of time.
 *
 *     Memory, MiB                    | killed        a caption row over each lane
 *     96 +---------------------------|
 *        |            ______/\/\/\/\/|- RSS 88 MiB   names where there is room, else a legend
 *      0 +---------------------------|
 *     GC CPU, %                      |
 *      ...
 *     captures  | | | | | | | | |    |               rows of events
 *     deploys   ^ 1.4.0              |
 *        22:20      22:25      22:30
 *
 * Rules:
 *   1. All lanes have the same left and right edge, so that one moment is one vertical line.
 *   2. Limits belong to the scale of their lane: a process dies at them.
 *   3. Ticks of events are at most one for each unit of width: more could not be told apart.
 *   4. A word of an event stands to the right of its sign and ends before the next one.
 */
#include "axes.h"
#include "palette.h"
#include "picture.h"
#include "plot.h"
#include "stroke.h"
#include "text.h"

#include <math.h>

enum {
	LANE_WIDE = 92, /* height of a lane's plane */
	LANE_NARROW = 80,
	LANE_GAP = 10,
	EVENT_ROW = 20,
	TICK_HALF = 5,
	HEAD = 18, /* room for the end's label */
	FOOT = 44, /* times and context */
	STEP_HEIGHT = 30,
};

struct lane_place {
	const struct ll_lane *lane;
	struct ll_runs *runs; /* one for each series, then one for each limit */
	struct ll_scale y;
	struct ll_tags tags;
	double caption, top, bottom, legend;
};

struct lanes_picture {
	const struct ll_lanes_chart *chart;
	struct ll_picture picture;
	struct ll_time_scale x;
	struct ll_time_ticks ticks;
	struct lane_place *places;
	double lane_height, left, right, events_top, bottom;
};

static void lanes_done(struct lanes_picture *picture)
{
	for (size_t i = 0; picture->places && i < picture->chart->lane_count; i++) {
		struct lane_place *const place = &picture->places[i];

		for (size_t k = 0; k < place->lane->series_count; k++)
			ll_runs_done(&place->runs[k]);
		free(place->runs);
		ll_tags_done(&place->tags);
	}
	free(picture->places);
	ll_picture_done(&picture->picture);
}

/* ---------------------------------------------------------------------- gathering */

static void widen(struct ll_extent *extent, int64_t time_ns)
{
	if (time_ns == LL_TIME_NONE)
		return;
	extent->first_ns = time_ns < extent->first_ns ? time_ns : extent->first_ns;
	extent->last_ns = time_ns > extent->last_ns ? time_ns : extent->last_ns;
}

static void gather_lane(const struct lanes_picture *picture, struct lane_place *place,
                        struct ll_extent *times)
{
	const struct ll_lane *const lane = place->lane;
	struct ll_extent extent = LL_EXTENT_INIT;
	double high = lane->least_high;

	place->runs = ll_calloc(lane->series_count + 1, sizeof *place->runs);
	for (size_t i = 0; i < lane->series_count; i++) {
		const struct ll_chart_series *const series = &lane->series[i];
		const struct ll_runs_rule rule = {.from_ns = picture->chart->from_ns,
		                                  .to_ns = picture->chart->to_ns,
		                                  .most_apart_ns = series->most_apart_ns};

		ll_runs_init(&place->runs[i], series->points, series->count, &rule);
		ll_extent_add_runs(&extent, &place->runs[i]);
	}
	if (!ll_extent_is_empty(&extent)) {
		widen(times, extent.first_ns);
		widen(times, extent.last_ns);
		high = fmax(high, extent.high);
	}
	for (size_t i = 0; i < lane->limit_count; i++) {
		if (ll_scale_can_hold(lane->limits[i].value))
			high = fmax(high, lane->limits[i].value);
	}
	ll_scale_init(&place->y, lane->axis, 0, high,
	              (size_t)fmax(2, picture->lane_height / STEP_HEIGHT), false);
}

static void gather_times(struct lanes_picture *picture, struct ll_extent *times)
{
	const struct ll_lanes_chart *const chart = picture->chart;

	widen(times, chart->end_ns);
	for (size_t i = 0; i < chart->event_count; i++) {
		for (size_t k = 0; k < chart->events[i].count; k++)
			widen(times, chart->events[i].marks[k].time_ns);
	}
	if (chart->from_ns < chart->to_ns) {
		times->first_ns = chart->from_ns;
		times->last_ns = chart->to_ns;
	}
}

static enum ll_tag_shape shape_of(const struct ll_chart_series *series)
{
	return series->draw == LL_DRAW_FINE ? LL_TAG_FINE : LL_TAG_LINE;
}

static void add_tag(struct lane_place *place, struct ll_str label, enum ll_role role,
                    enum ll_tag_shape shape, double value, int64_t time_ns)
{
	struct ll_tag *const tag = ll_tags_push(&place->tags);

	tag->label = label;
	tag->role = role;
	tag->shape = shape;
	tag->end_value = value;
	tag->end_ns = time_ns;
	(void)ll_scale_text(place->lane->axis, value, tag->value);
}

static void add_tags(const struct lanes_picture *picture, struct lane_place *place)
{
	const struct ll_lane *const lane = place->lane;

	for (size_t i = 0; i < lane->limit_count; i++)
		add_tag(place, lane->limits[i].label, LL_ROLE_LIMIT, LL_TAG_LINE,
		        lane->limits[i].value, picture->x.last_ns);
	for (size_t i = 0; i < lane->series_count; i++) {
		const struct ll_runs *const runs = &place->runs[i];

		if (runs->point_count > 0)
			add_tag(place, lane->series[i].label, lane->series[i].role,
			        shape_of(&lane->series[i]),
			        runs->points[runs->point_count - 1].value,
			        runs->points[runs->point_count - 1].time_ns);
	}
}

/* ----------------------------------------------------------------------- planning */

static double widest_left(const struct lanes_picture *picture)
{
	double width = 0;

	for (size_t i = 0; i < picture->chart->lane_count; i++) {
		const struct lane_place *const place = &picture->places[i];

		for (size_t k = 0; k < place->y.tick_count; k++) {
			char text[LL_UNIT_TEXT];

			(void)ll_scale_tick_text(&place->y, place->lane->axis, k, text);
			width = fmax(width, ll_text_width(ll_str(text), LL_FONT_SIZE));
		}
	}
	for (size_t i = 0; i < picture->chart->event_count; i++)
		width = fmax(width, ll_text_width(picture->chart->events[i].name, LL_FONT_SIZE));
	return fmin(width, picture->picture.width / 4);
}

/* Either all lanes have their names beside them, or none: they share their right edge (rule 1). */
static double plan_names(struct lanes_picture *picture)
{
	const size_t count = picture->chart->lane_count;
	bool has_columns = true;
	double margin = 0;

	for (size_t i = 0; i < count; i++) {
		struct lane_place *const place = &picture->places[i];

		add_tags(picture, place);
		ll_tags_plan(&place->tags, picture->picture.width, picture->lane_height);
		has_columns &= place->tags.has_column;
	}
	for (size_t i = 0; i < count; i++) {
		struct lane_place *const place = &picture->places[i];

		place->tags.has_column = has_columns;
		margin = fmax(margin, ll_tags_margin(&place->tags));
	}
	return margin;
}

static void plan(struct lanes_picture *picture)
{
	const double margin = plan_names(picture);
	double y = HEAD;

	picture->left = ceil(widest_left(picture)) + LL_TICK_GAP;
	picture->right = floor(picture->picture.width - margin);
	picture->x.from = picture->left;
	picture->x.to = picture->right;
	for (size_t i = 0; i < picture->chart->lane_count; i++) {
		struct lane_place *const place = &picture->places[i];
		struct ll_tag *const tags = place->tags.items.items;

		place->caption = y + 12;
		place->top = y + LL_ROW + 8;
		place->bottom = place->top + picture->lane_height;
		place->legend = place->bottom;
		place->y.at_low = place->bottom;
		place->y.at_high = place->top;
		for (size_t k = 0; k < place->tags.items.count; k++) {
			tags[k].end_x = ll_time_scale_at(&picture->x, tags[k].end_ns);
			tags[k].end_y = ll_scale_at(&place->y, tags[k].end_value);
		}
		y = place->bottom + ll_tags_legend_height(&place->tags) + LANE_GAP;
	}
	picture->events_top = y;
	picture->bottom = y + (double)picture->chart->event_count * EVENT_ROW + 4;
	picture->picture.height = picture->bottom + FOOT;
	ll_time_scale_ticks(&picture->x, LL_FONT_SIZE, picture->picture.width, &picture->ticks);
}

/* ------------------------------------------------------------------------ drawing */

static bool is_inside(const struct lanes_picture *picture, int64_t time_ns)
{
	return time_ns != LL_TIME_NONE && time_ns >= picture->x.first_ns &&
	       time_ns <= picture->x.last_ns;
}

/* From the last capture to the end nobody looked. */
static void draw_unseen(struct lanes_picture *picture)
{
	const struct ll_lanes_chart *const chart = picture->chart;
	struct ll_svg *const svg = &picture->picture.svg;
	double from, to;

	if (!is_inside(picture, chart->unseen_ns) || chart->unseen_ns >= chart->end_ns)
		return;
	from = ll_time_scale_at(&picture->x, chart->unseen_ns);
	to = ll_time_scale_at(&picture->x, chart->end_ns);
	ll_svg_open_group(svg, "chart-gap", LL_COLOR_GAP);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_title(svg, ll_str("not captured"));
	ll_svg_open_rect(svg, from, HEAD, to - from, picture->bottom - HEAD);
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static void draw_caption(struct lanes_picture *picture, const struct lane_place *place)
{
	struct ll_svg *const svg = &picture->picture.svg;
	struct ll_buf text LL_CLEANUP(ll_buf_done);

	ll_buf_init(&text, LL_BUF_PAGE);
	(void)ll_text_fit(place->lane->name, LL_FONT_SIZE, picture->picture.width * 3 / 4, &text);
	if (place->lane->axis == LL_AXIS_BYTES)
		ll_buf_printf(&text, ", %s", place->y.unit);
	ll_svg_open_text(svg, 0, place->caption, NULL);
	ll_svg_text(svg, ll_buf_str(&text));
	ll_svg_close(svg);
}

static void draw_limits(struct lanes_picture *picture, const struct lane_place *place)
{
	struct ll_svg *const svg = &picture->picture.svg;

	for (size_t i = 0; i < place->lane->limit_count; i++) {
		const double y = ll_scale_at(&place->y, place->lane->limits[i].value);

		if (!ll_scale_can_hold(place->lane->limits[i].value))
			continue;
		ll_role_open(svg, LL_ROLE_LIMIT);
		ll_svg_open_line(svg, picture->left, y, picture->right, y);
		ll_tag_stroke(svg, LL_TAG_LINE, LL_ROLE_LIMIT);
		ll_svg_close(svg);
		ll_svg_close(svg);
	}
}

static void draw_lane(struct lanes_picture *picture, struct lane_place *place)
{
	const struct ll_lane *const lane = place->lane;
	struct ll_svg *const svg = &picture->picture.svg;

	ll_gaps_draw(svg, &picture->x, place->top, place->bottom, place->runs, lane->series_count);
	ll_grid_draw(svg, &place->y, picture->left, picture->right);
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	draw_caption(picture, place);
	ll_value_texts_draw(svg, &place->y, lane->axis, picture->left);
	ll_svg_close(svg);
	for (size_t i = 0; i < lane->series_count; i++) {
		struct ll_runs *const runs = &place->runs[i];

		if (runs->point_count == 0)
			continue;
		ll_runs_thin(runs, &picture->x);
		ll_role_open(svg, lane->series[i].role);
		ll_runs_draw(svg, &picture->x, &place->y, runs, shape_of(&lane->series[i]),
		             lane->series[i].role);
		ll_dot_draw(svg, &picture->x, &place->y, &runs->points[runs->point_count - 1], 3);
		ll_svg_close(svg);
	}
	draw_limits(picture, place);
	ll_tags_draw(&place->tags, &picture->picture, picture->right, place->top, place->bottom);
	ll_tags_draw_legend(&place->tags, &picture->picture, place->legend);
}

/* Rule 3. */
static void draw_ticks(struct lanes_picture *picture, const struct ll_lane_events *row, double y)
{
	struct ll_svg *const svg = &picture->picture.svg;
	double last = -1;

	ll_svg_path_open(svg);
	for (size_t i = 0; i < row->count; i++) {
		const double x = ll_time_scale_at(&picture->x, row->marks[i].time_ns);

		if (!is_inside(picture, row->marks[i].time_ns) || x - last < 1)
			continue;
		ll_svg_path_move(svg, x, y - TICK_HALF);
		ll_svg_path_line(svg, x, y + TICK_HALF);
		last = x;
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_close(svg);
}

static void draw_signs(struct lanes_picture *picture, const struct ll_lane_events *row, double y)
{
	struct ll_svg *const svg = &picture->picture.svg;

	for (size_t i = 0; i < row->count; i++) {
		const struct ll_chart_mark *const mark = &row->marks[i];
		const double x = ll_time_scale_at(&picture->x, mark->time_ns);
		double room = picture->picture.width - x - 10;

		if (!is_inside(picture, mark->time_ns))
			continue;
		if (i + 1 < row->count && is_inside(picture, row->marks[i + 1].time_ns))
			room = ll_time_scale_at(&picture->x, row->marks[i + 1].time_ns) - x - 16;
		ll_svg_open(svg, "g");
		ll_mark_symbol_draw(svg, mark->kind, x, y);
		if (mark->label.size > 0 && room > 2 * LL_FONT_SIZE) {
			ll_svg_open_text(svg, x + 8, y + 4, NULL);
			ll_picture_text(&picture->picture, mark->label, room);
			ll_svg_close(svg);
		} else if (mark->label.size > 0) {
			ll_svg_title(svg, mark->label);
		}
		ll_svg_close(svg);
	}
}

static void draw_events(struct lanes_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;

	for (size_t i = 0; i < picture->chart->event_count; i++) {
		const struct ll_lane_events *const row = &picture->chart->events[i];
		const double y = picture->events_top + ((double)i + 0.5) * EVENT_ROW;

		ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
		ll_svg_attr(svg, "fill", "currentColor");
		ll_svg_open_text(svg, picture->left - LL_TICK_GAP, y + 4, "end");
		ll_picture_text(&picture->picture, row->name, picture->left - LL_TICK_GAP);
		ll_svg_close(svg);
		ll_svg_close(svg);
		if (row->is_ticks)
			draw_ticks(picture, row, y);
		else
			draw_signs(picture, row, y);
	}
}

/* The moment that all of this is about, through every lane. */
static void draw_end(struct lanes_picture *picture)
{
	const struct ll_lanes_chart *const chart = picture->chart;
	struct ll_svg *const svg = &picture->picture.svg;
	const double x = ll_time_scale_at(&picture->x, chart->end_ns);
	const bool is_left = x > picture->picture.width / 2;

	if (!is_inside(picture, chart->end_ns))
		return;
	ll_svg_open_line(svg, x, HEAD - 2, x, picture->bottom);
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-width", "1.5");
	ll_svg_close(svg);
	ll_mark_symbol_draw(svg, LL_MARK_OOM, x, HEAD - 8);
	ll_svg_open_text(svg, is_left ? x - 8 : x + 8, HEAD - 4, is_left ? "end" : NULL);
	ll_svg_attr(svg, "font-weight", "600");
	ll_picture_text(&picture->picture, chart->end_label,
	                is_left ? x - 8 : picture->picture.width - x - 8);
	ll_svg_close(svg);
}

static void draw_times(struct lanes_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;

	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_path_open(svg);
	ll_svg_path_move(svg, picture->left, picture->bottom);
	ll_svg_path_line(svg, picture->right, picture->bottom);
	for (size_t i = 0; i < picture->ticks.count; i++) {
		ll_svg_path_move(svg, picture->ticks.items[i].at, picture->bottom);
		ll_svg_path_line(svg, picture->ticks.items[i].at, picture->bottom + 5);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_close(svg);
	ll_time_texts_draw(svg, &picture->ticks, picture->left, picture->bottom);
	ll_svg_close(svg);
}

int ll_chart_lanes(const struct ll_lanes_chart *lanes, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 960, .wide_height = 200, .narrow_width = 340, .narrow_height = 200};
	struct lanes_picture picture LL_CLEANUP(lanes_done) = {.chart = lanes};
	struct ll_extent times = LL_EXTENT_INIT;

	ll_picture_init(&picture.picture, &lanes->chart, &size);
	picture.lane_height = lanes->chart.fit == LL_FIT_NARROW ? LANE_NARROW : LANE_WIDE;
	picture.places = ll_calloc(lanes->lane_count + 1, sizeof *picture.places);
	for (size_t i = 0; i < lanes->lane_count; i++) {
		picture.places[i].lane = &lanes->lanes[i];
		gather_lane(&picture, &picture.places[i], &times);
	}
	gather_times(&picture, &times);
	if (ll_extent_is_empty(&times))
		return ll_picture_absence(&picture.picture, "chart-lanes", ll_str("No data"), out,
		                          err);
	ll_time_scale_init(&picture.x, times.first_ns, times.last_ns);
	plan(&picture);
	ll_picture_open(&picture.picture, "chart-lanes", lanes->chart.title);
	draw_unseen(&picture);
	for (size_t i = 0; i < lanes->lane_count; i++)
		draw_lane(&picture, &picture.places[i]);
	draw_events(&picture);
	draw_times(&picture);
	draw_end(&picture);
	return ll_picture_close(&picture.picture, out, err);
}
