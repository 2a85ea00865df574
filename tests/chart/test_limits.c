/* SPDX-License-Identifier: Apache-2.0 */
#include "draw.h"

#include <math.h>

/* A chart of values up to 120 with these limits. */
static struct drawing draw_limits(const struct ll_chart_limit *limits, size_t count)
{
	struct ll_chart_point points[121];
	const struct ll_chart_series series = {
		.label = ll_str("n"), .points = points, .count = LL_COUNT(points)};
	const struct ll_line_chart line = {
		.chart = {.id = "c"},
		.plane = {.axis = LL_AXIS_COUNT, .limits = limits, .limit_count = count},
		.series = &series,
		.series_count = 1,
	};

	draw_rising(points, LL_COUNT(points));
	return draw_line(&line);
}

static void a_limit_is_named_with_its_value(void **state)
{
	const struct ll_chart_limit limit = {ll_str("alarm"), 150};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_limits(&limit, 1);

	(void)state;
	assert_true(svg_says(drawing.document, "alarm 150"));
	assert_false(svg_says(drawing.document, "off this scale"));
}

static void a_limit_widens_the_axis(void **state)
{
	const struct ll_chart_limit limit = {ll_str("alarm"), 400};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_limits(&limit, 1);

	(void)state;
	assert_true(svg_says(drawing.document, "400"));
	assert_true(svg_says(drawing.document, "300"));
}

static void a_limit_far_above_is_named_but_not_drawn_to_scale(void **state)
{
	const struct ll_chart_limit limit = {ll_str("threads-max"), 125000};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_limits(&limit, 1);

	(void)state;
	assert_true(svg_says(drawing.document, "off this scale: threads-max 125,000"));
	assert_true(svg_says(drawing.document, "120"));
	assert_int_equal(svg_count(drawing.document,
	                           "//*[@class='chart-limit']/*[local-name()='path'][@d != '']"),
	                 0);
}

static void limits_that_touch_share_a_label(void **state)
{
	const struct ll_chart_limit limits[] = {{ll_str("soft"), 150}, {ll_str("hard"), 151}};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_limits(limits, 2);

	(void)state;
	assert_true(svg_says(drawing.document, "hard 151, soft 150"));
}

static void what_means_no_limit_is_left_out(void **state)
{
	const struct ll_chart_limit limits[] = {
		{ll_str("GOMEMLIMIT"), (double)INT64_MAX},
		{ll_str("GOMEMLIMIT"), (double)NAN},
		{ll_str("GOMEMLIMIT"), (double)INFINITY},
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_limits(limits, 3);

	(void)state;
	assert_false(svg_says(drawing.document, "GOMEMLIMIT"));
}

static void fifty_limits_are_all_named(void **state)
{
	struct ll_chart_limit limits[50];
	char labels[50][16];
	struct drawing drawing LL_CLEANUP(drawing_done);

	(void)state;
	for (int i = 0; i < 50; i++) {
		(void)snprintf(labels[i], sizeof labels[i], "limit%d", i);
		limits[i] = (struct ll_chart_limit){ll_str(labels[i]), 10.0 + i * 9};
	}
	drawing = draw_limits(limits, 50);

	assert_non_null(strstr(drawing.out.data, "limit0 "));
	assert_non_null(strstr(drawing.out.data, "limit49 "));
}

/* The x of the label that begins with a word, in a chart of one series. */
static double label_x(const struct ll_chart_point *points, size_t count, double limit)
{
	const struct ll_chart_limit limits[] = {{ll_str("limit"), limit}};
	const struct ll_chart_series series = {
		.label = ll_str("n"), .points = points, .count = count};
	const struct ll_line_chart line = {
		.chart = {.id = "c"},
		.plane = {.axis = LL_AXIS_COUNT, .limits = limits, .limit_count = 1},
		.series = &series,
		.series_count = 1,
	};
	struct drawing drawing LL_CLEANUP(drawing_done) = draw_line(&line);

	return svg_number(drawing.document, "//*[@class='chart-limit']//*[local-name()='text']/@x");
}

static void a_label_keeps_off_a_course_below_its_limit(void **state)
{
	struct ll_chart_point points[121];
	double clear, below;

	(void)state;
	draw_rising(points, LL_COUNT(points));
	clear = label_x(points, LL_COUNT(points), 150);
	/* From the first third on far below, before it on both sides of the limit. */
	for (size_t i = 0; i < LL_COUNT(points); i++)
		points[i].value = i < 40 ? 100 + (i % 2 ? 6 : -6) : 20;

	below = label_x(points, LL_COUNT(points), 100);

	assert_true(clear < 60);
	assert_true(below > 150);
}

static void a_label_that_the_data_touches_everywhere_is_drawn_all_the_same(void **state)
{
	struct ll_chart_point points[121];

	(void)state;
	draw_rising(points, LL_COUNT(points));
	for (size_t i = 0; i < LL_COUNT(points); i++)
		points[i].value = 100 + (i % 2 ? 12 : -12);

	assert_true(label_x(points, LL_COUNT(points), 100) > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_limit_is_named_with_its_value),
		cmocka_unit_test(a_limit_widens_the_axis),
		cmocka_unit_test(a_limit_far_above_is_named_but_not_drawn_to_scale),
		cmocka_unit_test(limits_that_touch_share_a_label),
		cmocka_unit_test(what_means_no_limit_is_left_out),
		cmocka_unit_test(fifty_limits_are_all_named),
		cmocka_unit_test(a_label_keeps_off_a_course_below_its_limit),
		cmocka_unit_test(a_label_that_the_data_touches_everywhere_is_drawn_all_the_same),
	};

	return cmocka_run_group_tests_name("chart.limits", tests, NULL, NULL);
}
