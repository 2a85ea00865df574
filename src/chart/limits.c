/* SPDX-License-Identifier: Apache-2.0 */
/*
 * limits.c - horizontal lines that something must not cross.
 *
 * Rules:
 *   1. A limit is drawn to scale when it is at most four times the highest value. Further up it
 *      would press the data against the floor, so it is named at the upper edge with an arrow.
 *   2. A limit of 2^62 or more is how Go and the kernel spell "none", and is left out.
 *   3. Limits whose lines are closer than a line of text share a label, up to half the plane's
 *      width.
 *   4. A label lies at the left, where a growing heap is lowest: above its line, else below it,
 *      else at the next place further down that no line and no other label has.
 */
#include "palette.h"
#include "plot.h"
#include "text.h"

#include <math.h>

enum {
	NEAR_FACTOR = 4,
	LABEL_SIZE = 15,
	LABEL_LIFT = 9, /* from the line to the label's middle */
};

struct label {
	struct ll_buf text;
	bool has_line;          /* false for what lies off the scale */
	double highest, lowest; /* lines that it names */
	double at;
};

struct labels {
	struct label *items; /* from top to bottom */
	size_t count;
};

static void labels_done(struct labels *labels)
{
	for (size_t i = 0; i < labels->count; i++)
		ll_buf_done(&labels->items[i].text);
	free(labels->items);
}

static bool is_limit(const struct ll_chart_limit *limit)
{
	return ll_scale_can_hold(limit->value) && limit->value < 4611686018427387904.0;
}

bool ll_limit_is_near(const struct ll_chart_limit *limit, double high)
{
	return is_limit(limit) && limit->value <= NEAR_FACTOR * fmax(high, 0);
}

static void draw_lines(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;

	ll_svg_path_open(svg);
	for (size_t i = 0; i < plot->plane->limit_count; i++) {
		const double y = ll_scale_at(&plot->y, plot->plane->limits[i].value);

		if (!ll_limit_is_near(&plot->plane->limits[i], plot->highest))
			continue;
		ll_svg_path_move(svg, plot->left, y);
		ll_svg_path_line(svg, plot->right, y);
	}
	ll_svg_path_end(svg);
	ll_svg_attr(svg, "fill", "none");
	ll_svg_attr(svg, "stroke", "currentColor");
	ll_svg_attr(svg, "stroke-width", "1.5");
	ll_svg_attr(svg, "stroke-dasharray", ll_palette_get(LL_ROLE_LIMIT)->dash);
	ll_svg_close(svg);
}

/* ------------------------------------------------------------------------- labels */

