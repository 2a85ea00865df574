/* SPDX-License-Identifier: Apache-2.0 */
/* axes.h - what planes have behind their data: gaps, grid, numbers, times. */
#ifndef LL_CHART_AXES_H
#define LL_CHART_AXES_H

#include "runs.h"
#include "svg.h"

enum {
	LL_TICK_GAP = 8, /* from the axis numbers to the plane */
};

/** Shades, between top and bottom, the times that no run of any series covers. */
void ll_gaps_draw(struct ll_svg *svg, const struct ll_time_scale *x, double top, double bottom,
                  const struct ll_runs *runs, size_t count);
/** A line for each tick of the scale. */
void ll_grid_draw(struct ll_svg *svg, const struct ll_scale *y, double left, double right);
/** The ticks' numbers, to the left of `left`. */
void ll_value_texts_draw(struct ll_svg *svg, const struct ll_scale *y, enum ll_axis axis,
                         double left);
/** The ticks' times below `bottom`, and below them what the ticks leave out. */
void ll_time_texts_draw(struct ll_svg *svg, const struct ll_time_ticks *ticks, double left,
                        double bottom);

#endif
