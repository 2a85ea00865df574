/* SPDX-License-Identifier: Apache-2.0 */
/* mail_picture.c - see mail_picture.h. */
#include "mail_picture.h"

#include <cairo.h>

#include <math.h>

#define MARGIN 8.0

struct frame {
	int64_t from_ns, to_ns;
	double high; /* of the axis; its low end is zero */
};

static double x_of(const struct frame *frame, int64_t t_ns)
{
	const double span = (double)(frame->to_ns - frame->from_ns);

	return MARGIN + (LL_MAIL_PICTURE_WIDTH - 2 * MARGIN) *
	                        (span > 0 ? (double)(t_ns - frame->from_ns) / span : 0.5);
}

static double y_of(const struct frame *frame, double value)
{
	return LL_MAIL_PICTURE_HEIGHT - MARGIN -
	       (LL_MAIL_PICTURE_HEIGHT - 2 * MARGIN) * (value / frame->high);
}

static struct frame frame_of(const struct ll_courses *courses)
{
	const struct ll_course *const all = courses->items.items;
	struct frame frame = {.from_ns = courses->from_ns, .to_ns = courses->to_ns};

	for (size_t i = 0; i < courses->items.count; i++) {
		const struct ll_chart_point *const points = all[i].points.items;

		for (size_t k = 0; k < all[i].points.count; k++) {
			if (points[k].value > frame.high)
				frame.high = points[k].value;
		}
	}
	if (frame.high <= 0)
		frame.high = 1;
	return frame;
}

static void draw_panel(cairo_t *cairo)
{
	cairo_set_source_rgb(cairo, 0.984, 0.984, 0.98);
	cairo_paint(cairo);
	cairo_set_source_rgb(cairo, 0.78, 0.79, 0.81);
	cairo_set_line_width(cairo, 2);
	cairo_rectangle(cairo, 1, 1, LL_MAIL_PICTURE_WIDTH - 2, LL_MAIL_PICTURE_HEIGHT - 2);
	cairo_stroke(cairo);
}

/* Each part begins with a line to itself: a point with gaps on both sides is a dot. */
static void draw_course(cairo_t *cairo, const struct frame *frame, const struct ll_course *course,
                        int64_t most_apart_ns)
{
	const struct ll_chart_point *const points = course->points.items;

	for (size_t i = 0; i < course->points.count; i++) {
		const double x = x_of(frame, points[i].time_ns), y = y_of(frame, points[i].value);
		const bool goes_on = i > 0 && !isnan(points[i - 1].value) &&
		                     (most_apart_ns <= 0 ||
		                      points[i].time_ns - points[i - 1].time_ns <= most_apart_ns);

		if (isnan(points[i].value))
			continue;
		if (!goes_on)
			cairo_move_to(cairo, x, y);
		cairo_line_to(cairo, x, y);
	}
	cairo_stroke(cairo);
}

static cairo_status_t write_png(void *self, const unsigned char *data, unsigned size)
{
	struct ll_buf *const out = self;

	ll_buf_put(out, data, size);
	return out->is_full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

int ll_mail_picture(const struct ll_courses *courses, struct ll_buf *out, struct ll_error *err)
{
	const struct ll_course *const all = courses->items.items;
	const struct frame frame = frame_of(courses);
	cairo_surface_t *const surface = cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, LL_MAIL_PICTURE_WIDTH, LL_MAIL_PICTURE_HEIGHT);
	cairo_t *const cairo = cairo_create(surface);
	cairo_status_t status;

	draw_panel(cairo);
	cairo_set_source_rgb(cairo, 0.0, 0.35, 0.65);
	cairo_set_line_width(cairo, courses->items.count > 1 ? 2.5 : 4);
	cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
	for (size_t i = 0; i < courses->items.count; i++)
		draw_course(cairo, &frame, &all[i], courses->most_apart_ns);
	status = cairo_status(cairo);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_write_to_png_stream(surface, write_png, out);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return ll_fail(err, LL_E_INTERNAL, "picture: %s", cairo_status_to_string(status));
	return LL_OK;
}
