/* SPDX-License-Identifier: Apache-2.0 */
#include "runs.h"
#include "scale.h"
#include "support.h"

#include <math.h>

static const struct ll_runs_rule no_rule = {0};

static void a_value_that_is_none_makes_a_gap(void **state)
{
	const struct ll_chart_point points[] = {
		{1, 10},   {2, 20}, {3, LL_CHART_GAP}, {4, 40}, {5, (double)INFINITY},
		{6, 1e22}, {7, 70}};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &no_rule);

	assert_int_equal(runs.count, 3);
	assert_int_equal(runs.point_count, 4);
	assert_int_equal(runs.starts[1], 2);
	assert_int_equal(runs.starts[2], 3);
	assert_int_equal(runs.starts[3], 4);
}

static void points_too_far_apart_have_a_gap_between_them(void **state)
{
	const struct ll_chart_point points[] = {{0, 1}, {10, 1}, {21, 1}, {31, 1}};
	const struct ll_runs_rule rule = {.most_apart_ns = 10};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &rule);

	assert_int_equal(runs.count, 2);
	assert_int_equal(runs.starts[1], 2);
}

static void the_distance_of_extreme_times_does_not_overflow(void **state)
{
	const struct ll_chart_point points[] = {{INT64_MIN + 1, 1}, {INT64_MAX, 1}};
	const struct ll_runs_rule rule = {.most_apart_ns = INT64_MAX};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &rule);

	assert_int_equal(runs.count, 2);
}

static void points_are_put_in_order_and_equals_keep_theirs(void **state)
{
	const struct ll_chart_point points[] = {{30, 3}, {10, 1}, {30, 4}, {20, 2}};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &no_rule);

	assert_int_equal(runs.count, 1);
	for (size_t i = 0; i < 4; i++)
		assert_float_equal(runs.points[i].value, (double)(i + 1), 0);
	assert_int_equal(runs.points[3].index, 2);
}

static void points_without_a_time_or_outside_the_window_are_left_out(void **state)
{
	const struct ll_chart_point points[] = {
		{LL_TIME_NONE, 1}, {5, 1}, {10, 1}, {15, 1}, {20, 1}};
	const struct ll_runs_rule rule = {.from_ns = 10, .to_ns = 15};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &rule);

	assert_int_equal(runs.point_count, 2);
	assert_int_equal(runs.points[0].time_ns, 10);
	assert_int_equal(runs.points[1].time_ns, 15);
}

static void nothing_gives_an_empty_extent(void **state)
{
	const struct ll_chart_point gap = {1, LL_CHART_GAP};
	struct ll_extent extent = LL_EXTENT_INIT;
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, &gap, 1, &no_rule);
	ll_extent_add_runs(&extent, &runs);

	assert_int_equal(runs.count, 0);
	assert_true(ll_extent_is_empty(&extent));
}

static void thinning_keeps_the_extremes_of_every_column(void **state)
{
	enum { COUNT = 200000, WIDTH = 600 };
	struct ll_chart_point *points LL_CLEANUP(ll_freep) = ll_calloc(COUNT, sizeof *points);
	struct ll_time_scale scale = {.first_ns = 0, .last_ns = COUNT - 1, .from = 0, .to = WIDTH};
	struct ll_extent before = LL_EXTENT_INIT, after = LL_EXTENT_INIT;
	struct ll_runs runs LL_CLEANUP(ll_runs_done);
	bool has_peak = false;

	(void)state;
	for (int i = 0; i < COUNT; i++)
		points[i] = (struct ll_chart_point){i, (double)(i * 7919LL % 1000)};
	points[123456].value = 1e6; /* one point among two hundred thousand */
	points[77777].value = -1e6;
	ll_runs_init(&runs, points, COUNT, &no_rule);
	ll_extent_add_runs(&before, &runs);

	ll_runs_thin(&runs, &scale);

	ll_extent_add_runs(&after, &runs);
	assert_true(runs.point_count <= 2 * WIDTH + 2);
	assert_float_equal(after.low, before.low, 0);
	assert_float_equal(after.high, before.high, 0);
	assert_int_equal(after.first_ns, 0);
	assert_int_equal(after.last_ns, COUNT - 1);
	for (size_t i = 1; i < runs.point_count; i++) {
		assert_true(runs.points[i].time_ns > runs.points[i - 1].time_ns);
		has_peak |= runs.points[i].index == 123456;
	}
	assert_true(has_peak);
}

static void thinning_keeps_gaps(void **state)
{
	enum { COUNT = 5000 };
	struct ll_chart_point *points LL_CLEANUP(ll_freep) = ll_calloc(COUNT, sizeof *points);
	struct ll_time_scale scale = {.first_ns = 0, .last_ns = COUNT - 1, .from = 0, .to = 100};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	for (int i = 0; i < COUNT; i++)
		points[i] = (struct ll_chart_point){i, i % 1000 == 999 ? LL_CHART_GAP : i % 10};
	ll_runs_init(&runs, points, COUNT, &no_rule);
	assert_int_equal(runs.count, 5);

	ll_runs_thin(&runs, &scale);

	assert_int_equal(runs.count, 5);
	assert_true(runs.point_count < 250);
	for (size_t i = 0; i < 5; i++) {
		const int64_t first = (int64_t)i * 1000;

		assert_int_equal(runs.points[runs.starts[i]].time_ns, first);
		assert_int_equal(runs.points[runs.starts[i + 1] - 1].time_ns, first + 998);
	}
}

static void few_points_are_not_thinned(void **state)
{
	const struct ll_chart_point points[] = {{0, 1}, {1, 2}, {2, 3}};
	struct ll_time_scale scale = {.first_ns = 0, .last_ns = 1000, .from = 0, .to = 100};
	struct ll_runs runs LL_CLEANUP(ll_runs_done);

	(void)state;
	ll_runs_init(&runs, points, LL_COUNT(points), &no_rule);

	ll_runs_thin(&runs, &scale);

	assert_int_equal(runs.point_count, 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_value_that_is_none_makes_a_gap),
		cmocka_unit_test(points_too_far_apart_have_a_gap_between_them),
		cmocka_unit_test(the_distance_of_extreme_times_does_not_overflow),
		cmocka_unit_test(points_are_put_in_order_and_equals_keep_theirs),
		cmocka_unit_test(points_without_a_time_or_outside_the_window_are_left_out),
		cmocka_unit_test(nothing_gives_an_empty_extent),
		cmocka_unit_test(thinning_keeps_the_extremes_of_every_column),
		cmocka_unit_test(thinning_keeps_gaps),
		cmocka_unit_test(few_points_are_not_thinned),
	};

	return cmocka_run_group_tests_name("chart.runs", tests, NULL, NULL);
}
