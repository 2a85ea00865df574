/* SPDX-License-Identifier: Apache-2.0 */
/* course.c - see course.h. */
#include "course.h"

#include <leakledger/units.h>

#include <math.h>

enum {
	APART_FACTOR = 5, /* so many usual intervals without a point are a gap */
	APART_MIN_POINTS = 4,
	ROUND_FACTOR = 10, /* captures of one round are so much closer than rounds */
};

/* ---------------------------------------------------------------------- loading */

static int find_column(const struct ll_stmt *stmt, const char *name, int *ret_column,
                       struct ll_error *err)
{
	*ret_column = ll_stmt_column_find(stmt, name);
	if (*ret_column >= 0)
		return LL_OK;
	return ll_fail(err, LL_E_USAGE, "the query of a picture has no column '%s'", name);
}

struct columns {
	int series, life, t_ns, value;
	int is_event; /* -1: not there */
};

static int find_columns(const struct ll_stmt *stmt, struct columns *ret_columns,
                        struct ll_error *err)
{
	int rc = find_column(stmt, "series", &ret_columns->series, err);

	if (rc == LL_OK)
		rc = find_column(stmt, "life", &ret_columns->life, err);
	if (rc == LL_OK)
		rc = find_column(stmt, "t_ns", &ret_columns->t_ns, err);
	if (rc == LL_OK)
		rc = find_column(stmt, "value", &ret_columns->value, err);
	ret_columns->is_event = -1;
	for (int i = 0; i < ll_stmt_columns(stmt); i++) {
		if (strcmp(ll_stmt_column_name(stmt, i), "is_event") == 0)
			ret_columns->is_event = i;
	}
	return rc;
}

static void add_point(struct ll_courses *courses, struct ll_course *course, int64_t time_ns,
                      double value)
{
	struct ll_chart_point *const point = ll_vec_push(&course->points, sizeof *point);

	*point = (struct ll_chart_point){.time_ns = time_ns, .value = value};
	if (isnan(value))
		return;
	if (courses->points == 0 || time_ns < courses->from_ns)
		courses->from_ns = time_ns;
	if (courses->points == 0 || time_ns > courses->to_ns)
		courses->to_ns = time_ns;
	courses->points++;
}

static int by_size(const void *a, const void *b)
{
	const int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

	return (left > right) - (left < right);
}

/*
 * The median of sorted distances. Where somebody takes several captures in one go, most distances
 * are within a round: those far below an upper quartile are none that a gap could be measured by.
 */
static int64_t median_between_rounds(const int64_t *distances, size_t count)
{
	const int64_t least = distances[count - 1 - count / 4] / ROUND_FACTOR;
	size_t first = 0;

	while (distances[first] < least)
		first++;
	return distances[first + (count - first) / 2];
}

/* Several times the usual distance of neighbours; 0 for too few of them. */
static int64_t usual_distance(const struct ll_course *course)
{
	const struct ll_chart_point *const points = course->points.items;
	struct ll_vec distances = LL_VEC_INIT;
	int64_t usual = 0;

	for (size_t k = 1; k < course->points.count; k++) {
		const int64_t distance = points[k].time_ns - points[k - 1].time_ns;

		if (!isnan(points[k].value) && !isnan(points[k - 1].value) && distance > 0)
			*(int64_t *)ll_vec_push(&distances, sizeof distance) = distance;
	}
	if (distances.count >= APART_MIN_POINTS) {
		qsort(distances.items, distances.count, sizeof(int64_t), by_size);
		usual = median_between_rounds(distances.items, distances.count) * APART_FACTOR;
	}
	ll_vec_done(&distances);
	return usual;
}

static void find_distances(struct ll_courses *courses)
{
	struct ll_course *const items = courses->items.items;

	for (size_t i = 0; i < courses->items.count; i++) {
		if (items[i].is_event)
			continue;
		items[i].most_apart_ns = usual_distance(&items[i]);
		if (items[i].most_apart_ns > courses->most_apart_ns)
			courses->most_apart_ns = items[i].most_apart_ns;
	}
}

/* LL_TIME_NONE is the smallest number, and so no lower bound by itself. */
static bool is_shown(struct ll_window window, int64_t time_ns)
{
	return time_ns >= window.since_ns &&
	       (window.until_ns == LL_TIME_NONE || time_ns < window.until_ns);
}

