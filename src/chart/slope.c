/* SPDX-License-Identifier: Apache-2.0 */
/*
 * slope.c - what things were at first and are at last: a line from the left to the right for each.
 *
 *       first_name           last_name
 *       10 MiB  o-----_       o  72 MiB  intake.Read:31
 *        2 MiB  o----------_  o   3 MiB  bufio.NewReaderSize:57
 *
 * Labels are moved apart where they would lie on each other; a thin stroke leads from a moved one
 * to its dot. What rose is a full line, what fell a dashed one.
 */
#include "layout.h"
#include "palette.h"
#include "picture.h"
#include "scale.h"
#include "text.h"

#include <math.h>

enum {
	DOT = 3,
	LEAD = 14,    /* of the stroke from dot to label */
	NAME_GAP = 8, /* between the value and the name */
	TOP = 2 * LL_ROW,
	PLANE_LEAST = 96, /* width of the lines' part */
};

struct slope_picture {
	const struct ll_slope_chart *slope;
	struct ll_picture picture;
	const struct ll_slope_line *lines[LL_SLOPE_LINES];
	size_t count, skipped;
	struct ll_scale y;
	double left, right, value_width, name_width, bottom;
	struct ll_slot first_slots[LL_SLOPE_LINES], last_slots[LL_SLOPE_LINES];
	struct ll_buf description;
};

static void slope_done(struct slope_picture *picture)
{
	ll_picture_done(&picture->picture);
	ll_buf_done(&picture->description);
}

static void gather(struct slope_picture *picture)
{
	const struct ll_slope_chart *const slope = picture->slope;

	for (size_t i = 0; i < slope->line_count; i++) {
		const struct ll_slope_line *const line = &slope->lines[i];

		if (picture->count < LL_SLOPE_LINES && ll_scale_can_hold(line->first) &&
		    ll_scale_can_hold(line->last))
			picture->lines[picture->count++] = line;
		else
			picture->skipped++;
	}
}

static double text_width(enum ll_axis axis, double value)
{
	char text[LL_UNIT_TEXT];

	return ll_text_width(ll_str(ll_scale_text(axis, value, text)), LL_FONT_SIZE);
}

static void plan_widths(struct slope_picture *picture)
{
	const enum ll_axis axis = picture->slope->axis;
	double first = 0, room;

	for (size_t i = 0; i < picture->count; i++) {
		const struct ll_slope_line *const line = picture->lines[i];

		first = fmax(first, text_width(axis, line->first));
		picture->value_width = fmax(picture->value_width, text_width(axis, line->last));
		picture->name_width =
			fmax(picture->name_width, ll_text_width(line->label, LL_FONT_SIZE));
	}
	picture->left = ceil(first) + LEAD + 2 * DOT;
	room = picture->picture.width - picture->left - PLANE_LEAST - picture->value_width - LEAD -
	       NAME_GAP - 2 * DOT;
	picture->name_width = fmax(40, fmin(picture->name_width, room));
	picture->right = floor(picture->picture.width - picture->name_width - picture->value_width -
	                       NAME_GAP - LEAD - 2 * DOT);
}

static void plan_heights(struct slope_picture *picture)
{
	const double needed = TOP + (double)(picture->count + 1) * LL_ROW + 8;
	double low = 0, high = 0;

	picture->picture.height = fmax(picture->picture.height, needed);
	picture->bottom = picture->picture.height - 8;
	if (picture->skipped > 0)
		picture->picture.height += LL_ROW;
	for (size_t i = 0; i < picture->count; i++) {
		low = fmin(low, fmin(picture->lines[i]->first, picture->lines[i]->last));
		high = fmax(high, fmax(picture->lines[i]->first, picture->lines[i]->last));
	}
	ll_scale_init(&picture->y, picture->slope->axis, low, high, 8, false);
	/* To the highest value and not to a round number: nothing is read off an axis here. */
	picture->y.low = low;
	picture->y.high = high > low ? high : low + 1;
	picture->y.at_low = picture->bottom;
	picture->y.at_high = TOP + 4;
	for (size_t i = 0; i < picture->count; i++) {
		picture->first_slots[i] = (struct ll_slot){
			.wanted = ll_scale_at(&picture->y, picture->lines[i]->first),
			.size = LL_ROW};
		picture->last_slots[i] = (struct ll_slot){
			.wanted = ll_scale_at(&picture->y, picture->lines[i]->last),
			.size = LL_ROW};
	}
	(void)ll_layout_spread(picture->first_slots, picture->count, TOP - 4, picture->bottom + 8);
	(void)ll_layout_spread(picture->last_slots, picture->count, TOP - 4, picture->bottom + 8);
}

static void describe(struct slope_picture *picture)
{
	const enum ll_axis axis = picture->slope->axis;
	char first[LL_UNIT_TEXT], last[LL_UNIT_TEXT];

	for (size_t i = 0; i < picture->count; i++)
		ll_buf_printf(&picture->description, "%s%.*s: %s to %s", i > 0 ? "; " : "",
		              LL_STR_ARG(ll_str_first(picture->lines[i]->label, 80)),
		              ll_scale_text(axis, picture->lines[i]->first, first),
		              ll_scale_text(axis, picture->lines[i]->last, last));
	ll_buf_puts(&picture->description, ".");
}

