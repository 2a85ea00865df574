/* SPDX-License-Identifier: Apache-2.0 */
/*
 * runs.c - see runs.h.
 *
 * Thinning follows the min/max rule: of the points that fall into one column of the picture the
 * lowest and the highest stay, in their order of time. A peak of one point among 200,000 is drawn;
 * a mean would hide the very peak that killed the process.
 */
#include "runs.h"

#include <math.h>

static int compare_points(const void *a, const void *b)
{
	const struct ll_run_point *const left = a, *const right = b;

	if (left->time_ns != right->time_ns)
		return left->time_ns < right->time_ns ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

static bool is_in_window(int64_t time_ns, const struct ll_runs_rule *rule)
{
	if (time_ns == LL_TIME_NONE)
		return false;
	if (rule->from_ns == 0 && rule->to_ns == 0)
		return true;
	return time_ns >= rule->from_ns && time_ns <= rule->to_ns;
}

/* Copies what has a time in the window and puts it in order. */
static void gather(struct ll_runs *runs, const struct ll_chart_point *points, size_t count,
                   const struct ll_runs_rule *rule)
{
	bool is_in_order = true;

	runs->points = ll_calloc(count + 1, sizeof *runs->points);
	for (size_t i = 0; i < count; i++) {
		const size_t used = runs->point_count;

		if (!is_in_window(points[i].time_ns, rule))
			continue;
		if (used > 0 && points[i].time_ns < runs->points[used - 1].time_ns)
			is_in_order = false;
		runs->points[used] = (struct ll_run_point){
			.time_ns = points[i].time_ns,
			.value = points[i].value,
			.index = i,
		};
		runs->point_count++;
	}
	if (!is_in_order)
		qsort(runs->points, runs->point_count, sizeof *runs->points, compare_points);
}

void ll_runs_init(struct ll_runs *runs, const struct ll_chart_point *points, size_t count,
                  const struct ll_runs_rule *rule)
{
	size_t used = 0;
	bool is_after_gap = true;

	*runs = (struct ll_runs){0};
	gather(runs, points, count, rule);
	runs->starts = ll_calloc(runs->point_count + 1, sizeof *runs->starts);
	for (size_t i = 0; i < runs->point_count; i++) {
		const struct ll_run_point point = runs->points[i];

		if (!ll_scale_can_hold(point.value)) {
			is_after_gap = true;
			continue;
		}
		if (used > 0 && rule->most_apart_ns > 0 &&
		    ll_time_span(runs->points[used - 1].time_ns, point.time_ns) >
		            (uint64_t)rule->most_apart_ns)
			is_after_gap = true;
		if (is_after_gap)
			runs->starts[runs->count++] = used;
		is_after_gap = false;
		runs->points[used++] = point;
	}
	runs->point_count = used;
	runs->starts[runs->count] = used;
}

void ll_runs_done(struct ll_runs *runs)
{
	free(runs->points);
	free(runs->starts);
	*runs = (struct ll_runs){0};
}

/* ---------------------------------------------------------------------- thinning */

/* Writes to the front of the array that is being read; it never overtakes the reader. */
struct thinner {
	struct ll_run_point *points;
	size_t used;
	size_t low, high; /* of the column that is open */
	bool is_open;
};

static void flush_column(struct thinner *thinner)
{
	const size_t first = thinner->low < thinner->high ? thinner->low : thinner->high;
	const size_t second = thinner->low < thinner->high ? thinner->high : thinner->low;

	if (!thinner->is_open)
		return;
	thinner->points[thinner->used++] = thinner->points[first];
	if (second != first)
		thinner->points[thinner->used++] = thinner->points[second];
	thinner->is_open = false;
}

static void add_to_column(struct thinner *thinner, size_t i)
{
	const struct ll_run_point *const points = thinner->points;

	if (!thinner->is_open) {
		thinner->low = i;
		thinner->high = i;
		thinner->is_open = true;
		return;
	}
	if (points[i].value < points[thinner->low].value)
		thinner->low = i;
	if (points[i].value > points[thinner->high].value)
		thinner->high = i;
}

/* Points from ... to - 1; the first and the last stay whatever they are. */
static void thin_run(struct thinner *thinner, size_t from, size_t to,
                     const struct ll_time_scale *scale)
{
	double column = -1;

	thinner->points[thinner->used++] = thinner->points[from];
	for (size_t i = from + 1; i + 1 < to; i++) {
		const double here = floor(ll_time_scale_at(scale, thinner->points[i].time_ns));

		if (fabs(here - column) > 0.5)
			flush_column(thinner);
		column = here;
		add_to_column(thinner, i);
	}
	flush_column(thinner);
	if (to - from > 1)
		thinner->points[thinner->used++] = thinner->points[to - 1];
}

void ll_runs_thin(struct ll_runs *runs, const struct ll_time_scale *scale)
{
	struct thinner thinner = {.points = runs->points};

	if ((double)runs->point_count <= 2 * (scale->to - scale->from))
		return;
	for (size_t i = 0; i < runs->count; i++) {
		const size_t from = runs->starts[i], to = runs->starts[i + 1];

		runs->starts[i] = thinner.used;
		thin_run(&thinner, from, to, scale);
	}
	runs->point_count = thinner.used;
	runs->starts[runs->count] = thinner.used;
}

/* ------------------------------------------------------------------------ extent */

void ll_extent_add(struct ll_extent *extent, int64_t time_ns, double value)
{
	extent->first_ns = time_ns < extent->first_ns ? time_ns : extent->first_ns;
	extent->last_ns = time_ns > extent->last_ns ? time_ns : extent->last_ns;
	extent->low = fmin(extent->low, value);
	extent->high = fmax(extent->high, value);
}

void ll_extent_add_runs(struct ll_extent *extent, const struct ll_runs *runs)
{
	for (size_t i = 0; i < runs->point_count; i++)
		ll_extent_add(extent, runs->points[i].time_ns, runs->points[i].value);
}
