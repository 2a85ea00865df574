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
 *   4. A label lies at the left, where a growing heap is lowest: above its line, else below it.
 *      Where a course of the data passes behind both, as of a heap that is held just below its
 *      limit, it lies at the next place to the right that is clear; where none is, at that which
 *      the data touches least. Where lines and other labels leave none of these places, it lies at
 *      the next one further down.
 */
#include "palette.h"
#include "plot.h"
#include "text.h"

#include <math.h>

enum {
	NEAR_FACTOR = 4,
	LABEL_SIZE = 15,
	LABEL_LIFT = 9,  /* from the line to the label's middle */
	LABEL_EDGE = 6,  /* from the plane's sides */
	LABEL_STEP = 12, /* from one place to the next one to the right */
};

struct label {
	struct ll_buf text;
	bool has_line;          /* false for what lies off the scale */
	double highest, lowest; /* lines that it names */
	double at, x;           /* its middle and its left end */
	double width;
};

struct labels {
	struct label *items; /* from top to bottom */
	size_t count;
};

/* A place for a label, and how much of its width the courses of the data touch there. */
struct place {
	double x, at, touched;
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
static bool is_free(const struct ll_plot *plot, const struct labels *labels, size_t count, double x,
                    double at)
{
	const double half = LABEL_SIZE / 2.0;
	const double width = labels->items[count].width;

	if (at - half < plot->top)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct label *const other = &labels->items[i];

		if (fabs(other->at - at) < LABEL_SIZE && other->x < x + width + LABEL_EDGE &&
		    x < other->x + other->width + LABEL_EDGE)
			return false;
	}
	for (size_t i = 0; i < labels->count; i++) {
		const struct label *const label = &labels->items[i];

		if (label->has_line && label->highest < at + half && label->lowest > at - half)
			return false;
	}
	return true;
}

/* How much of a box's width the straight line between two points passes through. */
static double touched_by(const struct ll_plot *plot, const struct ll_run_point *from,
                         const struct ll_run_point *to, const struct place *box, double width)
{
	const double half = LABEL_SIZE / 2.0;
	const double x0 = ll_time_scale_at(&plot->x, from->time_ns);
	const double x1 = ll_time_scale_at(&plot->x, to->time_ns);
	const double y0 = ll_scale_at(&plot->y, from->value);
	const double y1 = ll_scale_at(&plot->y, to->value);
	double left = fmax(x0, box->x - 2), right = fmin(x1, box->x + width + 2);
	const double slope = x1 > x0 ? (y1 - y0) / (x1 - x0) : 0;
	double enters, leaves;

	if (left > right)
		return 0;
	if (x1 <= x0) /* as steep as can be: at one place from one height to the other */
		return fmin(y0, y1) < box->at + half && fmax(y0, y1) > box->at - half ? 1 : 0;
	if (fabs(slope) < 1e-9)
		return fabs(y0 - box->at) < half ? right - left : 0;
	enters = x0 + (box->at - half - y0) / slope;
	leaves = x0 + (box->at + half - y0) / slope;
	left = fmax(left, fmin(enters, leaves));
	right = fmin(right, fmax(enters, leaves));
	return left > right ? 0 : fmax(right - left, 1);
}

/* The same for one course, up to where it is no better than `enough`. */
static double touched_by_course(const struct ll_plot *plot, const struct ll_runs *course,
                                const struct place *box, double width, double enough)
{
	double touched = 0;

	for (size_t k = 0; k < course->count; k++) {
		const size_t end = course->starts[k + 1];

		for (size_t p = course->starts[k]; p < end && touched < enough; p++) {
			const size_t next = p + 1 < end ? p + 1 : p;

			touched += touched_by(plot, &course->points[p], &course->points[next], box,
			                      width);
		}
	}
	return touched;
}

/* The same for all courses. */
static double touched_at(const struct ll_plot *plot, const struct place *box, double width,
                         double enough)
{
	double touched = 0;

	for (size_t i = 0; i < plot->course_count && touched < enough; i++)
		touched += touched_by_course(plot, &plot->courses[i], box, width, enough - touched);
	return touched;
}

/* The best place above or below a label's own line; false when there is none. */
static bool find_place(const struct ll_plot *plot, const struct labels *labels, size_t number,
                       struct place *ret_place)
{
	const struct label *const label = &labels->items[number];
	const double heights[] = {
		label->has_line ? label->highest - LABEL_LIFT : plot->top + LABEL_LIFT,
		label->lowest + LABEL_LIFT,
	};
	const double first = plot->left + LABEL_EDGE;
	const double last = fmax(plot->right - LABEL_EDGE - label->width, first);
	const size_t steps = (size_t)((last - first) / LABEL_STEP);

	*ret_place = (struct place){.touched = HUGE_VAL};
	for (size_t step = 0; step <= steps; step++) {
		const double x = first + (double)step * LABEL_STEP;

		for (size_t i = 0; i < (label->has_line ? 2 : 1); i++) {
			struct place place = {.x = x, .at = heights[i]};

			if (place.at + LABEL_SIZE / 2.0 > plot->bottom ||
			    !is_free(plot, labels, number, x, place.at))
				continue;
			place.touched = touched_at(plot, &place, label->width, ret_place->touched);
			if (place.touched < ret_place->touched)
				*ret_place = place;
			if (place.touched <= 0)
				return true;
		}
	}
	return isfinite(ret_place->touched);
}

/* Rule 4. */
static void place_labels(const struct ll_plot *plot, const struct labels *labels)
{
	for (size_t i = 0; i < labels->count; i++) {
		struct label *const label = &labels->items[i];
		struct place place;

		label->width = fmin(ll_text_width(ll_buf_str(&label->text), LL_FONT_SIZE),
		                    plot->right - plot->left - 2 * LABEL_EDGE);
		if (!find_place(plot, labels, i, &place)) {
			place.x = plot->left + LABEL_EDGE;
			place.at = label->has_line ? label->lowest + LABEL_LIFT
			                           : plot->top + LABEL_LIFT;
			while (!is_free(plot, labels, i, place.x, place.at) &&
			       place.at + LABEL_SIZE < plot->bottom)
				place.at += 2;
		}
		label->x = place.x;
		label->at = place.at;
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
		ll_svg_open_text(svg, labels.items[i].x, labels.items[i].at + 4, NULL);
		ll_picture_text(&plot->picture, ll_buf_str(&labels.items[i].text),
		                plot->right - plot->left - 2 * LABEL_EDGE);
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