/* Numbers of the limits, the highest first; insertion keeps equals as they are. */
static size_t *order_of(const struct ll_chart_plane *plane)
{
	size_t *const order = ll_calloc(plane->limit_count + 1, sizeof *order);

	for (size_t i = 0; i < plane->limit_count; i++) {
		size_t at = i;

		for (; at > 0 && plane->limits[order[at - 1]].value < plane->limits[i].value; at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

/* "GOMEMLIMIT 450 MiB". */
static void put_text(const struct ll_plot *plot, const struct ll_chart_limit *limit,
                     struct ll_buf *text)
{
	char value[LL_UNIT_TEXT];

	ll_buf_put_str(text, limit->label);
	ll_buf_printf(text, "%s%s", limit->label.size > 0 ? " " : "",
	              ll_scale_text(plot->plane->axis, limit->value, value));
}

/* Rule 3: may a label take one more text? */
static bool can_join(const struct ll_plot *plot, const struct label *label, bool has_line, double y,
                     struct ll_str text)
{
	const double width = ll_text_width(ll_buf_str(&label->text), LL_FONT_SIZE) +
	                     ll_text_width(text, LL_FONT_SIZE);

	return label->has_line == has_line && width < (plot->right - plot->left) / 2 &&
	       (!has_line || y - label->lowest < LABEL_SIZE + 3);
}

/* The label that this limit joins, or a new one. */
static struct label *label_for(const struct ll_plot *plot, struct labels *labels, bool has_line,
                               double y, struct ll_str text)
{
	struct label *const last = labels->items + labels->count - (labels->count > 0);
	struct label *label;

	if (labels->count > 0 && can_join(plot, last, has_line, y, text)) {
		ll_buf_puts(&last->text, ", ");
		return last;
	}
	label = &labels->items[labels->count++];
	ll_buf_init(&label->text, LL_BUF_PAGE);
	label->has_line = has_line;
	label->highest = y;
	if (!has_line)
		ll_buf_puts(&label->text, "\xe2\x86\x91 off this scale: ");
	return label;
}

static struct labels make_labels(const struct ll_plot *plot)
{
	const struct ll_chart_plane *const plane = plot->plane;
	size_t *order LL_CLEANUP(ll_freep) = order_of(plane);
	struct labels labels = {.items = ll_calloc(plane->limit_count + 1, sizeof *labels.items)};

	for (size_t i = 0; i < plane->limit_count; i++) {
		const struct ll_chart_limit *const limit = &plane->limits[order[i]];
		const double y = ll_scale_at(&plot->y, limit->value);
		struct ll_buf text LL_CLEANUP(ll_buf_done);
		struct label *label;

		ll_buf_init(&text, LL_BUF_PAGE);
		if (!is_limit(limit))
			continue;
		put_text(plot, limit, &text);
		label = label_for(plot, &labels, ll_limit_is_near(limit, plot->highest), y,
		                  ll_buf_str(&text));
		label->lowest = y;
		ll_buf_put_str(&label->text, ll_buf_str(&text));
	}
	return labels;
}

/* Is the place free of lines and of the labels before number `count`? */
static bool is_free(const struct ll_plot *plot, const struct labels *labels, size_t count,
                    double at)
{
	const double half = LABEL_SIZE / 2.0;

	if (at - half < plot->top)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (fabs(labels->items[i].at - at) < LABEL_SIZE)
			return false;
	}
	for (size_t i = 0; i < labels->count; i++) {
		const struct label *const label = &labels->items[i];

		if (label->has_line && label->highest < at + half && label->lowest > at - half)
			return false;
	}
	return true;
}

/* Rule 4. */
static void place_labels(const struct ll_plot *plot, const struct labels *labels)
{
	for (size_t i = 0; i < labels->count; i++) {
		struct label *const label = &labels->items[i];
		double at = plot->top + LABEL_LIFT;

		if (label->has_line)
			at = label->highest - LABEL_LIFT;
		if (label->has_line && !is_free(plot, labels, i, at))
			at = label->lowest + LABEL_LIFT;
		while (!is_free(plot, labels, i, at) && at + LABEL_SIZE < plot->bottom)
			at += 2;
		label->at = at;
	}
}

static void draw_labels(struct ll_plot *plot)
{
	struct ll_svg *const svg = &plot->picture.svg;
	struct labels labels LL_CLEANUP(labels_done) = make_labels(plot);

	place_labels(plot, &labels);
	ll_svg_open(svg, "g");
	ll_svg_attr(svg, "class", "chart-halo");
	ll_svg_attr(svg, "stroke", LL_COLOR_SURFACE);
	ll_svg_attr(svg, "stroke-width", "3");
	ll_svg_attr(svg, "stroke-linejoin", "round");
	ll_svg_attr(svg, "paint-order", "stroke");
	for (size_t i = 0; i < labels.count; i++) {
		ll_svg_open_text(svg, plot->left + 6, labels.items[i].at + 4, NULL);
		ll_picture_text(&plot->picture, ll_buf_str(&labels.items[i].text),
		                plot->right - plot->left - 12);
		ll_svg_close(svg);
	}
	ll_svg_close(svg);
}

void ll_limits_draw(struct ll_plot *plot)
{
	if (plot->plane->limit_count == 0)
		return;
	ll_svg_open(&plot->picture.svg, "g");
	ll_svg_attr(&plot->picture.svg, "class", "chart-limit");
	draw_lines(plot);
	draw_labels(plot);
	ll_svg_close(&plot->picture.svg);
}
