/* SPDX-License-Identifier: Apache-2.0 */
/*
 * plot.h - the plane of a time chart: margins, axes, grid, gaps, limits, marks and notes.
 *
 *       0  left                              right   width
 *     0 +--|-----------------------------------|------+
 *       |  Heap in use, MiB     v1.42 (mark)   |      |   caption row and lanes of marks
 *   top |--+-----------------------------------+      |
 *       |  |                                   | tags |
 *       |  |                                   |      |
 *  base |--+-----------------------------------+      |   bottom
 *       |  12:00      13:00      14:00                |   times
 *       |  Sat 21 Nov 2026, UTC                       |   context
 *       |  notes                                      |
 *       |  legend                                     |
 *       +---------------------------------------------+
 *
 * Life: init, then ranges and tags are known, plan, open, draw data, finish.
 */
#ifndef LL_CHART_PLOT_H
#define LL_CHART_PLOT_H

#include "layout.h"
#include "picture.h"
#include "runs.h"
#include "scale.h"
#include "tags.h"
#include "time_scale.h"

#include <leakledger/arena.h>

/** Where a mark of the caller goes. */
struct ll_mark_place {
	const struct ll_chart_mark *mark;
	double x;
	int lane;     /* -1: its label has no room */
	bool is_left; /* the label is to the left of the line */
	double room;  /* of the label */
};

struct ll_plot {
	struct ll_picture picture;
	const struct ll_chart_plane *plane;
	const char *kind; /* class of the root */
	struct ll_scale y;
	struct ll_time_scale x;
	struct ll_time_ticks ticks;
	struct ll_tags tags;
	struct ll_vec marks; /* of struct ll_mark_place */
	int lanes;           /* used by labels of marks */
	double base_height;  /* of the picture without notes and legend */
	double legend_y;     /* below the notes */
	double left, right, top, bottom;
	double highest;                /* value of the data, without limits */
	const struct ll_runs *courses; /* of the data, from open on: names keep off them */
	size_t course_count;
	struct ll_arena arena; /* of the notes */
	struct ll_vec notes;   /* of const char * */
	struct ll_buf caption;
};

void ll_plot_init(struct ll_plot *plot, const char *kind, const struct ll_chart *chart,
                  const struct ll_chart_plane *plane, const struct ll_picture_size *size);
void ll_plot_done(struct ll_plot *plot);

/** Adds a line below the picture. To be called before plan. */
void ll_plot_note(struct ll_plot *plot, const char *format, ...) LL_PRINTF(2, 3);
/** The rule by which the plane's points are put into runs. */
struct ll_runs_rule ll_plot_rule(const struct ll_plot *plot, int64_t most_apart_ns);
/** Decides everything about sizes from what the data covers and from plot->tags. */
void ll_plot_plan(struct ll_plot *plot, const struct ll_extent *extent, bool may_leave_zero);
/** Writes root, gaps, grid and axes. `runs` are all series: where none has data is a gap. */
void ll_plot_open(struct ll_plot *plot, const struct ll_runs *runs, size_t count);
/** A group whose contents are clipped to the plane; the caller closes it. */
void ll_plot_open_data(struct ll_plot *plot);
/** Writes limits, marks, names, notes and legend, and hands the picture over. */
int ll_plot_finish(struct ll_plot *plot, struct ll_buf *out, struct ll_error *err);
/** The picture of a plane without data. */
int ll_plot_absence(struct ll_plot *plot, struct ll_buf *out, struct ll_error *err);

/* limits.c */

/** True for a limit that is drawn as a line when the highest value is `high`. */
bool ll_limit_is_near(const struct ll_chart_limit *limit, double high);
void ll_limits_draw(struct ll_plot *plot);

/* marks.c */

void ll_marks_plan(struct ll_plot *plot);
/** The lines through the plane. */
void ll_marks_draw_lines(struct ll_plot *plot);
/** Symbols and labels above it. */
void ll_marks_draw_labels(struct ll_plot *plot);
/** The sign of a kind of mark, around a place. */
void ll_mark_symbol_draw(struct ll_svg *svg, enum ll_mark_kind kind, double x, double y);

#endif
