/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mail_picture.c - see mail_picture.h.
 *
 * cairo is loaded when a picture is drawn, and not linked: it brings fourteen libraries, X11's
 * among them, and to load these is a fifth of the work of a run that finds nothing new. Only mails
 * draw with it. Its header gives the types, so that a call is checked as if it were linked.
 */
#include "mail_picture.h"

#include <cairo.h>

#include <dlfcn.h>
#include <math.h>

#define MARGIN 8.0

/* The binary interface that the functions below have had since cairo 1.2. */
#define CAIRO_LIBRARY "libcairo.so.2"

/* clang-format off */
#define CAIRO_FUNCTIONS(X) \
	X(create) \
	X(destroy) \
	X(image_surface_create) \
	X(line_to) \
	X(move_to) \
	X(paint) \
	X(rectangle) \
	X(set_line_cap) \
	X(set_line_join) \
	X(set_line_width) \
	X(set_source_rgb) \
	X(status) \
	X(status_to_string) \
	X(stroke) \
	X(surface_destroy) \
	X(surface_write_to_png_stream)
/* clang-format on */

/* Their pointers, by the names and with the types of the header. */
struct cairo {
#define CAIRO_MEMBER(name) __typeof__(&cairo_##name) cairo_##name;
	CAIRO_FUNCTIONS(CAIRO_MEMBER)
#undef CAIRO_MEMBER
};

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

/* NULL when it is not there. POSIX lets void * carry a function; C has no cast for that. */
static void (*find_function(void *library, const char *name))(void)
{
	void *const symbol = dlsym(library, name);
	void (*function)(void) = NULL;

	if (symbol)
		memcpy(&function, &symbol, sizeof function);
	return function;
}

/*
 * Loaded once, whatever the number of pictures, and never unloaded: cairo and the font library
 * behind it keep tables that they free at the end of the process, if at all.
 */
static int load_cairo(struct cairo *ret_cairo, struct ll_error *err)
{
	void *const library = dlopen(CAIRO_LIBRARY, RTLD_NOW | RTLD_LOCAL);
	bool is_whole = library != NULL;

#define CAIRO_FIND(name)                                                                           \
	ret_cairo->cairo_##name =                                                                  \
		is_whole ? (__typeof__(&cairo_##name))find_function(library, "cairo_" #name)       \
			 : NULL;                                                                   \
	is_whole = is_whole && ret_cairo->cairo_##name;
	CAIRO_FUNCTIONS(CAIRO_FIND)
#undef CAIRO_FIND
	if (!is_whole)
		return ll_fail(err, LL_E_NOTFOUND, "cannot load what draws: %s", dlerror());
	return LL_OK;
}

static void draw_panel(const struct cairo *lib, cairo_t *canvas)
{
	lib->cairo_set_source_rgb(canvas, 0.984, 0.984, 0.98);
	lib->cairo_paint(canvas);
	lib->cairo_set_source_rgb(canvas, 0.78, 0.79, 0.81);
	lib->cairo_set_line_width(canvas, 2);
	lib->cairo_rectangle(canvas, 1, 1, LL_MAIL_PICTURE_WIDTH - 2, LL_MAIL_PICTURE_HEIGHT - 2);
	lib->cairo_stroke(canvas);
}

/* Each part begins with a line to itself: a point with gaps on both sides is a dot. */
static void draw_course(const struct cairo *lib, cairo_t *canvas, const struct frame *frame,
                        const struct ll_course *course, int64_t most_apart_ns)
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
			lib->cairo_move_to(canvas, x, y);
		lib->cairo_line_to(canvas, x, y);
	}
	lib->cairo_stroke(canvas);
}

static cairo_status_t write_png(void *self, const unsigned char *data, unsigned size)
{
	struct ll_buf *const out = self;

	ll_buf_put(out, data, size);
	return out->is_full ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

static int draw(const struct cairo *lib, const struct ll_courses *courses, struct ll_buf *out,
                struct ll_error *err)
{
	const struct ll_course *const all = courses->items.items;
	const struct frame frame = frame_of(courses);
	cairo_surface_t *const surface = lib->cairo_image_surface_create(
		CAIRO_FORMAT_RGB24, LL_MAIL_PICTURE_WIDTH, LL_MAIL_PICTURE_HEIGHT);
	cairo_t *const canvas = lib->cairo_create(surface);
	cairo_status_t status;

	draw_panel(lib, canvas);
	lib->cairo_set_source_rgb(canvas, 0.0, 0.35, 0.65);
	lib->cairo_set_line_width(canvas, courses->items.count > 1 ? 2.5 : 4);
	lib->cairo_set_line_cap(canvas, CAIRO_LINE_CAP_ROUND);
	lib->cairo_set_line_join(canvas, CAIRO_LINE_JOIN_ROUND);
	for (size_t i = 0; i < courses->items.count; i++)
		draw_course(lib, canvas, &frame, &all[i], courses->most_apart_ns);
	status = lib->cairo_status(canvas);
	if (status == CAIRO_STATUS_SUCCESS)
		status = lib->cairo_surface_write_to_png_stream(surface, write_png, out);
	lib->cairo_destroy(canvas);
	lib->cairo_surface_destroy(surface);
	if (status != CAIRO_STATUS_SUCCESS)
		return ll_fail(err, LL_E_INTERNAL, "picture: %s",
		               lib->cairo_status_to_string(status));
	return LL_OK;
}

int ll_mail_picture(const struct ll_courses *courses, struct ll_buf *out, struct ll_error *err)
{
	struct cairo lib;
	const int rc = load_cairo(&lib, err);

	return rc < 0 ? rc : draw(&lib, courses, out, err);
}