static int load(struct ll_stmt *stmt, struct ll_window window, struct ll_courses *courses,
                struct ll_error *err)
{
	struct columns columns = {0};
	struct ll_course *course = NULL;
	int64_t life = 0, last_ns = 0;
	int rc = find_columns(stmt, &columns, err);

	while (rc >= 0 && (rc = ll_stmt_step(stmt, err)) > 0) {
		const struct ll_str label = ll_stmt_text(stmt, columns.series);
		const int64_t time_ns = ll_stmt_i64(stmt, columns.t_ns);

		if (!is_shown(window, time_ns))
			continue;
		if (!course || !ll_str_equal(course->label, label)) {
			course = ll_vec_push(&courses->items, sizeof *course);
			course->label = ll_arena_str(&courses->arena, label);
			course->is_event =
				columns.is_event >= 0 && ll_stmt_i64(stmt, columns.is_event) != 0;
		} else if (ll_stmt_i64(stmt, columns.life) != life) {
			add_point(courses, course, last_ns + (time_ns - last_ns) / 2, LL_CHART_GAP);
		}
		add_point(courses, course, time_ns,
		          ll_stmt_is_null(stmt, columns.value) ? LL_CHART_GAP
		                                               : ll_stmt_f64(stmt, columns.value));
		life = ll_stmt_i64(stmt, columns.life);
		last_ns = time_ns;
	}
	return rc;
}

int ll_courses_load(struct ll_stmt *stmt, struct ll_window window, struct ll_courses *ret_courses,
                    struct ll_error *err)
{
	int rc;

	*ret_courses = (struct ll_courses){.arena = LL_ARENA_INIT};
	rc = load(stmt, window, ret_courses, err);
	if (rc < 0) {
		ll_courses_done(ret_courses);
		return rc;
	}
	find_distances(ret_courses);
	return LL_OK;
}

void ll_courses_done(struct ll_courses *courses)
{
	struct ll_course *const items = courses->items.items;

	for (size_t i = 0; i < courses->items.count; i++)
		ll_vec_done(&items[i].points);
	ll_vec_done(&courses->items);
	ll_arena_done(&courses->arena);
}

bool ll_course_ends(const struct ll_course *course, double *ret_first, double *ret_last)
{
	const struct ll_chart_point *const points = course->points.items;
	bool is_found = false;

	for (size_t i = 0; i < course->points.count; i++) {
		if (isnan(points[i].value))
			continue;
		if (!is_found)
			*ret_first = points[i].value;
		*ret_last = points[i].value;
		is_found = true;
	}
	return is_found;
}

/* --------------------------------------------------------------------- aligning */

static size_t unique(int64_t *times, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		if (kept == 0 || times[kept - 1] != times[i])
			times[kept++] = times[i];
	}
	return kept;
}

static size_t place_of(const struct ll_moments *moments, int64_t time_ns)
{
	size_t low = 0, high = moments->count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (moments->times_ns[middle] < time_ns)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct ll_moments ll_courses_align(struct ll_courses *courses)
{
	struct ll_course *const items = courses->items.items;
	struct ll_moments moments = {.count = 0};
	size_t all = 0;

	for (size_t i = 0; i < courses->items.count; i++)
		all += items[i].points.count;
	moments.times_ns = ll_arena_calloc(&courses->arena, all + 1, sizeof(int64_t));
	moments.values =
		ll_arena_calloc(&courses->arena, courses->items.count + 1, sizeof(double *));
	for (size_t i = 0; i < courses->items.count; i++) {
		const struct ll_chart_point *const points = items[i].points.items;

		for (size_t k = 0; k < items[i].points.count; k++)
			moments.times_ns[moments.count++] = points[k].time_ns;
	}
	qsort(moments.times_ns, moments.count, sizeof(int64_t), by_size);
	moments.count = unique(moments.times_ns, moments.count);
	for (size_t i = 0; i < courses->items.count; i++) {
		const struct ll_chart_point *const points = items[i].points.items;

		moments.values[i] =
			ll_arena_calloc(&courses->arena, moments.count + 1, sizeof(double));
		for (size_t k = 0; k < items[i].points.count; k++)
			moments.values[i][place_of(&moments, points[k].time_ns)] = points[k].value;
	}
	return moments;
}
