/* SPDX-License-Identifier: Apache-2.0 */
/*
 * stats_points.c - points in the order of x, and statistics of that order.
 *
 * Times are nanoseconds since 1970, about 2^60; a double holds 53 bits. They are therefore kept as
 * integers until all are there, and become doubles as distances from the smallest one. The distance
 * of two int64_t always fits a uint64_t, so the subtraction is exact; as a double it is exact up to
 * 2^53 ns (104 days), and beyond that off by at most one part in 2^53.
 */
#include "stats.h"

#include <math.h>

static struct ll_point *items_of(const struct ll_points *points)
{
	return points->items.items;
}

void ll_points_add_whole(struct ll_points *points, int64_t x, double y, int64_t stratum)
{
	struct ll_point *const point = ll_vec_push(&points->items, sizeof *point);

	*point = (struct ll_point){.stratum = stratum, .whole_x = x, .x = (double)x, .y = y};
}

void ll_points_add_real(struct ll_points *points, double x, double y, int64_t stratum)
{
	struct ll_point *const point = ll_vec_push(&points->items, sizeof *point);

	*point = (struct ll_point){.stratum = stratum, .x = x, .y = y};
	points->has_real_x = true;
}

void ll_points_done(struct ll_points *points)
{
	ll_vec_done(&points->items);
}

/* ----------------------------------------------------------------- arrangement */

static void shift_whole(struct ll_point *items, size_t count)
{
	int64_t first = INT64_MAX;

	for (size_t i = 0; i < count; i++)
		first = items[i].whole_x < first ? items[i].whole_x : first;
	for (size_t i = 0; i < count; i++)
		items[i].x = (double)((uint64_t)items[i].whole_x - (uint64_t)first);
}

static bool shift_real(struct ll_point *items, size_t count)
{
	double first = HUGE_VAL, last = -HUGE_VAL;

	for (size_t i = 0; i < count; i++) {
		first = items[i].x < first ? items[i].x : first;
		last = items[i].x > last ? items[i].x : last;
	}
	for (size_t i = 0; i < count; i++)
		items[i].x -= first;
	return count == 0 || isfinite(last - first);
}

static int compare_points(const void *left, const void *right)
{
	const struct ll_point *const a = left;
	const struct ll_point *const b = right;

	if (a->stratum != b->stratum)
		return a->stratum < b->stratum ? -1 : 1;
	if (a->x < b->x || a->x > b->x)
		return a->x < b->x ? -1 : 1;
	return (a->y > b->y) - (a->y < b->y);
}

static bool is_sorted(const struct ll_point *items, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		if (compare_points(&items[i - 1], &items[i]) > 0)
			return false;
	}
	return true;
}

bool ll_points_arrange(struct ll_points *points)
{
	struct ll_point *const items = items_of(points);
	const size_t count = points->items.count;

	if (!points->has_real_x)
		shift_whole(items, count);
	else if (!shift_real(items, count))
		return false;
	/* An index or ORDER BY has usually done the work already. */
	if (!is_sorted(items, count))
		qsort(items, count, sizeof *items, compare_points);
	return true;
}

size_t ll_points_stratum_end(const struct ll_points *points, size_t from)
{
	const struct ll_point *const items = ll_points_all(points);
	size_t end = from + 1;

	while (end < points->items.count && items[end].stratum == items[from].stratum)
		end++;
	return end;
}

/* ----------------------------------------------------------- statistics of order */

/*
 * The next y in the order of x. Of several points with one x the last one, which has the largest y,
 * stands for all. *at is where to go on. False at the end.
 */
static bool next_y(const struct ll_points *points, size_t *at, double *ret_y)
{
	const struct ll_point *const items = ll_points_all(points);
	const size_t count = points->items.count;
	size_t last = *at;

	if (last >= count)
		return false;
	while (last + 1 < count && !(items[last].x < items[last + 1].x))
		last++;
	*at = last + 1;
	*ret_y = items[last].y;
	return true;
}

bool ll_points_drawdown(const struct ll_points *points, double *ret_fall)
{
	double highest = -HUGE_VAL, fall = 0, y;

	for (size_t at = 0; next_y(points, &at, &y);) {
		highest = y > highest ? y : highest;
		fall = highest - y > fall ? highest - y : fall;
	}
	if (points->items.count > 0)
		*ret_fall = fall;
	return points->items.count > 0;
}

bool ll_points_streak(const struct ll_points *points, int64_t *ret_rises)
{
	double before = HUGE_VAL, y;
	int64_t rises = 0;

	for (size_t at = 0; next_y(points, &at, &y);) {
		rises = y > before ? rises + 1 : 0;
		before = y;
	}
	if (points->items.count > 0)
		*ret_rises = rises;
	return points->items.count > 0;
}

bool ll_points_share_rising(const struct ll_points *points, double *ret_share)
{
	size_t steps = 0, rises = 0;
	double before = 0, y;

	for (size_t at = 0; next_y(points, &at, &y);) {
		rises += steps > 0 && y > before;
		steps++;
		before = y;
	}
	if (steps < 2)
		return false;
	*ret_share = (double)rises / (double)(steps - 1);
	return true;
}
