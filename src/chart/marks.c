/* SPDX-License-Identifier: Apache-2.0 */
/*
 * marks.c - moments at which something happened: a line through the plane, a symbol, a word.
 *
 * Rules:
 *   1. Words stand above the plane to the right of their line, in up to three lanes. The marks are
 *      taken from right to left and each takes the lowest lane where no word and no line of a later
 *      mark is in its way, so that no line runs through a word.
 *   2. At the right edge a word turns to the left of its line.
 *   3. A word without a lane is left out; the mark keeps line, symbol and title, and a note counts
 *      what was left out and says what the symbols mean.
 *   4. A mark a little outside the times of the data widens them; others are counted in a note.
 */
#include "palette.h"
#include "plot.h"
#include "text.h"

#include <math.h>

enum {
	WIDEST_LABEL = 130,
	SYMBOL = 4, /* half its size */
	APART = 10,
};

static struct ll_str label_of(const struct ll_chart_mark *mark)
{
	static const char *const words[] = {
		[LL_MARK_NOTE] = "note",
		[LL_MARK_RESTART] = "restart",
		[LL_MARK_DEPLOY] = "deploy",
		[LL_MARK_OOM] = "OOM kill",
	};

	if (mark->label.size > 0)
		return mark->label;
	return ll_str(words[(size_t)mark->kind < LL_COUNT(words) ? mark->kind : LL_MARK_NOTE]);
}

/* From left to right; equal times as the caller had them. */
static int compare_places(const void *a, const void *b)
{
	const struct ll_mark_place *const left = a, *const right = b;

	if (left->mark->time_ns != right->mark->time_ns)
		return left->mark->time_ns < right->mark->time_ns ? -1 : 1;
	return left->mark < right->mark ? -1 : left->mark > right->mark;
}

static size_t collect(struct ll_plot *plot)
{
	size_t outside = 0;

	for (size_t i = 0; i < plot->plane->mark_count; i++) {
		const struct ll_chart_mark *const mark = &plot->plane->marks[i];
		struct ll_mark_place *place;

		if (mark->time_ns < plot->x.first_ns || mark->time_ns > plot->x.last_ns) {
			outside++;
			continue;
		}
		place = ll_vec_push(&plot->marks, sizeof *place);
		place->mark = mark;
		place->x = ll_time_scale_at(&plot->x, mark->time_ns);
	}
	if (plot->marks.count > 1)
		qsort(plot->marks.items, plot->marks.count, sizeof(struct ll_mark_place),
		      compare_places);
	return outside;
}

/* Rules 1 and 2. */
static void find_lane(struct ll_plot *plot, struct ll_lanes *lanes, struct ll_mark_place *place)
{
	const double width = ll_text_width(label_of(place->mark), LL_FONT_SIZE);
	struct ll_flag flag = {.from = place->x - SYMBOL, .stem = place->x};

	place->room = fmin(width, WIDEST_LABEL) + 1;
	flag.text_from = place->x + 2 * SYMBOL;
	flag.text_to = flag.text_from + place->room;
	if (flag.text_to > plot->picture.width) {
		place->is_left = true;
		flag.text_to = place->x - 2 * SYMBOL;
		flag.text_from = flag.text_to - place->room;
		flag.from = flag.text_from;
	}
	flag.to = fmax(flag.text_to, place->x + SYMBOL) + APART;
	place->lane = ll_lanes_take(lanes, &flag);
	if (place->lane >= plot->lanes)
		plot->lanes = place->lane + 1;
}

/* A caption at the left of the uppermost row needs a row of its own when a word is there. */
static void make_room_for_caption(struct ll_plot *plot, const struct ll_lanes *lanes)
{
	const double caption = ll_text_width(ll_buf_str(&plot->caption), LL_FONT_SIZE);

	if (plot->lanes == 0)
		plot->lanes = 1;
	else if (!ll_lanes_is_free(lanes, plot->lanes - 1, 0, caption + APART))
		plot->lanes++;
}

static void note_missing(struct ll_plot *plot, size_t outside)
{
	const struct ll_mark_place *const places = plot->marks.items;
	size_t without = 0;

	for (size_t i = 0; i < plot->marks.count; i++)
		without += places[i].lane < 0;
	if (without > 0)
		ll_plot_note(plot,
		             "%zu of %zu marks without room for a word: ring restart, triangle "
		             "deploy, cross OOM kill, diamond other.",
		             without, plot->marks.count);
	if (outside > 0)
		ll_plot_note(plot, "%zu %s outside these times.", outside,
		             outside == 1 ? "mark lies" : "marks lie");
}

