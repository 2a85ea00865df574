/* SPDX-License-Identifier: Apache-2.0 */
/* stroke.h - runs of points as lines and dots. */
#ifndef LL_CHART_STROKE_H
#define LL_CHART_STROKE_H

#include "runs.h"
#include "tags.h"

/** <g> of a role: what is inside paints in its colour. The caller closes it. */
void ll_role_open(struct ll_svg *svg, enum ll_role role);
void ll_dot_draw(struct ll_svg *svg, const struct ll_time_scale *x, const struct ll_scale *y,
                 const struct ll_run_point *point, double radius);
/** One line for each run; runs of one point are dots. Inside a group of the role. */
void ll_runs_draw(struct ll_svg *svg, const struct ll_time_scale *x, const struct ll_scale *y,
                  const struct ll_runs *runs, enum ll_tag_shape shape, enum ll_role role);

#endif
