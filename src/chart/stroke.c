/* SPDX-License-Identifier: Apache-2.0 */
/* stroke.c - see stroke.h. */
#include "stroke.h"

#include "palette.h"

void ll_role_open(struct ll_svg *svg, enum ll_role role)
{
	const struct ll_palette_row *const row = ll_palette_get(role);

	ll_svg_open_group(svg, row->class_name, row->color);
}

void ll_dot_draw(struct ll_svg *svg, const struct ll_time_scale *x, const struct ll_scale *y,
                 const struct ll_run_point *point, double radius)
{
	ll_svg_open_circle(svg, ll_time_scale_at(x, point->time_ns), ll_scale_at(y, point->value),
	                   radius);
	ll_svg_attr(svg, "fill", "currentColor");
	ll_svg_close(svg);
}

static void draw_lines(struct ll_svg *svg, const struct ll_time_scale *x, const struct ll_scale *y,
                       const struct ll_runs *runs)
{
	ll_svg_path_open(svg);
	for (size_t i = 0; i < runs->count; i++) {
		for (size_t k = runs->starts[i]; k < runs->starts[i + 1]; k++) {
			const double at_x = ll_time_scale_at(x, runs->points[k].time_ns);
			const double at_y = ll_scale_at(y, runs->points[k].value);

			if (k == runs->starts[i])
				ll_svg_path_move(svg, at_x, at_y);
			else
				ll_svg_path_line(svg, at_x, at_y);
		}
	}
	ll_svg_path_end(svg);
}

/* Runs of one point have no line, so they are dots whatever the series is. */
static void draw_single_points(struct ll_svg *svg, const struct ll_time_scale *x,
                               const struct ll_scale *y, const struct ll_runs *runs)
{
	for (size_t i = 0; i < runs->count; i++) {
		if (runs->starts[i + 1] - runs->starts[i] == 1)
			ll_dot_draw(svg, x, y, &runs->points[runs->starts[i]], 2);
	}
}

void ll_runs_draw(struct ll_svg *svg, const struct ll_time_scale *x, const struct ll_scale *y,
                  const struct ll_runs *runs, enum ll_tag_shape shape, enum ll_role role)
{
	draw_lines(svg, x, y, runs);
	ll_tag_stroke(svg, shape, role);
	ll_svg_close(svg);
	draw_single_points(svg, x, y, runs);
}
