/* SPDX-License-Identifier: Apache-2.0 */
/* figure_making.h - a figure while it is made, shared by figure.c and figure_titles.c. */
#ifndef LL_REPORT_FIGURE_MAKING_H
#define LL_REPORT_FIGURE_MAKING_H

#include "course.h"
#include "figure.h"

#include <leakledger/chart.h>
#include <leakledger/units.h>

enum ll_figure_shape {
	SHAPE_LINE,
	SHAPE_AREA,
};

/** All that a figure is made of. */
struct ll_making {
	const struct ll_figure_spec *spec;
	const struct ll_figure_of *of;
	struct ll_courses courses;
	struct ll_vec marks;  /* struct ll_chart_mark */
	struct ll_vec limits; /* struct ll_chart_limit */
	bool has_trend;
	double slope, slope_low, slope_high; /* per ns */
	struct ll_chart_band places[3];
	struct ll_str trend_label;
	struct ll_str title, description;
};

struct ll_figure_spec {
	const char *id;
	enum ll_figure_shape shape;
	const char *sql;       /* series, life, t_ns, value */
	const char *trend_sql; /* or NULL */
	const char *what;      /* the axis */
	const char *absence;   /* when there is nothing to draw */
	enum ll_axis axis;
	bool is_small; /* a quarter of a page wide */
	bool is_short; /* and half as high */
	bool has_limits, has_marks;
	bool by_instance;         /* each series is another instance */
	enum ll_series_draw draw; /* of the first series; others are plain lines */
	struct ll_str (*title)(struct ll_making *making); /* figure_titles.c */
};

/** What the values are, of the figure or of the finding that it is about. */
enum ll_axis ll_making_axis(const struct ll_making *making);
/** A value in words. */
const char *ll_making_amount(const struct ll_making *making, double value, char out[LL_UNIT_TEXT]);
/** "41.2 MiB an hour": by the hour when less than a day was watched. */
const char *ll_making_rate(struct ll_making *making, double per_ns);

static inline struct ll_arena *ll_making_arena(struct ll_making *making)
{
	return &making->courses.arena;
}

static inline const struct ll_course *ll_making_course(const struct ll_making *making, size_t index)
{
	return (const struct ll_course *)making->courses.items.items + index;
}

/* Titles: the conclusion of each figure, in one sentence without a full stop. */
struct ll_str ll_title_heap(struct ll_making *making);
struct ll_str ll_title_floor(struct ll_making *making);
struct ll_str ll_title_ledger(struct ll_making *making);
struct ll_str ll_title_sites(struct ll_making *making);
struct ll_str ll_title_goroutines(struct ll_making *making);
struct ll_str ll_title_place(struct ll_making *making);
/** "GC share of processor time: 0.3 % at the end, 2.1 % at most". */
struct ll_str ll_title_ends(struct ll_making *making);
/** "RSS went from 10 MiB to 20 MiB", of the first series. */
struct ll_str ll_title_change(struct ll_making *making);

#endif