void ll_marks_plan(struct ll_plot *plot)
{
	struct ll_lanes lanes LL_CLEANUP(ll_lanes_done) = {0};
	const size_t outside = collect(plot);
	struct ll_mark_place *const places = plot->marks.items;

	for (size_t i = plot->marks.count; i > 0; i--)
		find_lane(plot, &lanes, &places[i - 1]);
	make_room_for_caption(plot, &lanes);
	note_missing(plot, outside);
}

/* ------------------------------------------------------------------------ drawing */

static double lane_y(const struct ll_plot *plot, int lane)
{
	return lane < 0 ? plot->top : plot->top - 10 - lane * LL_ROW;
}

void ll_marks_draw_lines(struct ll_plot *plot)
{
	const struct ll_mark_place *const places = plot->marks.items;
	struct ll_svg *const svg = &plot->picture.svg;

	if (plot->marks.count == 0)
		return;
	ll_svg_path_open(svg);
	for (size_t i = 0; i < plot->marks.count; i++) {
		ll_svg_path_move(svg, places[i].x, lane_y(plot, places[i].lane) + SYMBOL);
		ll_svg_path_line(svg, places[i].x, plot->bottom);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-opacity", "0.45");
	ll_svg_close(svg);
}

void ll_mark_symbol_draw(struct ll_svg *svg, enum ll_mark_kind kind, double x, double y)
{
	/* Corners in turn around the middle; the cross is two strokes. */
	static const signed char triangle[] = {0, -4, 4, 3, -4, 3},
				 diamond[] = {0, -4, 4, 0, 0, 4, -4, 0};
	const bool is_triangle = kind == LL_MARK_DEPLOY;
	const signed char *const corners = is_triangle ? triangle : diamond;
	const size_t count = is_triangle ? LL_COUNT(triangle) : LL_COUNT(diamond);

	if (kind == LL_MARK_RESTART) {
		ll_svg_open_circle(svg, x, y, SYMBOL - 0.5);
		ll_svg_attr(svg, "class", "chart-hollow");
		ll_svg_attr(svg, "fill", LL_COLOR_SURFACE);
		ll_svg_attr(svg, "stroke", "currentColor");
		ll_svg_attr(svg, "stroke-width", "1.5");
		ll_svg_close(svg);
		return;
	}
	ll_svg_path_open(svg);
	if (kind == LL_MARK_OOM) {
		ll_svg_path_move(svg, x - SYMBOL, y - SYMBOL);
		ll_svg_path_line(svg, x + SYMBOL, y + SYMBOL);
		ll_svg_path_move(svg, x - SYMBOL, y + SYMBOL);
		ll_svg_path_line(svg, x + SYMBOL, y - SYMBOL);
	} else {
		ll_svg_path_move(svg, x + corners[0], y + corners[1]);
		for (size_t i = 2; i < count; i += 2)
			ll_svg_path_line(svg, x + corners[i], y + corners[i + 1]);
		ll_svg_path_shut(svg);
	}
	ll_svg_path_end(svg);
	if (kind == LL_MARK_OOM) {
		ll_svg_attr(svg, "stroke", "currentColor");
		ll_svg_attr(svg, "stroke-width", "2");
	}
	ll_svg_close(svg);
}

static void draw_mark(struct ll_plot *plot, const struct ll_mark_place *place)
{
	struct ll_svg *const svg = &plot->picture.svg;
	const struct ll_str label = label_of(place->mark);
	const double y = lane_y(plot, place->lane);
	struct ll_buf title LL_CLEANUP(ll_buf_done);
	char time[LL_UNIT_TEXT];

	ll_buf_init(&title, LL_BUF_PAGE);
	ll_buf_put_str(&title, label);
	ll_buf_printf(&title, ", %s", ll_format_time(place->mark->time_ns, time));
	ll_svg_open(svg, "g");
	ll_svg_title(svg, ll_buf_str(&title));
	ll_mark_symbol_draw(svg, place->mark->kind, place->x, y);
	if (place->lane >= 0) {
		ll_svg_open_text(svg, place->x + (place->is_left ? -2 : 2) * SYMBOL, y + 4,
		                 place->is_left ? "end" : NULL);
		ll_picture_text(&plot->picture, label, place->room);
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

void ll_marks_draw_labels(struct ll_plot *plot)
{
	const struct ll_mark_place *const places = plot->marks.items;

	for (size_t i = 0; i < plot->marks.count; i++)
		draw_mark(plot, &places[i]);
}
