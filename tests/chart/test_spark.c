/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

static struct ll_chart_point points[84];

/* Two weeks that rise and fall, with two captures missing. */
static struct ll_spark_chart two_weeks(void)
{
	for (int i = 0; i < 84; i++)
		points[i] = (struct ll_chart_point){DRAW_START + (int64_t)i * 4 * LL_NS_PER_HOUR,
		                                    (120 + i * 3 + i * 11 % 17) * 1048576.0};
	points[40].value = LL_CHART_GAP;
	points[41].value = LL_CHART_GAP;
	return (struct ll_spark_chart){
		.chart = {.id = "s", .title = ll_str("checkout-api: 383 MiB")},
		.axis = LL_AXIS_BYTES,
		.points = points,
		.count = LL_COUNT(points),
		.has_limit = true,
		.limit = 512 * 1048576.0,
		.has_end_text = true,
	};
}

static void a_sparkline_is_drawn_as_agreed(void **state)
{
	const struct ll_spark_chart spark = two_weeks();
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_spark(&spark);

	(void)state;
	ll_test_golden("chart/spark.svg", ll_buf_str(&drawing.out));
}

static void first_last_lowest_and_highest_are_described(void **state)
{
	struct ll_spark_chart spark = two_weeks();
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	spark.axis = LL_AXIS_COUNT;
	draw_rising(points, 10);
	points[4].value = 99;
	spark.count = 10;
	drawing = draw_spark(&spark);

	assert_true(svg_says(drawing.document, "From 0 to 9; lowest 0, highest 99."));
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='circle']"), 3);
	assert_int_equal(svg_count(drawing.document, "//*[@class='chart-hollow']"), 1);
}

static void a_scale_that_leaves_zero_says_so(void **state)
{
	struct ll_spark_chart spark = two_weeks();
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	spark.may_leave_zero = true;
	drawing = draw_spark(&spark);

	assert_true(svg_says(drawing.document, "The scale begins at 120 MiB."));
}

static void a_shared_range_is_the_scale(void **state)
{
	const struct ll_chart_point low[] = {{DRAW_START, 10}, {DRAW_START + 1, 10}};
	struct ll_spark_chart spark = {.chart = {.id = "s", .height = 36},
	                               .axis = LL_AXIS_COUNT,
	                               .points = low,
	                               .count = 2,
	                               .low = 0,
	                               .high = 20};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_spark(&spark);

	(void)state;
	/* Half way up. */
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='circle'][@cy='18']"), 1);
}

static void equal_values_run_on_one_level(void **state)
{
	const struct ll_chart_point zero[] = {{DRAW_START, 0}, {DRAW_START + 1, 0}};
	struct ll_spark_chart spark = {
		.chart = {.id = "s"}, .axis = LL_AXIS_COUNT, .points = zero, .count = 2};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_spark(&spark);

	(void)state;
	assert_int_equal(svg_count(drawing.document, "//*[local-name()='circle'][@cy='18']"), 1);
}

static void a_limit_far_above_is_not_drawn(void **state)
{
	struct ll_spark_chart spark = two_weeks();
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	spark.limit = 1e12;
	drawing = draw_spark(&spark);

	assert_int_equal(svg_count(drawing.document, "//*[@class='chart-limit']"), 0);
}

static void any_numbers_give_a_picture(void **state)
{
	static const int64_t times[] = {LL_TIME_NONE, INT64_MIN + 1, 0, 1, INT64_MAX};
	const double values[] = {(double)NAN, (double)INFINITY, -1e308, -1e21, -1,
	                         0,           1e-300,           1,      1e21};

	(void)state;
	for (size_t a = 0; a < LL_COUNT(values); a++) {
		for (size_t b = 0; b < LL_COUNT(values); b++) {
			const struct ll_chart_point two[] = {
				{times[a % LL_COUNT(times)], values[a]},
				{times[b % LL_COUNT(times)], values[b]}};
			const struct ll_spark_chart spark = {.chart = {.id = "s"},
			                                     .axis = LL_AXIS_BYTES,
			                                     .points = two,
			                                     .count = 2,
			                                     .low = values[b],
			                                     .high = values[a],
			                                     .has_limit = true,
			                                     .limit = values[b],
			                                     .may_leave_zero = a % 2 == 0,
			                                     .has_end_text = b % 2 == 0};
			struct drawing drawing LL_CLEANUP(drawing_done) = draw_spark(&spark);

			assert_true(drawing.out.size > 0);
		}
	}
}

static void nothing_to_draw_says_so(void **state)
{
	const struct ll_spark_chart spark = {.chart = {.id = "s"}};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_spark(&spark);

	(void)state;
	assert_true(svg_says(drawing.document, "No data"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_sparkline_is_drawn_as_agreed),
		cmocka_unit_test(first_last_lowest_and_highest_are_described),
		cmocka_unit_test(a_scale_that_leaves_zero_says_so),
		cmocka_unit_test(a_shared_range_is_the_scale),
		cmocka_unit_test(equal_values_run_on_one_level),
		cmocka_unit_test(a_limit_far_above_is_not_drawn),
		cmocka_unit_test(any_numbers_give_a_picture),
		cmocka_unit_test(nothing_to_draw_says_so),
	};

	return cmocka_run_group_tests_name("chart.spark", tests, NULL, NULL);
}
