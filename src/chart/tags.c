/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tags.c - see tags.h.
 *
 * The column is chosen when (1) the picture is at least 480 wide, (2) all names fit below each
 * other, and (3) no name loses more than a third of itself to a column of at most three eighths
 * of the picture. A legend row is
 *
 *     1 ---- HeapAlloc 412 MiB
 *     |  |   label     value
 *     |  sample
 *     digit, which stands at the line's end too
 */
#include "tags.h"

#include "layout.h"
#include "palette.h"
#include "text.h"

#include <math.h>

enum {
	COLUMN_FROM = 480,
	COLUMN_SIZE = 16, /* height of a name in the column */
	LEADER = 22,      /* from the plot's edge to the names */
	DIGIT_MARGIN = 20,
	DIGIT_SIZE = 13,
	LEGEND_ROW = 19,
	LEGEND_GAP = 8,
	LEGEND_LABEL = 50, /* from a legend entry's left end to its label */
	LEGEND_BETWEEN = 24,
	PLAIN_MARGIN = 10,
};

/* The part of the picture that names may take. */
static const double MOST_COLUMN = 0.375;

struct ll_tag *ll_tags_push(struct ll_tags *tags)
{
	return ll_vec_push(&tags->items, sizeof(struct ll_tag));
}

void ll_tags_done(struct ll_tags *tags)
{
	ll_vec_done(&tags->items);
}

static double value_width(const struct ll_tag *tag)
{
	const double width = ll_text_width(ll_str(tag->value), LL_FONT_SIZE);

	return width > 0 ? ll_text_width(ll_str(" "), LL_FONT_SIZE) + width : 0;
}

/* Width of the widest name when labels may have `label_room`. */
static double widest(const struct ll_tags *tags, double label_room)
{
	const struct ll_tag *const items = tags->items.items;
	double width = 0;

	for (size_t i = 0; i < tags->items.count; i++) {
		const double label = ll_text_width(items[i].label, LL_FONT_SIZE);

		width = fmax(width, fmin(label, label_room) + value_width(&items[i]));
	}
	return width;
}

static bool loses_too_much(const struct ll_tags *tags, double room)
{
	const struct ll_tag *const items = tags->items.items;

	for (size_t i = 0; i < tags->items.count; i++) {
		const double label = ll_text_width(items[i].label, LL_FONT_SIZE);

		if (room - value_width(&items[i]) < label * 2 / 3)
			return true;
	}
	return false;
}

void ll_tags_plan(struct ll_tags *tags, double picture_width, double plot_height)
{
	const double room = picture_width * MOST_COLUMN - LEADER;
	const double needed = (double)tags->items.count * COLUMN_SIZE;
	const double legend_width = LEGEND_LABEL + widest(tags, picture_width) + LEGEND_BETWEEN;

	tags->column = fmin(room, widest(tags, picture_width));
	tags->has_column = picture_width >= COLUMN_FROM && needed <= plot_height + COLUMN_SIZE &&
	                   !loses_too_much(tags, room);
	tags->legend_columns = (size_t)fmax(1, fmin(3, floor(picture_width / legend_width)));
}

double ll_tags_margin(const struct ll_tags *tags)
{
	if (tags->has_column && tags->items.count > 0)
		return LEADER + tags->column + 2;
	return tags->items.count > 1 ? DIGIT_MARGIN : PLAIN_MARGIN;
}

static size_t legend_rows(const struct ll_tags *tags)
{
	return (tags->items.count + tags->legend_columns - 1) / tags->legend_columns;
}

double ll_tags_legend_height(const struct ll_tags *tags)
{
	if (tags->has_column || tags->items.count == 0)
		return 0;
	return LEGEND_GAP + (double)legend_rows(tags) * LEGEND_ROW;
}

/* ------------------------------------------------------------------------- pieces */

static void open_role(struct ll_svg *svg, const struct ll_tag *tag)
{
	const struct ll_palette_row *const row = ll_palette_get(tag->role);

	ll_svg_open_group(svg, row->class_name, row->color);
}

