/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runs.h - a series made fit for drawing: in order, cut at its gaps, thinned.
 *
 * A run is a stretch of points without a gap in it.
 */
#ifndef LL_CHART_RUNS_H
#define LL_CHART_RUNS_H

#include "scale.h"
#include "time_scale.h"

#include <leakledger/chart.h>

struct ll_run_point {
	int64_t time_ns;
	double value;
	size_t index; /* in what the caller gave */
};

struct ll_runs {
	struct ll_run_point *points;
	size_t point_count;
	size_t *starts; /* run i is points starts[i] ... starts[i + 1] - 1 */
	size_t count;
};

/** Which points count. */
struct ll_runs_rule {
	int64_t from_ns, to_ns; /* the window; both 0 for all times */
	int64_t most_apart_ns;  /* 0 for never a gap by distance */
};

void ll_runs_init(struct ll_runs *runs, const struct ll_chart_point *points, size_t count,
                  const struct ll_runs_rule *rule);
void ll_runs_done(struct ll_runs *runs);
/**
 * Leaves, of more than two points per column, the lowest and highest of each column (one unit wide)
 * and the first and last of each run.
 */
void ll_runs_thin(struct ll_runs *runs, const struct ll_time_scale *scale);

/** The smallest box around all points; empty when low > high. */
struct ll_extent {
	int64_t first_ns, last_ns;
	double low, high;
};

#define LL_EXTENT_INIT                                                                             \
	{                                                                                          \
		.first_ns = INT64_MAX, .last_ns = INT64_MIN, .low = LL_SCALE_LARGEST,              \
		.high = -LL_SCALE_LARGEST                                                          \
	}

static inline bool ll_extent_is_empty(const struct ll_extent *extent)
{
	return extent->first_ns > extent->last_ns;
}

void ll_extent_add(struct ll_extent *extent, int64_t time_ns, double value);
void ll_extent_add_runs(struct ll_extent *extent, const struct ll_runs *runs);

#endif