/* ------------------------------------------------------------------------ drawing */

/* From a dot to its label, when that was moved. */
static void draw_lead(struct ll_svg *svg, double from_x, double from_y, double to_x, double to_y)
{
	ll_svg_open_line(svg, from_x, from_y, to_x, to_y);
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-opacity", "0.5");
	ll_svg_close(svg);
}

static void draw_line(struct slope_picture *picture, size_t number)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const struct ll_slope_line *const line = picture->lines[number];
	const struct ll_palette_row *const row = ll_palette_get(ll_role_of(number));
	const double first = picture->first_slots[number].wanted;
	const double last = picture->last_slots[number].wanted;

	ll_svg_open_group(svg, row->class_name, row->color);
	ll_svg_open_line(svg, picture->left, first, picture->right, last);
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-width", number == 0 ? "2.5" : "1.5");
	if (line->last < line->first)
		ll_svg_attr(svg, "stroke-dasharray", LL_DASH_TREND);
	ll_svg_title(svg, line->label);
	ll_svg_close(svg);
	ll_svg_open_circle(svg, picture->left, first, DOT);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
	ll_svg_open_circle(svg, picture->right, last, DOT);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
	draw_lead(svg, picture->left - DOT, first, picture->left - LEAD,
	          picture->first_slots[number].at);
	draw_lead(svg, picture->right + DOT, last, picture->right + LEAD,
	          picture->last_slots[number].at);
	ll_svg_close(svg);
}

static void draw_labels(struct slope_picture *picture, size_t number)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const struct ll_slope_line *const line = picture->lines[number];
	const double values = picture->right + LEAD + DOT + picture->value_width;
	char text[LL_UNIT_TEXT];

	ll_svg_open_text(svg, picture->left - LEAD - DOT, picture->first_slots[number].at + 4,
	                 "end");
	ll_svg_text(svg, ll_str(ll_scale_text(picture->slope->axis, line->first, text)));
	ll_svg_close(svg);
	ll_svg_open_text(svg, values, picture->last_slots[number].at + 4, "end");
	ll_svg_text(svg, ll_str(ll_scale_text(picture->slope->axis, line->last, text)));
	ll_svg_close(svg);
	ll_svg_open_text(svg, values + NAME_GAP, picture->last_slots[number].at + 4, NULL);
	ll_picture_text(&picture->picture, line->label, picture->name_width);
	ll_svg_close(svg);
}

static void draw_frame(struct slope_picture *picture)
{
	struct ll_svg *const svg = &picture->picture.svg;
	const double ends[] = {picture->left, picture->right};

	ll_svg_open_group(svg, "chart-grid", LL_COLOR_GRID);
	for (size_t i = 0; i < LL_COUNT(ends); i++) {
		ll_svg_open_line(svg, ends[i], TOP - 4, ends[i], picture->bottom + 4);
		ll_svg_attr(svg, "stroke", "currentColor");
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
	ll_svg_open_group(svg, "chart-muted", LL_COLOR_MUTED);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_open_text(svg, 0, LL_ROW - 4, NULL);
	ll_picture_text(&picture->picture, picture->slope->first_name, picture->right - NAME_GAP);
	ll_svg_close(svg);
	ll_svg_open_text(svg, picture->right, LL_ROW - 4, NULL);
	ll_picture_text(&picture->picture, picture->slope->last_name,
	                picture->picture.width - picture->right);
	ll_svg_close(svg);
	if (picture->skipped > 0) {
		char text[64];

		(void)snprintf(text, sizeof text, "%zu more are not shown.", picture->skipped);
		ll_svg_open_text(svg, 0, picture->picture.height - 4, NULL);
		ll_svg_text(svg, ll_str(text));
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

int ll_chart_slope(const struct ll_slope_chart *slope, struct ll_buf *out, struct ll_error *err)
{
	static const struct ll_picture_size size = {
		.wide_width = 720, .wide_height = 240, .narrow_width = 340, .narrow_height = 220};
	struct slope_picture picture LL_CLEANUP(slope_done) = {.slope = slope};

	ll_buf_init(&picture.description, LL_BUF_PAGE);
	ll_picture_init(&picture.picture, &slope->chart, &size);
	gather(&picture);
	if (picture.count == 0)
		return ll_picture_absence(&picture.picture, "chart-slope", ll_str("No data"), out,
		                          err);
	plan_widths(&picture);
	plan_heights(&picture);
	describe(&picture);
	ll_picture_open(&picture.picture, "chart-slope", ll_buf_str(&picture.description));
	draw_frame(&picture);
	for (size_t i = picture.count; i > 0; i--)
		draw_line(&picture, i - 1);
	for (size_t i = 0; i < picture.count; i++)
		draw_labels(&picture, i);
	return ll_picture_close(&picture.picture, out, err);
}