/* "label value" at a place; the label is cut so that both stay within `room`. */
static void draw_name(struct ll_picture *picture, const struct ll_tag *tag, double x, double y,
                      double room)
{
	struct ll_svg *const svg = &picture->svg;

	ll_svg_open_text(svg, x, y + 4, NULL);
	if (tag->shape == LL_TAG_TOTAL)
		ll_svg_attr(svg, "font-weight", "600");
	ll_picture_text(picture, tag->label, room - value_width(tag));
	if (tag->value[0] != '\0') {
		ll_svg_open(svg, "tspan");
		ll_svg_attr(svg, "class", "chart-muted");
		ll_svg_attr(svg, "color", LL_COLOR_MUTED);
		ll_svg_attr(svg, "fill", "currentColor");
		ll_svg_text(svg, ll_str(" ")); /* so that copied text has its blank */
		ll_svg_text(svg, ll_str(tag->value));
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

void ll_tag_stroke(struct ll_svg *svg, enum ll_tag_shape shape, enum ll_role role)
{
	static const double widths[] = {
		[LL_TAG_LINE] = 1.75,  [LL_TAG_FINE] = 1,    [LL_TAG_POINTS] = 2.5,
		[LL_TAG_TREND] = 1.75, [LL_TAG_LAYER] = 1.5, [LL_TAG_TOTAL] = 1.5,
	};
	const char *const dash = ll_palette_get(role)->dash;

	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_number(svg, "stroke-width", widths[shape]);
	ll_svg_attr(svg, "stroke-linejoin", "round");
	if (shape == LL_TAG_TREND)
		ll_svg_attr(svg, "stroke-dasharray", LL_DASH_TREND);
	else if (dash && shape == LL_TAG_LINE)
		ll_svg_attr(svg, "stroke-dasharray", dash);
}

/* ------------------------------------------------------------------------- column */

/* From the line's end to its name; a line that ended earlier is led to the edge first. */
static void draw_leader(struct ll_svg *svg, const struct ll_tag *tag, double right, double y)
{
	const double start = fmin(tag->end_x + 5, right + 3);

	open_role(svg, tag);
	ll_svg_path_open(svg);
	ll_svg_path_move(svg, start, tag->end_y);
	ll_svg_path_line(svg, right + 6, tag->end_y);
	ll_svg_path_line(svg, right + 13, y);
	ll_svg_path_line(svg, right + LEADER - 4, y);
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	if (tag->shape == LL_TAG_LAYER)
		ll_svg_attr(svg, "stroke-width", "1.5");
	if (start < right - 4)
		ll_svg_attr(svg, "stroke-dasharray", "1 3");
	ll_svg_close(svg);
	ll_svg_close(svg);
}

static struct ll_slot *spread_tags(const struct ll_tags *tags, double size, double top,
                                   double bottom)
{
	const struct ll_tag *const items = tags->items.items;
	struct ll_slot *const slots = ll_calloc(tags->items.count + 1, sizeof *slots);

	for (size_t i = 0; i < tags->items.count; i++) {
		slots[i].wanted = items[i].end_y;
		slots[i].size = !tags->has_column && items[i].shape == LL_TAG_TOTAL ? 0 : size;
	}
	/* Not above the plane: a mark's word may be there. */
	(void)ll_layout_spread(slots, tags->items.count, top - 2, bottom + size / 2);
	return slots;
}

static void draw_column(const struct ll_tags *tags, struct ll_picture *picture, double right,
                        const struct ll_slot *slots)
{
	const struct ll_tag *const items = tags->items.items;

	for (size_t i = 0; i < tags->items.count; i++) {
		if (items[i].shape != LL_TAG_TOTAL)
			draw_leader(&picture->svg, &items[i], right, slots[i].at);
		draw_name(picture, &items[i], right + LEADER, slots[i].at, tags->column + 1);
	}
}

/* The number of a name, counted without the total, which needs none; false for the total. */
static bool write_digits(const struct ll_tags *tags, size_t number, char out[LL_UNIT_TEXT])
{
	const struct ll_tag *const items = tags->items.items;
	size_t before = 0;

	for (size_t i = 0; i < number; i++)
		before += items[i].shape != LL_TAG_TOTAL;
	(void)snprintf(out, LL_UNIT_TEXT, "%zu", before + 1);
	return items[number].shape != LL_TAG_TOTAL;
}

static void draw_digits(const struct ll_tags *tags, struct ll_picture *picture, double right,
                        const struct ll_slot *slots)
{
	struct ll_svg *const svg = &picture->svg;
	char digits[LL_UNIT_TEXT];

	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "font-weight", "600");
	for (size_t i = 0; i < tags->items.count; i++) {
		if (!write_digits(tags, i, digits))
			continue;
		ll_svg_open_text(svg, right + 5, slots[i].at + 4, NULL);
		ll_svg_text(svg, ll_str(digits));
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

void ll_tags_draw(const struct ll_tags *tags, struct ll_picture *picture, double right, double top,
                  double bottom)
{
	const double size = tags->has_column ? COLUMN_SIZE : DIGIT_SIZE;
	struct ll_slot *slots LL_CLEANUP(ll_freep) = spread_tags(tags, size, top, bottom);

	if (tags->has_column)
		draw_column(tags, picture, right, slots);
	else if (tags->items.count > 1)
		draw_digits(tags, picture, right, slots);
}

/* ------------------------------------------------------------------------- legend */

static void draw_sample(struct ll_svg *svg, const struct ll_tag *tag, double x, double y)
{
	if (tag->shape == LL_TAG_TOTAL)
		return;
	open_role(svg, tag);
	if (tag->shape == LL_TAG_LAYER) {
		ll_svg_open_rect(svg, x, y - 5, 24, 10);
		ll_svg_attr(svg, "fill", "currentColor");
	} else {
		ll_svg_open_line(svg, x, y, x + 24, y);
		ll_tag_stroke(svg, tag->shape, tag->role);
	}
	ll_svg_close(svg);
	if (tag->shape == LL_TAG_POINTS) {
		ll_svg_open_circle(svg, x + 12, y, 3);
		ll_svg_attr(svg, "fill", "currentColor");
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

static void draw_digit(struct ll_svg *svg, const char *digits, double x, double y)
{
	ll_svg_open_text(svg, x, y + 4, NULL);
	ll_svg_attr(svg, "font-weight", "600");
	ll_svg_text(svg, ll_str(digits));
	ll_svg_close(svg);
}

void ll_tags_draw_legend(const struct ll_tags *tags, struct ll_picture *picture, double y)
{
	const struct ll_tag *const items = tags->items.items;
	const size_t count = tags->items.count;
	const double width = picture->width / (double)tags->legend_columns;
	const size_t rows = legend_rows(tags);
	char digits[LL_UNIT_TEXT];

	if (tags->has_column)
		return;
	for (size_t i = 0; i < count; i++) {
		const size_t column = i / rows;
		const double x = (double)column * width;
		const double middle = y + LEGEND_GAP + ((double)(i % rows) + 0.5) * LEGEND_ROW;

		if (count > 1 && write_digits(tags, i, digits))
			draw_digit(&picture->svg, digits, x, middle);
		draw_sample(&picture->svg, &items[i], x + 18, middle);
		draw_name(picture, &items[i], x + LEGEND_LABEL, middle, width - LEGEND_LABEL - 4);
	}
}
